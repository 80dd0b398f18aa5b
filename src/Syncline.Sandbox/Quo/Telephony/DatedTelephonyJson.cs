using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>Writes numbers, calls and messages as the dated surface shows them: like v1, with actors and with participants as objects.</summary>
internal static class DatedTelephonyJson
{
    public static JsonNode Write(QuoNumber number)
    {
        JsonObject written = V1TelephonyJson.Write(number).AsObject();
        written.Remove("number");
        written.Remove("users");
        written["phoneNumber"] = number.Number;
        return written;
    }

    public static JsonObject Write(CallRecord call, DateTimeOffset now)
    {
        JsonObject written = V1TelephonyJson.Write(call, now).AsObject();
        written.Remove("userId");
        written["actorId"] = call.AssistantId ?? call.User.Id;
        written["participants"] = new JsonArray([Participant(call.Line.Number, call.AssistantId ?? call.User.Id), .. call.Outside.Select(o => Participant(o, null))]);
        return written;
    }

    public static JsonNode Write(MessageRecord message, DateTimeOffset now)
    {
        JsonObject written = V1TelephonyJson.Write(message, now).AsObject();
        written.Remove("userId");
        written["actorId"] = message.IsIncoming ? null : message.User.Id;
        written["conversationId"] = message.Conversation.Id;
        return written;
    }

    private static JsonObject Participant(string phone, string? actor) => new() { ["phoneNumber"] = phone, ["actorId"] = actor };
}
