using System.Text.Json;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Webhooks;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>The app's own webhook settings, behind the developer key.</summary>
internal sealed class WebhookEndpoints(HubSpotPortal portal, HookBoard board)
{
    private const int MostSubscriptions = 1000, LeastConcurrent = 6;

    public IEnumerable<Route> Routes() =>
    [
        Developer("GET", "/webhooks/{app}/settings", _ => Settings()),
        Developer("PUT", "/webhooks/{app}/settings", Configure),
        Developer("DELETE", "/webhooks/{app}/settings", Clear),
        Developer("GET", "/webhooks/{app}/subscriptions", _ => Answers.Object(writer => writer.WriteArray("results", board.Subscriptions, Write))),
        Developer("POST", "/webhooks/{app}/subscriptions", Subscribe),
        Developer("GET", "/webhooks/{app}/subscriptions/{id}", call => One(Known(call), 200)),
        Developer("PATCH", "/webhooks/{app}/subscriptions/{id}", Change),
        Developer("DELETE", "/webhooks/{app}/subscriptions/{id}", Drop),
        Developer("POST", "/webhooks/{app}/subscriptions/batch/update", ChangeMany),
    ];

    private Route Developer(string method, string path, Func<Call, SandboxResponse> handle) =>
        new(method, path, static _ => [], call => handle(Checked(call))) { IsOpen = true, Pool = Pool.None };

    private Call Checked(Call call)
    {
        if (call.Parameter("hapikey") != portal.Options.DeveloperKey) throw Refuse.NoCredentials();
        return JsonReading.ReadId(call[0]) == portal.Options.AppId ? call : throw Refuse.NotFound();
    }

    private SandboxResponse Settings() => board.Target is null ? throw Refuse.NotFound() : Answers.Object(writer =>
    {
        writer.WriteString("targetUrl", board.Target.AbsoluteUri);
        writer.WriteStartObject("throttling");
        writer.WriteNumber("maxConcurrentRequests", board.MostConcurrent);
        writer.WriteString("period", "SECONDLY");
        writer.WriteEndObject();
    });

    private SandboxResponse Configure(Call call)
    {
        string text = call.Body.Need("targetUrl");
        bool fits = Uri.TryCreate(text, UriKind.Absolute, out Uri? target) && (target.Scheme == Uri.UriSchemeHttps || (board.Trouble.PlainHttp && target.Scheme == Uri.UriSchemeHttp));
        if (!fits) throw Refuse.Invalid($"{text} is no https address");
        int concurrent = call.Body.Member("throttling").Whole("maxConcurrentRequests") ?? board.MostConcurrent;
        if (concurrent < LeastConcurrent) throw Refuse.Invalid("maxConcurrentRequests must be above 5");
        (board.Target, board.MostConcurrent) = (target, concurrent);
        return Settings();
    }

    private SandboxResponse Clear(Call call)
    {
        board.Target = null;
        return Answers.Empty;
    }

    private SandboxResponse Subscribe(Call call)
    {
        string eventType = call.Body.Need("eventType");
        if (!EventTypes.IsKnown(eventType)) throw Refuse.Invalid($"Unknown eventType {eventType}");
        string? property = EventTypes.IsPropertyChange(eventType) ? call.Body.Need("propertyName") : null;
        if (property is not null && EventTypes.Unsubscribable.Contains(property)) throw Refuse.Invalid($"{property} cannot be subscribed");
        if (board.Subscriptions.Count >= MostSubscriptions) throw Refuse.Invalid($"At most {MostSubscriptions} subscriptions are allowed");
        ObjectType? type = eventType.StartsWith("object.", StringComparison.Ordinal) ? portal.Types.Find(call.Body.Need("objectTypeId")) ?? throw Refuse.UnknownType(call.Body.Need("objectTypeId")) : null;
        return One(board.Subscribe(eventType, property, type, call.Body.Flag("active")), 201);
    }

    private SandboxResponse Change(Call call)
    {
        HookSubscription subscription = Known(call);
        subscription.IsActive = call.Body.Flag("active");
        return One(subscription, 200);
    }

    private SandboxResponse ChangeMany(Call call)
    {
        List<HookSubscription> changed = [];
        foreach (JsonElement input in BatchEndpoints.Inputs(call))
        {
            HookSubscription? one = board.Subscriptions.Find(s => s.Id == JsonReading.ReadId(input.Text("id")));
            if (one is null) continue;
            one.IsActive = input.Flag("active");
            changed.Add(one);
        }
        return Answers.Object(writer =>
        {
            writer.WriteString("status", "COMPLETE");
            writer.WriteArray("results", changed, Write);
        });
    }

    private SandboxResponse Drop(Call call)
    {
        board.Subscriptions.Remove(Known(call));
        return Answers.Empty;
    }

    private HookSubscription Known(Call call) => board.Subscriptions.Find(s => s.Id == JsonReading.ReadId(call[1])) ?? throw Refuse.NotFound();

    private static SandboxResponse One(HookSubscription subscription, int status) => new(status, Answers.Json(writer => Write(writer, subscription)));

    private static void Write(Utf8JsonWriter writer, HookSubscription subscription)
    {
        writer.WriteStartObject();
        writer.WriteId("id", subscription.Id);
        writer.WriteString("eventType", subscription.EventType);
        if (subscription.PropertyName is not null) writer.WriteString("propertyName", subscription.PropertyName);
        if (subscription.ObjectType is not null) writer.WriteString("objectTypeId", subscription.ObjectType.Id);
        writer.WriteBoolean("active", subscription.IsActive);
        writer.WriteTime("createdAt", subscription.CreatedMs);
        writer.WriteEndObject();
    }
}
