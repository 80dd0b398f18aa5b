using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>Writes people, numbers, calls and messages as v1 shows them.</summary>
internal static class V1TelephonyJson
{
    public static JsonNode Write(QuoUser user)
    {
        JsonObject written = Short(user);
        written["pictureUrl"] = null;
        written["createdAt"] = WireTime.Write(user.CreatedAt);
        written["updatedAt"] = WireTime.Write(user.CreatedAt);
        return written;
    }

    public static JsonNode Write(QuoNumber number) => new JsonObject
    {
        ["id"] = number.Id,
        ["groupId"] = number.GroupId,
        ["portRequestId"] = null,
        ["formattedNumber"] = number.Formatted,
        ["forward"] = null,
        ["name"] = number.Name,
        ["number"] = number.Number,
        ["portingStatus"] = null,
        ["symbol"] = null,
        ["users"] = new JsonArray([.. number.Users.Select(u => InGroup(u, number.GroupId))]),
        ["createdAt"] = WireTime.Write(number.CreatedAt),
        ["updatedAt"] = WireTime.Write(number.CreatedAt),
        ["restrictions"] = new JsonObject { ["calling"] = Unrestricted(), ["messaging"] = Unrestricted() },
    };

    public static JsonNode Write(CallRecord call, DateTimeOffset now) => new JsonObject
    {
        ["id"] = call.Id,
        ["phoneNumberId"] = call.Line.Id,
        ["userId"] = call.User.Id,
        ["direction"] = call.Direction,
        ["status"] = call.StatusAt(now),
        ["participants"] = new JsonArray(call.Line.Number, call.Outside[0]),
        ["duration"] = now < call.CompletedAt ? 0 : (int)call.Duration.TotalSeconds,
        ["createdAt"] = WireTime.Write(call.CreatedAt),
        ["answeredAt"] = call.AnsweredAt is { } answered && now >= answered ? WireTime.Write(answered) : null,
        ["answeredBy"] = call.AnsweredAt <= now ? call.AnsweredBy : null,
        ["initiatedBy"] = call.IsIncoming ? null : call.User.Id,
        ["completedAt"] = now < call.CompletedAt ? null : WireTime.Write(call.CompletedAt),
        ["updatedAt"] = WireTime.Write(call.LastChange(now)),
        ["callRoute"] = "phone-number",
        ["forwardedFrom"] = null,
        ["forwardedTo"] = null,
        ["aiHandled"] = call.AssistantId is null ? null : "ai-agent",
    };

    public static JsonNode Write(MessageRecord message, DateTimeOffset now) => new JsonObject
    {
        ["id"] = message.Id,
        ["to"] = new JsonArray([.. message.To.Select(t => JsonValue.Create(t))]),
        ["from"] = message.From,
        ["text"] = message.Text,
        ["phoneNumberId"] = message.Conversation.Line.Id,
        ["direction"] = message.Direction,
        ["userId"] = message.User.Id,
        ["status"] = message.StatusAt(now),
        ["createdAt"] = WireTime.Write(message.CreatedAt),
        ["updatedAt"] = WireTime.Write(message.LastChange(now)),
    };

    public static JsonNode Write(QuoConversation conversation) => new JsonObject
    {
        ["id"] = conversation.Id,
        ["phoneNumberId"] = conversation.Line.Id,
        ["participants"] = new JsonArray([.. conversation.Participants.Select(p => JsonValue.Create(p))]),
        ["name"] = null,
        ["assignedTo"] = null,
        ["createdAt"] = WireTime.Write(conversation.CreatedAt),
        ["updatedAt"] = WireTime.Write(conversation.LastActivityAt),
        ["lastActivityAt"] = WireTime.Write(conversation.LastActivityAt),
        ["lastActivityId"] = conversation.LastActivityId,
        ["deletedAt"] = null,
        ["mutedUntil"] = null,
        ["snoozedUntil"] = null,
    };

    private static JsonObject Short(QuoUser user) => new()
    {
        ["id"] = user.Id, ["email"] = user.Email, ["firstName"] = user.FirstName, ["lastName"] = user.LastName, ["role"] = user.Role,
    };

    private static JsonObject InGroup(QuoUser user, string group)
    {
        JsonObject written = Short(user);
        written["groupId"] = group;
        return written;
    }

    private static JsonObject Unrestricted() => new() { ["US"] = "unrestricted", ["CA"] = "unrestricted", ["Intl"] = "restricted" };
}
