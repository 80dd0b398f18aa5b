using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>Writes webhooks and their deliveries.</summary>
internal static class WebhookJson
{
    public const string KeyPrefix = "whsec_";

    /// <param name="withKey">True where it is made: it is never shown again.</param>
    public static JsonNode Dated(Subscription webhook, string orgId, bool withKey = false)
    {
        JsonObject written = Shared(webhook, orgId);
        written["apiVersion"] = Surface.Version;
        if (withKey) written["key"] = KeyPrefix + webhook.Key;
        return written;
    }

    public static JsonNode Legacy(Subscription webhook, string orgId)
    {
        JsonObject written = Shared(webhook, orgId);
        written["userId"] = webhook.UserId;
        written["key"] = webhook.Key;
        written["deletedAt"] = null;
        return written;
    }

    public static JsonObject Delivery(HookDelivery delivery) => new()
    {
        ["id"] = delivery.Id,
        ["webhookId"] = delivery.Subscription.Id,
        ["eventId"] = delivery.Event.Id,
        ["eventType"] = delivery.Event.Type,
        ["resourceId"] = delivery.Event.ResourceId,
        ["status"] = delivery.Status,
        ["attemptCount"] = delivery.Attempts.Count,
        ["nextAttemptAt"] = WireTime.Write(delivery.DueAt),
        ["createdAt"] = WireTime.Write(delivery.Event.At),
    };

    public static JsonNode Whole(HookDelivery delivery)
    {
        JsonObject written = Delivery(delivery);
        written["requestBody"] = JsonNode.Parse(delivery.Body);
        written["attempts"] = new JsonArray([.. delivery.Attempts.Select(a => new JsonObject { ["createdAt"] = WireTime.Write(a.At), ["responseStatus"] = a.Status })]);
        return written;
    }

    private static JsonObject Shared(Subscription webhook, string orgId) => new()
    {
        ["id"] = webhook.Id,
        ["orgId"] = orgId,
        ["label"] = webhook.Label,
        ["status"] = webhook.Status,
        ["url"] = webhook.Url,
        ["events"] = HookPayloads.Texts(webhook.Events),
        ["resourceIds"] = HookPayloads.Texts(webhook.ResourceIds),
        ["createdAt"] = WireTime.Write(webhook.CreatedAt),
        ["updatedAt"] = WireTime.Write(webhook.UpdatedAt),
    };
}
