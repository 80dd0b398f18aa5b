using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>Users, phone numbers and conversations on v1.</summary>
internal sealed class V1OfficeEndpoints(QuoWorkspace workspace)
{
    private const int MostUsers = 50;
    private const int MostConversations = 100;

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/v1/users", Users),
        new("GET", "/v1/users/{id}", call => QuoAnswers.Data(V1TelephonyJson.Write(workspace.User(call.Id(0, "US"))))),
        new("GET", "/v1/phone-numbers", Numbers),
        new("GET", "/v1/phone-numbers/{id}", call => QuoAnswers.Data(V1TelephonyJson.Write(workspace.Line(call.Id(0, "PN"))))),
        new("GET", "/v1/conversations", Conversations),
    ];

    private SandboxResponse Users(QuoCall call)
    {
        int most = call.Whole("maxResults", MostUsers);
        Slice<(int Index, QuoUser Item)> slice = Paging.Cut(workspace.Users.Index(), u => u.Index, most, call.One("pageToken"), QuoCall.PathOf("pageToken"));
        return QuoAnswers.V1Page(slice, u => V1TelephonyJson.Write(u.Item), workspace.Behaviour.TotalItems);
    }

    /// <summary>Unpaged.</summary>
    private SandboxResponse Numbers(QuoCall call) =>
        QuoAnswers.DataList(workspace.Numbers.Where(n => call.One("userId") is not { } user || n.Users.Any(u => u.Id == user)).Select(V1TelephonyJson.Write));

    private SandboxResponse Conversations(QuoCall call)
    {
        int most = call.Whole("maxResults", MostConversations);
        IReadOnlyList<string> lines = call.All("phoneNumbers");
        IEnumerable<QuoConversation> found = workspace.Conversations.Where(c => lines.Count == 0 || lines.Contains(c.Line.Id) || lines.Contains(c.Line.Number));
        if (call.Time("updatedAfter") is { } after) found = found.Where(c => c.LastActivityAt > after);
        return QuoAnswers.V1Page(Paging.Cut(found, c => c.Number, most, call.One("pageToken"), QuoCall.PathOf("pageToken")), V1TelephonyJson.Write, workspace.Behaviour.TotalItems);
    }
}
