using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Syncline.Sandbox.Explorium.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Hooks;

/// <summary>Registers where events go and what is sent.</summary>
internal sealed class HookEndpoints(HookRegister register, ExploriumWebhooks hooks)
{
    private const int MostEntities = 20, LeastKey = 4;

    private static readonly string[] BusinessEvents =
    [
        "ipo_announcement", "new_funding_round", "new_investment", "new_product", "new_office", "closing_office", "new_partnership", "employee_joined_company", "company_award",
        "outages_and_security_breaches", "cost_cutting", "merger_and_acquisitions", "lawsuits_and_legal_issues",
        .. ((string[])["engineering_department", "sales_department", "marketing_department", "operations_department", "customer_service_department", "all_departments"]).SelectMany(d => new[] { "increase_in_" + d, "decrease_in_" + d }),
        .. ((string[])["creative", "education", "engineering", "finance", "health", "human_resources", "legal", "marketing", "operations", "professional_service", "sales", "support", "trade", "unknown"]).Select(d => $"hiring_in_{d}_department"),
    ];

    private static readonly string[] ProspectEvents = ["prospect_changed_role", "prospect_changed_company", "prospect_job_start_anniversary"];

    public IEnumerable<ExploriumRoute> Routes() =>
    [
        new("POST", "/v1/webhooks", Register),
        new("POST", "/v1/webhooks/check_connectivity", Check),
        new("GET", "/v1/webhooks/{partner}", call => ("success", Shown(Of(call[0])))),
        new("DELETE", "/v1/webhooks/{partner}", Remove),
        .. Enrollments("businesses", "business_ids", isOfBusinesses: true),
        .. Enrollments("prospects", "prospect_ids", isOfBusinesses: false),
    ];

    private (string, JsonObject) Register(ExploriumCall call)
    {
        BodyReader body = call.Body("partner_id", "webhook_url");
        string partner = body.Needed("partner_id"), url = body.Needed("webhook_url");
        if (url.Length > 0 && !Uri.TryCreate(url, UriKind.Absolute, out _)) body.Fault(["webhook_url"], "invalid or missing URL scheme", "value_error.url.scheme");
        body.Check();
        return ("success", Shown(register.Register(partner, url, call.Now)));
    }

    private (string, JsonObject) Check(ExploriumCall call)
    {
        BodyReader body = call.Body("partner_id", "simulation");
        string partner = body.Needed("partner_id");
        body.Check();
        Of(partner);
        JsonObject simulation = body.Object("simulation") ?? [];
        const int mostEvents = 10;
        long count = Math.Clamp(simulation["number_of_events"].Whole() ?? 1, 1, mostEvents);
        for (int i = 0; i < count; i++) hooks.Send(partner, register.Event(partner, simulation["event_name"].Str() ?? "new_product", Companies.Digest.Hex("simulated", 32), true, [], null));
        return ("success", []);
    }

    private (string, JsonObject) Remove(ExploriumCall call)
    {
        Of(call[0]);
        register.Registrations.Remove(call[0]);
        return ("success", []);
    }

    private Registration Of(string partner) => register.Registrations.GetValueOrDefault(partner) ?? throw Refuse.Details(404, "Webhook not found", "");

    private static JsonObject Shown(Registration r) => new()
    {
        ["created_at"] = Time(r.CreatedAt), ["last_modified_time"] = Time(r.ChangedAt), ["webhook_url"] = r.Url, ["webhook_secret"] = r.Secret,
    };

    private IEnumerable<ExploriumRoute> Enrollments(string path, string idsName, bool isOfBusinesses)
    {
        string template = $"/v1/{path}/events/enrollments";
        Regex form = isOfBusinesses ? IdForm.Business() : IdForm.Prospect();
        string[] events = isOfBusinesses ? BusinessEvents : ProspectEvents;
        return
        [
            new("GET", template, _ => ("success", new() { ["enrollments"] = JsonText.Array(register.Enrollments.Where(e => e.IsOfBusinesses == isOfBusinesses).Select(e => (JsonNode?)Shown(e, idsName))) })),
            new("POST", template, call => Enroll(call, call.Body("enrollment_key", "event_types", idsName), register.NewId())),
            new("PATCH", template, Change),
            new("DELETE", template, Unenroll),
        ];

        (string, JsonObject) Enroll(ExploriumCall call, BodyReader body, string id)
        {
            string key = body.Needed("enrollment_key");
            if (key.Length is > 0 and < LeastKey) body.Fault(["enrollment_key"], $"ensure this value has at least {LeastKey} characters", "value_error.any_str.min_length", new() { ["limit_value"] = LeastKey });
            Enrollment made = new(id, key, body.Words("event_types", events), body.Ids(idsName, form, MostEntities), isOfBusinesses);
            body.Check();
            register.Enrollments.RemoveAll(e => e.Id == id);
            register.Enrollments.Add(made);
            return ("success", new() { ["enrollment_key"] = key, ["enrollment_id"] = id });
        }

        (string, JsonObject) Change(ExploriumCall call)
        {
            BodyReader body = call.Body("enrollment_id", "enrollment_key", "event_types", idsName);
            string id = Known(body);
            return Enroll(call, body, id);
        }

        (string, JsonObject) Unenroll(ExploriumCall call)
        {
            string id = Known(call.Body("enrollment_id"));
            register.Enrollments.RemoveAll(e => e.Id == id);
            return ("success", new() { ["status"] = "success" });
        }
    }

    private string Known(BodyReader body)
    {
        string id = body.Needed("enrollment_id");
        body.Check();
        return register.Enrollments.Exists(e => e.Id == id) ? id : throw Refuse.Details(404, "Enrollment not found", "");
    }

    private static JsonObject Shown(Enrollment e, string idsName) => new()
    {
        ["enrollment_id"] = e.Id, ["enrollment_key"] = e.Key, ["event_types"] = JsonText.Array(e.EventTypes), [idsName] = JsonText.Array(e.EntityIds),
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
