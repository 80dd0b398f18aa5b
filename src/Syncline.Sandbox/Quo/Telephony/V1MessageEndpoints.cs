using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>Text messages on v1, the only surface that sends them. There is no idempotency key: the same request twice is two messages.</summary>
internal sealed class V1MessageEndpoints(QuoWorkspace workspace, QuoPhone phone)
{
    private const int MostResults = 100;
    private const int LongestText = 1600;

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/v1/messages", List),
        new("POST", "/v1/messages", Send),
        new("GET", "/v1/messages/{id}", call => Shown(workspace.Message(call.Id(0, "AC")))),
    ];

    private SandboxResponse List(QuoCall call)
    {
        int most = call.Whole("maxResults", MostResults);
        QuoNumber line = workspace.Line(call.One("phoneNumberId"), QuoCall.PathOf("phoneNumberId"));
        HashSet<string> participants = [.. call.All("participants")];
        if (participants.Count == 0) throw Refuse.Bad(QuoCall.PathOf("participants"), "is required", type: "array");
        DateTimeOffset? after = call.Time("createdAfter"), before = call.Time("createdBefore");
        IEnumerable<MessageRecord> found = workspace.Messages.Where(m => m.Conversation.Line == line && participants.SetEquals(m.Conversation.Participants) && !(m.CreatedAt <= after) && !(m.CreatedAt >= before));
        Slice<MessageRecord> slice = Paging.Cut(found.Reverse(), m => m.Number, most, call.One("pageToken"), QuoCall.PathOf("pageToken"), falling: true);
        return QuoAnswers.V1Page(slice, m => V1TelephonyJson.Write(m, workspace.Now), workspace.Behaviour.TotalItems);
    }

    /// <summary>202: queued, not sent.</summary>
    private SandboxResponse Send(QuoCall call)
    {
        List<QuoFault> faults = [];
        BodyReader body = new(call.Body(), "", faults);
        string content = body.Needed("content", LongestText) ?? "";
        if (body.Has("content") && string.IsNullOrWhiteSpace(content) && faults.Count == 0) body.Fault("content", "must not be blank");
        string from = body.Needed("from") ?? "";
        IReadOnlyList<string> to = body["to"].Texts() ?? [];
        if (to.Count < 1 || to.Count > workspace.Telephony.MostReceivers || !to.All(PhoneForm.IsE164)) body.Fault("to", $"must be 1 to {workspace.Telephony.MostReceivers} phone numbers in E.164", "array");
        Sent<string?> user = body.Text("userId", nullable: false), status = body.Text("setInboxStatus", nullable: false);
        if (status is { IsThere: true, Value: not "done" }) body.Fault("setInboxStatus", "must be done");
        if (faults.Count > 0) throw Refuse.Bad(faults);
        QuoNumber line = workspace.Numbers.Find(n => n.Id == from || n.Number == from) ?? throw Refuse.NotFound("Phone number");
        return Shown(phone.Queue(line, user.Value is null ? line.Users[0] : workspace.User(user.Value), to, content), 202);
    }

    private SandboxResponse Shown(MessageRecord message, int status = 200) => QuoAnswers.Data(V1TelephonyJson.Write(message, workspace.Now), status);
}
