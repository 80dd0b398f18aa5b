using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Hooks;

/// <summary>Makes, lists and removes webhooks. The same url and type may be made again and again.</summary>
internal sealed class HookEndpoints(LemlistTeam team, HookBoard board)
{
    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/hooks", _ => LemlistAnswers.Rows(board.Subscriptions.Select(s => s.Json()))),
        new("POST", "/hooks", Add),
        new("DELETE", "/hooks/{id}", Remove),
    ];

    private SandboxResponse Add(LemlistCall call)
    {
        JsonObject body = call.Body();
        string url = body["targetUrl"].Str() ?? throw Refuse.Bad("targetUrl is required");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? target) || target.Scheme is not ("https" or "http")) throw Refuse.Bad("invalid targetUrl");
        string? type = body["type"].Str();
        if (type is not null && !ActivityTypes.OfHooks.Contains(type)) throw Refuse.Bad("invalid type");
        string? campaign = Filter(call, body, "campaignId");
        if (campaign is not null) team.Campaign(campaign);
        Subscription made = new(team.Ids.Next("hoo"), url, type, body["secret"].Str(), campaign, Filter(call, body, "isFirst") == "true", Filter(call, body, "zapId"), team.Now);
        board.Subscriptions.Add(made);
        return LemlistAnswers.Json(made.Json());
    }

    private string? Filter(LemlistCall call, JsonObject body, string name)
    {
        string? queried = call.One(name), written = body[name] is { } value ? value.Str() ?? value.ToJsonString() : null;
        return team.Behaviour.HookFilters switch { HookFilters.Query => queried, HookFilters.Body => written, _ => queried ?? written };
    }

    private SandboxResponse Remove(LemlistCall call)
    {
        Subscription gone = board.Subscriptions.Find(s => s.Id == call[0]) ?? throw Refuse.NotFound("Webhook");
        board.Forget(gone);
        return LemlistAnswers.Json(gone.Json());
    }
}
