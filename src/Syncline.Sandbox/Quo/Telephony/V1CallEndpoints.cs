using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>Calls and what was made of them, on v1.</summary>
internal sealed class V1CallEndpoints(QuoWorkspace workspace)
{
    private const int MostResults = 100;

    private readonly CallArtefacts _artefacts = new(workspace.Telephony);

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/v1/calls", List),
        new("GET", "/v1/calls/{id}", One),
        new("GET", "/v1/call-recordings/{id}", call => QuoAnswers.Data(_artefacts.Recordings(Find(call), workspace.Now))),
        new("GET", "/v1/call-summaries/{id}", call => QuoAnswers.Data(_artefacts.Summary(Find(call), workspace.Now))),
        new("GET", "/v1/call-transcripts/{id}", call => QuoAnswers.Data(_artefacts.Transcript(Find(call), workspace.Now))),
        new("GET", "/v1/call-voicemails/{id}", Voicemail),
    ];

    /// <summary>The calls of one number with exactly one participant.</summary>
    private SandboxResponse List(QuoCall call)
    {
        int most = call.Whole("maxResults", MostResults);
        QuoNumber line = workspace.Line(call.One("phoneNumberId"), QuoCall.PathOf("phoneNumberId"));
        IReadOnlyList<string> participants = call.All("participants");
        if (participants.Count == 0) throw Refuse.Bad(QuoCall.PathOf("participants"), "is required", type: "array");
        if (participants.Count > 1) throw Refuse.TooManyParticipants();
        DateTimeOffset? after = call.Time("createdAfter"), before = call.Time("createdBefore");
        IEnumerable<CallRecord> found = workspace.Calls.Where(c => c.Line == line && c.Outside.Count == 1 && c.Outside[0] == participants[0] && !(c.CreatedAt <= after) && !(c.CreatedAt >= before));
        Slice<CallRecord> slice = Paging.Cut(found.Reverse(), c => c.Number, most, call.One("pageToken"), QuoCall.PathOf("pageToken"), falling: true);
        return QuoAnswers.V1Page(slice, c => V1TelephonyJson.Write(c, workspace.Now), workspace.Behaviour.TotalItems);
    }

    private SandboxResponse One(QuoCall call)
    {
        CallRecord found = Find(call);
        return found.IsGroup ? throw Refuse.TooManyParticipants() : QuoAnswers.Data(V1TelephonyJson.Write(found, workspace.Now));
    }

    /// <summary>404 says that nobody left one.</summary>
    private SandboxResponse Voicemail(QuoCall call) => QuoAnswers.Data(CallArtefacts.Voicemail(Find(call)) ?? throw Refuse.NotFound("Voicemail"));

    private CallRecord Find(QuoCall call) => workspace.Call(call.Id(0, "AC"));
}
