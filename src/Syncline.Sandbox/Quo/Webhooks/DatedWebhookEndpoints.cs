using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>Webhooks of the dated surface.</summary>
internal sealed class DatedWebhookEndpoints(QuoWorkspace workspace, HookBoard board, QuoHookTrouble trouble)
{
    private const int MostWebhooks = 50;

    private readonly WebhookReader _reader = new(trouble);

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/webhooks", _ => QuoAnswers.DataList(board.Subscriptions.Where(s => !s.IsLegacy).Select(s => WebhookJson.Dated(s, workspace.OrgId)))),
        new("POST", "/webhooks", Create),
        new("GET", "/webhooks/{id}", call => Shown(Find(board, call))),
        new("PATCH", "/webhooks/{id}", Change),
        new("DELETE", "/webhooks/{id}", Delete),
        new("POST", "/webhooks/{id}/rotate", Rotate),
    ];

    /// <summary>An id that is not digits is malformed.</summary>
    public static Subscription Find(HookBoard board, QuoCall call)
    {
        if (!call[0].All(char.IsAsciiDigit)) throw Refuse.Bad("/params/webhookId", "must match ^[0-9]+$", call[0]);
        return board.Subscriptions.Find(s => !s.IsLegacy && s.Id == call[0]) ?? throw Refuse.NotFound("Webhook");
    }

    private SandboxResponse Create(QuoCall call)
    {
        if (!call.Key.MayManageWebhooks) throw Refuse.Forbidden("This key may not create webhooks");
        WebhookDraft draft = Read(call, isNew: true);
        if (board.Subscriptions.Count(s => !s.IsLegacy) >= MostWebhooks) throw Refuse.Bad("/body", $"A workspace has {MostWebhooks} webhooks at the most");
        Subscription webhook = new(workspace.Ids.Digits(), isLegacy: false, workspace.Ids.Secret(), workspace.Now)
        {
            Url = draft.Url.Value!, Events = draft.Events.Value, UserId = workspace.Owner.Id, Label = draft.Label.Value,
            ResourceIds = draft.ResourceIds.Or([Subscription.EveryResource]), IsEnabled = draft.IsEnabled.Or(true),
        };
        board.Subscriptions.Add(webhook);
        return QuoAnswers.Data(WebhookJson.Dated(webhook, workspace.OrgId, withKey: true), 201);
    }

    private SandboxResponse Change(QuoCall call)
    {
        Subscription webhook = Find(board, call);
        WebhookDraft draft = Read(call, isNew: false);
        webhook.Url = draft.Url.Or(webhook.Url)!;
        webhook.Events = draft.Events.Or(webhook.Events);
        webhook.ResourceIds = draft.ResourceIds.Or(webhook.ResourceIds);
        webhook.IsEnabled = draft.IsEnabled.Or(webhook.IsEnabled);
        webhook.Label = draft.Label.Or(webhook.Label);
        webhook.UpdatedAt = workspace.Now;
        return Shown(webhook);
    }

    private SandboxResponse Delete(QuoCall call)
    {
        board.Forget(Find(board, call));
        return QuoAnswers.Deleted;
    }

    private SandboxResponse Rotate(QuoCall call)
    {
        Subscription webhook = Find(board, call);
        webhook.Rotate(workspace.Ids.Secret(), workspace.Now);
        return QuoAnswers.Data(new JsonObject { ["key"] = WebhookJson.KeyPrefix + webhook.Key });
    }

    private WebhookDraft Read(QuoCall call, bool isNew) => _reader.Read(call.Body(), "/body", isNew, trouble.MostResources, EventTypes.IsKnown);

    private SandboxResponse Shown(Subscription webhook) => QuoAnswers.Data(WebhookJson.Dated(webhook, workspace.OrgId));
}
