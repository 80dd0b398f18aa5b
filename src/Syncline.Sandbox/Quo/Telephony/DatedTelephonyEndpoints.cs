using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>Users, numbers, calls and messages of the dated surface. It reads messages and does not send them.</summary>
internal sealed class DatedTelephonyEndpoints(QuoWorkspace workspace)
{
    private readonly CallArtefacts _artefacts = new(workspace.Telephony);

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/users", call => Query(call).Answer(workspace.Users, V1TelephonyJson.Write)),
        new("GET", "/users/{id}", call => QuoAnswers.Data(V1TelephonyJson.Write(workspace.User(call[0])))),
        new("GET", "/phone-numbers", call => Query(call).Answer(workspace.Numbers, DatedTelephonyJson.Write)),
        new("GET", "/phone-numbers/{id}", call => QuoAnswers.Data(DatedTelephonyJson.Write(workspace.Line(call.Id(0, "PN"))))),
        new("GET", "/phone-numbers/{id}/users", call => Query(call).Answer(workspace.Line(call.Id(0, "PN")).Users, V1TelephonyJson.Write)),
        new("GET", "/calls", Calls),
        new("GET", "/calls/{id}", call => QuoAnswers.Data(Shown(workspace.Call(call[0]), Includes(call)))),
        new("GET", "/calls/{id}/recordings", call => QuoAnswers.Data(_artefacts.Recordings(workspace.Call(call[0]), workspace.Now))),
        new("GET", "/calls/{id}/transcripts", call => QuoAnswers.Data(_artefacts.Transcript(workspace.Call(call[0]), workspace.Now))),
        new("GET", "/messages", Messages),
        new("GET", "/messages/{id}", call => QuoAnswers.Data(DatedTelephonyJson.Write(workspace.Message(call[0]), workspace.Now))),
    ];

    private SandboxResponse Calls(QuoCall call)
    {
        DatedQuery query = Query(call, "phoneNumberId", "actorId", "participant[in]", "direction", "status[in]", "createdAt[gte]", "createdAt[lte]", "include");
        IReadOnlyList<string>? parties = query.Values("participant"), statuses = query.Values("status");
        DateTimeOffset? from = query.Time("createdAt[gte]"), to = query.Time("createdAt[lte]");
        string[] includes = Includes(call);
        IEnumerable<CallRecord> found = workspace.Calls.Where(c =>
            Is(query, "phoneNumberId", c.Line.Id) && Is(query, "actorId", c.AssistantId ?? c.User.Id) && Is(query, "direction", c.Direction)
            && (parties is null || c.Outside.Any(parties.Contains)) && (statuses is null || statuses.Contains(c.StatusAt(workspace.Now)))
            && !(c.CreatedAt < from) && !(c.CreatedAt > to));
        return query.Answer(found.Reverse(), c => c.Number, c => Shown(c, includes), falling: true);
    }

    /// <summary>Both bounds exclude what lies on them.</summary>
    private SandboxResponse Messages(QuoCall call)
    {
        DatedQuery query = Query(call, "phoneNumberId", "participant[in]", "direction", "createdAt[gt]", "createdAt[lt]");
        IReadOnlyList<string>? parties = query.Values("participant");
        DateTimeOffset? after = query.Time("createdAt[gt]"), before = query.Time("createdAt[lt]");
        IEnumerable<MessageRecord> found = workspace.Messages.Where(m =>
            Is(query, "phoneNumberId", m.Conversation.Line.Id) && Is(query, "direction", m.Direction)
            && (parties is null || m.Conversation.Participants.Any(parties.Contains)) && !(m.CreatedAt <= after) && !(m.CreatedAt >= before));
        return query.Answer(found.Reverse(), m => m.Number, m => DatedTelephonyJson.Write(m, workspace.Now), falling: true);
    }

    private JsonNode Shown(CallRecord call, string[] includes)
    {
        JsonObject written = DatedTelephonyJson.Write(call, workspace.Now);
        if (includes.Contains("summary")) written["summary"] = _artefacts.Summary(call, workspace.Now);
        // Without a voicemail the key is not there at all.
        if (includes.Contains("voicemail") && CallArtefacts.Voicemail(call) is { } voicemail) written["voicemail"] = voicemail;
        return written;
    }

    private static string[] Includes(QuoCall call)
    {
        string[] parts = call.One("include")?.Split(',') ?? [];
        if (parts.FirstOrDefault(p => p is not ("summary" or "voicemail")) is { } unknown) throw Refuse.Bad(QuoCall.PathOf("include"), "takes summary and voicemail", unknown);
        return parts;
    }

    private static bool Is(DatedQuery query, string name, string value) => query.One(name) is not { } asked || asked == value;

    private DatedQuery Query(QuoCall call, params IReadOnlyList<string> known) => new(call, workspace.Behaviour, known);
}
