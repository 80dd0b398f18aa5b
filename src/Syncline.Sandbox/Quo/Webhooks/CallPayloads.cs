using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Telephony;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>Says what calls and what is made of them look like in hooks.</summary>
internal sealed class CallPayloads(QuoWorkspace workspace, QuoHookTrouble trouble, HookPayloads payloads)
{
    private readonly CallArtefacts _artefacts = new(workspace.Telephony);

    public HookEvent Describe(string type, CallRecord call, DateTimeOffset at)
    {
        (JsonObject resource, JsonObject legacy) = type switch
        {
            "call.summary.completed" => (SummaryResource(call, at), _artefacts.Summary(call, at)),
            "call.transcript.completed" => (_artefacts.Transcript(call, at, "processingStatus"), _artefacts.Transcript(call, at)),
            _ => (CallResource(call, at), LegacyCall(type, call, at)),
        };
        return new(payloads.EventId(), type, at, call.Line.Id, resource, Context(call), legacy);
    }

    private static JsonObject CallResource(CallRecord call, DateTimeOffset at) => new()
    {
        ["id"] = call.Id,
        ["direction"] = call.Direction,
        ["status"] = at < call.CompletedAt ? call.StatusAt(at) : call.HookStatus,
        ["createdAt"] = WireTime.Write(call.CreatedAt),
        ["answeredAt"] = call.AnsweredAt <= at ? WireTime.Write(call.AnsweredAt) : null,
        ["completedAt"] = at < call.CompletedAt ? null : WireTime.Write(call.CompletedAt),
        ["updatedAt"] = WireTime.Write(call.LastChange(at)),
        ["duration"] = at < call.CompletedAt || !call.IsAnswered ? null : (int)call.Duration.TotalSeconds,
        ["hasVoicemail"] = call.VoicemailId is not null,
    };

    private JsonObject Context(CallRecord call) => new()
    {
        ["orgId"] = workspace.OrgId,
        ["phoneNumberId"] = call.Line.Id,
        ["phoneNumberType"] = "standard",
        ["conversationId"] = call.Conversation.Id,
        ["userId"] = call.User.Id,
        ["participants"] = new JsonObject
        {
            ["workspace"] = trouble.EmptyParticipants ? [] : new JsonArray(call.Line.Number),
            ["external"] = trouble.EmptyParticipants ? [] : HookPayloads.Texts(call.Outside),
            ["resolution"] = trouble.EmptyParticipants ? "unavailable" : "available",
        },
    };

    // No id of its own: callId names the call.
    private JsonObject SummaryResource(CallRecord call, DateTimeOffset at)
    {
        JsonObject resource = _artefacts.Summary(call, at, "processingStatus");
        resource["fromPhoneNumber"] = call.IsIncoming ? call.Outside[0] : call.Line.Number;
        resource["handledByAiAgent"] = call.AssistantId is not null;
        resource["answeredByUserId"] = call.AssistantId is null ? call.User.Id : null;
        return resource;
    }

    private JsonObject LegacyCall(string type, CallRecord call, DateTimeOffset at)
    {
        JsonObject legacy = V1TelephonyJson.Write(call, at).AsObject();
        legacy["object"] = "call";
        legacy["conversationId"] = call.Conversation.Id;
        legacy["contactIds"] = HookPayloads.Texts(payloads.ContactIds(call.Outside));
        if (trouble.EmptyParticipants) legacy["participants"] = new JsonArray();
        legacy["recordings"] = type == "call.recording.completed" ? _artefacts.Recordings(call, at) : null;
        return legacy;
    }
}
