using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>Webhooks of v1: one kind for each family of events, made and deleted, never changed.</summary>
internal sealed class LegacyWebhookEndpoints(QuoWorkspace workspace, HookBoard board, QuoHookTrouble trouble)
{
    private readonly WebhookReader _reader = new(trouble);

    public IEnumerable<QuoRoute> Routes() =>
    [
        .. EventTypes.Families.Select(f => new QuoRoute("POST", "/v1/webhooks/" + f, call => Create(call, f))),
        new("GET", "/v1/webhooks", List),
        new("GET", "/v1/webhooks/{id}", call => QuoAnswers.Data(WebhookJson.Legacy(Find(call), workspace.OrgId))),
        new("DELETE", "/v1/webhooks/{id}", Delete),
    ];

    private SandboxResponse List(QuoCall call) => QuoAnswers.DataList(
        board.Subscriptions.Where(s => s.IsLegacy && (call.One("userId") is not { } user || s.UserId == user)).Select(s => WebhookJson.Legacy(s, workspace.OrgId)));

    private SandboxResponse Create(QuoCall call, string family)
    {
        if (!call.Key.MayManageWebhooks) throw Refuse.Forbidden("This key may not create webhooks");
        WebhookDraft draft = _reader.Read(call.Body(), "", isNew: true, trouble.LegacyMostResources, EventTypes.Of(family).Contains);
        Subscription webhook = new(workspace.Ids.Next("WH"), isLegacy: true, workspace.Ids.Secret(), workspace.Now)
        {
            Url = draft.Url.Value!, Events = draft.Events.Value, UserId = draft.UserId.Value ?? workspace.Owner.Id, Label = draft.Label.Value,
            ResourceIds = draft.ResourceIds.Or([Subscription.EveryResource]), IsEnabled = draft.IsEnabled.Or(true),
        };
        board.Subscriptions.Add(webhook);
        return QuoAnswers.Data(WebhookJson.Legacy(webhook, workspace.OrgId), 201);
    }

    private SandboxResponse Delete(QuoCall call)
    {
        board.Forget(Find(call));
        return QuoAnswers.Deleted;
    }

    private Subscription Find(QuoCall call)
    {
        string id = call.Id(0, "WH");
        return board.Subscriptions.Find(s => s.IsLegacy && s.Id == id) ?? throw Refuse.NotFound("Webhook");
    }
}
