using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>Something that happened, in the words of both systems.</summary>
/// <param name="LineId">The number it happened on; null for contacts, which hooks get whatever numbers they name.</param>
/// <param name="Legacy">What v1 webhooks call the resource; null where they have no such event.</param>
internal sealed record HookEvent(string Id, string Type, DateTimeOffset At, string? LineId, JsonObject Resource, JsonObject Context, JsonObject? Legacy = null)
{
    public string ResourceId => (string?)Resource["id"] ?? (string?)Resource["callId"] ?? "";

    public string Body(Subscription subscription, LegacyPayloadVersion version) =>
        QuoAnswers.Text(subscription.IsLegacy ? LegacyBody(version) : DatedBody());

    private JsonObject DatedBody() => new()
    {
        ["id"] = Id,
        ["apiVersion"] = Surface.Version,
        ["createdAt"] = WireTime.Write(At),
        ["type"] = Type,
        ["data"] = new JsonObject
        {
            ["resource"] = Resource.DeepClone(), ["context"] = Context.DeepClone(), ["links"] = new JsonObject { ["quo"] = null },
        },
    };

    private JsonObject LegacyBody(LegacyPayloadVersion version)
    {
        bool isOld = version == LegacyPayloadVersion.V3;
        JsonObject thing = (JsonObject)Legacy!.DeepClone();
        // Receivers were a list before they were one text.
        if (isOld && thing["to"] is JsonValue to) thing["to"] = new JsonArray(to.DeepClone());
        return new()
        {
            ["id"] = Id,
            ["object"] = "event",
            ["apiVersion"] = isOld ? "v3" : "v4",
            ["createdAt"] = WireTime.Write(At),
            ["type"] = isOld && Type == "call.summary.completed" ? "callSummary" : Type,
            ["data"] = new JsonObject { ["object"] = thing, ["deepLink"] = $"https://my.openphone.com/{ResourceId}" },
        };
    }
}
