using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>Custom variables in the query string, and what is switched at a lead: pause, interest.</summary>
internal sealed class LeadStateWrites(LemlistTeam team)
{
    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("POST", "/leads/{lead}/variables", call => Each(call, mustExist: true, (lead, name, value) => team.Leads.Set(lead, name, value))),
        new("PATCH", "/leads/{lead}/variables", call => Each(call, mustExist: false, (lead, name, value) => team.Leads.Set(lead, name, value))),
        new("DELETE", "/leads/{lead}/variables", call => Each(call, mustExist: false, (lead, name, _) => team.Leads.Set(lead, name, ""))),
        new("POST", "/leads/pause/{lead}", call => Pause(call, paused: true)),
        new("POST", "/leads/start/{lead}", call => Pause(call, paused: false)),
        new("POST", "/leads/interested/{lead}", call => Everywhere(call, "interested")),
        new("POST", "/leads/notinterested/{lead}", call => Everywhere(call, "notInterested")),
        new("POST", "/campaigns/{id}/leads/{lead}/interested", call => InOne(call, "interested")),
        new("POST", "/campaigns/{id}/leads/{lead}/notinterested", call => InOne(call, "notInterested")),
    ];

    // Parameters without a value are malformed names, not values: POST, which the document lets fail so, refuses them.
    private SandboxResponse Each(LemlistCall call, bool mustExist, Action<Lead, string, string> write)
    {
        Lead lead = team.Leads.Find(call[0]) ?? throw Refuse.NotFound("Lead");
        KeyValuePair<string, string>[] sent = [.. call.Parameters.Where(p => p.Key != "access_token")];
        if (mustExist && (sent.Length == 0 || sent.Any(p => p.Key.Length == 0 || p.Value.Length == 0))) throw Refuse.Text(400, "Variable not found");
        foreach ((string name, string value) in sent) write(lead, Lead.NameOf(name), value);
        lead.UpdatedAt = team.Now;
        return LemlistAnswers.Json(new JsonObject { ["ok"] = true });
    }

    private SandboxResponse Pause(LemlistCall call, bool paused)
    {
        Lead named = team.Leads.Find(call[0]) ?? throw Refuse.NotFound("Lead");
        Lead[] leads = [.. named.Contact.Leads.Where(l => call.One("campaignId") is not { } campaign || l.Campaign.Id == campaign)];
        if (leads.Length == 0) throw Refuse.NotFound("Lead");
        foreach (Lead lead in leads) LeadEvents.Pause(lead, paused, team, "api");
        return LemlistAnswers.Rows(leads.Select(l => LeadJson.Flat(l)));
    }

    private SandboxResponse Everywhere(LemlistCall call, string state)
    {
        IReadOnlyList<Lead> leads = team.Leads.Find(call[0]) is { } lead ? lead.Contact.Leads : team.Leads.ByEmail(call[0]);
        if (leads.Count == 0) throw Refuse.NotFound("Lead");
        foreach (Lead each in leads) LeadEvents.Mark(each, state, team);
        return LemlistAnswers.Rows(leads.Select(l => LeadJson.Flat(l)));
    }

    private SandboxResponse InOne(LemlistCall call, string state)
    {
        Lead lead = team.Campaign(call[0]).Leads.Find(l => l.Id == call[1] || call[1].Equals(l.Email, StringComparison.OrdinalIgnoreCase)) ?? throw Refuse.NotFound("Lead");
        LeadEvents.Mark(lead, state, team);
        return LemlistAnswers.Json(LeadJson.Flat(lead));
    }
}
