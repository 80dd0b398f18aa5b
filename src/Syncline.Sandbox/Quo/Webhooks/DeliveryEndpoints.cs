using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>The delivery log of a webhook on the dated surface.</summary>
internal sealed class DeliveryEndpoints(QuoWorkspace workspace, HookBoard board, HookPayloads payloads)
{
    private static readonly string[] Statuses = ["success", "pending", "sending", "failed"];

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/webhooks/{id}/events", List),
        new("POST", "/webhooks/{id}/events/test", Test),
        new("GET", "/webhooks/{id}/events/{delivery}", call => QuoAnswers.Data(WebhookJson.Whole(Find(call)))),
        new("POST", "/webhooks/{id}/events/{delivery}/retry", Retry),
    ];

    private SandboxResponse List(QuoCall call)
    {
        Subscription webhook = DatedWebhookEndpoints.Find(board, call);
        DatedQuery query = new(call, workspace.Behaviour, "status", "eventType", "eventType[in]", "resourceId", "createdAt[gt]", "createdAt[lt]");
        if (query.One("status") is { } status && !Statuses.Contains(status)) throw Refuse.Bad(QuoCall.PathOf("status"), $"is none of {string.Join(", ", Statuses)}", status);
        IReadOnlyList<string>? types = query.Values("eventType");
        DateTimeOffset? after = query.Time("createdAt[gt]"), before = query.Time("createdAt[lt]");
        IEnumerable<HookDelivery> found = board.Deliveries.Where(d =>
            d.Subscription == webhook && Is(query, "status", d.Status) && Is(query, "resourceId", d.Event.ResourceId)
            && (types is null || types.Contains(d.Event.Type)) && !(d.Event.At <= after) && !(d.Event.At >= before));
        return query.Answer(found.Reverse(), d => d.Number, WebhookJson.Delivery, falling: true);
    }

    /// <summary>Due at once, whatever became of it before.</summary>
    private SandboxResponse Retry(QuoCall call)
    {
        Find(call).DueAt = workspace.Now;
        return QuoAnswers.Json(202, new JsonObject());
    }

    private SandboxResponse Test(QuoCall call)
    {
        Subscription webhook = DatedWebhookEndpoints.Find(board, call);
        List<QuoFault> faults = [];
        BodyReader body = new(call.Body(), "/body", faults);
        string type = body.Needed("eventType") ?? "";
        if (faults.Count == 0 && !EventTypes.IsKnown(type)) body.Fault("eventType", "is no known event");
        if (faults.Count > 0) throw Refuse.Bad(faults);
        JsonObject resource = new() { ["id"] = "test", ["createdAt"] = WireTime.Write(workspace.Now), ["updatedAt"] = WireTime.Write(workspace.Now) };
        HookDelivery delivery = board.Add(webhook, new(payloads.EventId(), type, workspace.Now, null, resource, new() { ["orgId"] = workspace.OrgId }));
        return QuoAnswers.Data(WebhookJson.Delivery(delivery));
    }

    private HookDelivery Find(QuoCall call)
    {
        Subscription webhook = DatedWebhookEndpoints.Find(board, call);
        return board.Deliveries.Find(d => d.Subscription == webhook && d.Id == call[1]) ?? throw Refuse.NotFound("Delivery");
    }

    private static bool Is(DatedQuery query, string name, string value) => query.One(name) is not { } asked || asked == value;
}
