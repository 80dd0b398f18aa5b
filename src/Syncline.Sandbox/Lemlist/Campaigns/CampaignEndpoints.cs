using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Campaigns;

/// <summary>Campaigns: their list in two shapes, one of them, its sequence, its switch.</summary>
internal sealed class CampaignEndpoints(LemlistTeam team)
{
    private const int MostRows = 100;

    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/campaigns", List),
        new("GET", "/campaigns/{id}", call => LemlistAnswers.Json(CampaignJson.One(team.Campaign(call[0])))),
        new("POST", "/campaigns/{id}/pause", call => Switch(call, "paused")),
        new("POST", "/campaigns/{id}/start", call => Switch(call, "running")),
        new("GET", "/campaigns/{id}/sequences", call => LemlistAnswers.Json(CampaignJson.Sequences(team.Campaign(call[0])))),
    ];

    private SandboxResponse List(LemlistCall call)
    {
        bool isV2 = call.One("version") == "v2";
        int limit = call.Limit(MostRows);
        Campaign[] found = [.. Ordered(Wanted(call), call)];
        int first = isV2 ? (call.Whole("page", 1, least: 1) - 1) * limit : call.Whole("offset", 0);
        IEnumerable<JsonNode> rows = found.Skip(first).Take(limit).Select(c => CampaignJson.Row(c, team));
        return Shaped(JsonText.Array(rows), isV2, found.Length, (first / limit) + 1, limit);
    }

    private SandboxResponse Shaped(JsonArray rows, bool isV2, int total, int page, int limit)
    {
        string? name = team.Behaviour.CampaignsForm switch
        {
            CampaignsForm.Array => null,
            CampaignsForm.Envelope => "campaigns",
            CampaignsForm.Data => "data",
            CampaignsForm.Results => "results",
            _ => isV2 ? "campaigns" : null,
        };
        if (name is null) return LemlistAnswers.Json(rows);
        int pages = Math.Max(1, (total + limit - 1) / limit);
        JsonObject pagination = new() { ["currentPage"] = page, ["nextPage"] = page < pages ? page + 1 : null, ["totalPage"] = pages, ["totalRecords"] = total, ["limit"] = limit };
        return LemlistAnswers.Json(new JsonObject { [name] = rows, ["pagination"] = pagination });
    }

    private IEnumerable<Campaign> Wanted(LemlistCall call)
    {
        IReadOnlyList<string> statuses = call.Several("status");
        if (statuses.Any(s => !Campaign.Statuses.Contains(s))) throw Refuse.Bad("invalid status parameter");
        bool allListed = team.Behaviour.ArchivedListed;
        return team.Campaigns
            .Where(c => statuses.Count > 0 ? statuses.Contains(c.Status) : allListed || c.Status != "archived")
            .Where(c => call.One("createdBy") is not { } by || c.Owner.Id == by);
    }

    // Only createdAt can be sorted by; anything but desc is asc.
    private static IEnumerable<Campaign> Ordered(IEnumerable<Campaign> campaigns, LemlistCall call) =>
        call.One("sortBy") is null ? campaigns : call.One("sortOrder") == "desc" ? campaigns.OrderByDescending(c => c.CreatedAt) : campaigns.OrderBy(c => c.CreatedAt);

    private SandboxResponse Switch(LemlistCall call, string state)
    {
        Campaign campaign = team.Campaign(call[0]);
        campaign.State = state;
        if (campaign.Status is "running" or "paused" or "draft") campaign.Status = state;
        return LemlistAnswers.Json(new JsonObject { ["_id"] = campaign.Id, ["state"] = state });
    }
}
