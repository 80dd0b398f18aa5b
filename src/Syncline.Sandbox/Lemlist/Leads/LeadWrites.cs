using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Unsubscribes;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>Adds, changes and takes out leads of one campaign.</summary>
internal sealed class LeadWrites(LemlistTeam team)
{
    private static readonly string[] Enrichments = ["linkedinEnrichment", "findEmail", "verifyEmail", "findPhone"];
    private readonly LeadIntake _intake = new(team);

    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("POST", "/campaigns/{id}/leads/", Add),
        new("PATCH", "/campaigns/{id}/leads/{lead}", Change),
        new("DELETE", "/campaigns/{id}/leads/{lead}", TakeOut),
    ];

    private SandboxResponse Add(LemlistCall call)
    {
        Campaign campaign = team.Campaign(call[0]);
        JsonObject body = call.Body();
        Dictionary<string, string> variables = Variables(body);
        if (variables.GetValueOrDefault("email") is { } email)
        {
            if (!IsAddress(email)) throw Refuse.Bad("invalid email");
            if (Known(campaign, email, call.IsTrue("deduplicate")) is { } same) return LemlistAnswers.Json(LeadJson.Named(same));
        }
        Lead lead = _intake.Add(campaign, variables, "api", Owner(body));
        Enrich(lead, Enrichments.Count(call.IsTrue));
        return LemlistAnswers.Json(LeadJson.Named(lead));
    }

    /// <summary>The lead to answer with instead of a new one; null for a new one.</summary>
    private Lead? Known(Campaign campaign, string email, bool deduplicate)
    {
        IReadOnlyList<Lead> known = team.Leads.ByEmail(email);
        if (deduplicate && known.Any(l => l.Campaign != campaign)) throw Refuse.Text(400, "Lead already in another campaign");
        if (known.FirstOrDefault(l => l.Campaign == campaign) is not { } same) return null;
        return team.Behaviour.DuplicateLead switch
        {
            DuplicateLead.Refuse400 => throw Refuse.Text(400, "Lead already in the campaign"),
            DuplicateLead.Refuse500 => throw Refuse.Text(500, "Lead already in the campaign"),
            DuplicateLead.SameLead => same,
            _ => null,
        };
    }

    private void Enrich(Lead lead, int asked)
    {
        if (asked == 0) return;
        // What each one costs is not documented: one credit.
        team.Spend(asked);
        DateTimeOffset until = team.Now + team.Behaviour.EnrichmentTakes;
        lead.Contact.EnrichingUntil = until;
        team.EnrichmentStarted?.Invoke(lead.Contact, until);
    }

    private SandboxResponse Change(LemlistCall call)
    {
        Lead lead = Of(team.Campaign(call[0]), call[1]);
        Dictionary<string, string> changes = Variables(call.Body());
        if (lead.IsInGraveyard) throw Refuse.Text(500, "Lead in graveyard");
        foreach ((string name, string value) in changes) team.Leads.Set(lead, name, value);
        if (team.Behaviour.PatchReachesContact) _intake.Tell(lead.Contact, changes);
        lead.UpdatedAt = team.Now;
        JsonObject answer = LeadJson.Named(lead);
        answer["emailStatus"] = lead.EmailStatus;
        answer["leadUrl"] = "https://api.lemlist.com/api/leads/" + Uri.EscapeDataString(lead.Email ?? lead.Id);
        return LemlistAnswers.Json(answer);
    }

    private SandboxResponse TakeOut(LemlistCall call)
    {
        Campaign campaign = team.Campaign(call[0]);
        bool byId = call[1].StartsWith("lea_", StringComparison.Ordinal);
        Lead lead = byId ? Of(campaign, call[1]) : campaign.Leads.Find(l => call[1].Equals(l.Email, StringComparison.OrdinalIgnoreCase)) ?? throw Refuse.NotFound("Lead");
        if (byId && call.One("action") == "remove") team.Leads.Remove(lead);
        else Unsubscribe(lead, wholeTeam: !byId || team.Behaviour.DeleteScope == DeleteScope.Team);
        return LemlistAnswers.Json(LeadJson.Flat(lead));
    }

    private void Unsubscribe(Lead lead, bool wholeTeam)
    {
        if (wholeTeam && lead.Email is { } email) team.Unsubscribes.Add(email, UnsubscribeSource.Api);
        LeadEvents.Unsubscribe(lead, team);
    }

    private static Lead Of(Campaign campaign, string id) => campaign.Leads.Find(l => l.Id == id) ?? throw Refuse.NotFound("Lead");

    private string? Owner(JsonObject body)
    {
        if (body["contactOwner"].Str() is not { Length: > 0 } sent) return null;
        return team.FindUser(sent)?.Id ?? throw Refuse.Bad("contactOwner is not a user of the team");
    }

    // Whatever is not a field is a custom variable; values are texts, and null and empty ones are not set.
    private static Dictionary<string, string> Variables(JsonObject body)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach ((string sent, JsonNode? value) in body)
        {
            if (sent is "contactOwner" || value is null) continue;
            if (Text(value) is not { } text) throw Refuse.Bad($"{sent} must be a string");
            if (text.Length > 0) variables[Lead.NameOf(sent)] = text;
        }
        return variables;
    }

    private static string? Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => (string)value!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString().ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool IsAddress(string email) => email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < email.Length - 1 && !email.Contains(' ', StringComparison.Ordinal);
}
