using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>Reads of leads: thin rows of a campaign, an array by address, one flat object by id, a whole campaign at once.</summary>
internal sealed class LeadReads(LemlistTeam team)
{
    private const int MostRows = 500;

    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/campaigns/{id}/leads/", Thin),
        new("GET", "/campaigns/{id}/export/leads", Export),
        new("GET", "/leads", One),
        new("GET", "/leads/{email}", ByEmail),
    ];

    // No offset: what lies beyond the limit cannot be reached.
    private SandboxResponse Thin(LemlistCall call)
    {
        Campaign campaign = team.Campaign(call[0]);
        int limit = call.Limit(MostRows, otherwise: 100);
        return LemlistAnswers.Rows(InState(campaign, call).Take(limit).Select(LeadJson.Thin));
    }

    private SandboxResponse ByEmail(LemlistCall call)
    {
        IReadOnlyList<Lead> leads = team.Leads.ByEmail(call[0]);
        return leads.Count > 0 ? LemlistAnswers.Rows(leads.Select(LeadJson.Nested)) : throw Refuse.NotFound("Lead");
    }

    private SandboxResponse One(LemlistCall call)
    {
        if (call.One("id") is null && call.One("email") is null) throw Refuse.Bad("id or email is required");
        Lead? lead = call.One("id") is { } id ? team.Leads.Find(id) : team.Leads.ByEmail(call.One("email")!) is [Lead first, ..] ? first : null;
        return LemlistAnswers.Json(LeadJson.Flat(lead ?? throw Refuse.NotFound("Lead")));
    }

    private SandboxResponse Export(LemlistCall call)
    {
        Campaign campaign = team.Campaign(call[0]);
        IEnumerable<Lead> leads = InState(campaign, call);
        return call.One("format") switch
        {
            null or "csv" => LemlistAnswers.Csv(LeadSheet.Csv(campaign, leads)),
            "json" => LemlistAnswers.Json(JsonText.Array(leads.Select(l => LeadSheet.Row(campaign, l)))),
            _ => throw Refuse.Bad("invalid format parameter"),
        };
    }

    private static IEnumerable<Lead> InState(Campaign campaign, LemlistCall call)
    {
        IReadOnlyList<string> states = call.Several("state");
        return states.Count == 0 || states.Contains("all") ? campaign.Leads : campaign.Leads.Where(l => states.Contains(l.State) || states.Contains(l.GlobalState));
    }
}
