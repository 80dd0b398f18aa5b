using System.Net;
using System.Net.Http;
using System.Text;
using Syncline.Connectors.HeyReach;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HeyReach;

/// <summary>A request as the fake saw it.</summary>
/// <param name="Path">From the API's base on, still percent-encoded.</param>
internal sealed record SentCall(string Method, string Path, string Body, string Key);

/// <summary>Answers HeyReach's calls from a function and remembers them.</summary>
internal sealed class FakeHeyReach(Func<SentCall, (int Status, string Body)> answer) : HttpMessageHandler
{
    public const string Root = "https://heyreach.example.com/api/public/";

    public List<SentCall> Calls { get; } = [];

    public QuickClock Clock { get; } = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));

    public Dictionary<string, string> Settings { get; } = new() { ["api_key"] = "key-of-the-test", ["base_url"] = Root };

    public Connection Open() => new HeyReachProvider().Open(
        new("heyreach", name => Settings.GetValueOrDefault(name)),
        new(new HttpMessageInvoker(this), Clock, new Governor(Clock, new LocalRateLedger()), Priority.Manual) { Budgets = [] });

    public ISource Inbox() => Open().Sources.Single();

    /// <summary>Reads the inbox to its end from nothing.</summary>
    public async Task<IReadOnlyList<Page>> ReadAsync(Func<ReadRequest, ReadRequest>? ask = null)
    {
        Conformance.Sources.CommittedPages committed = new();
        return await committed.RunAsync(Inbox(), TestContext.Current.CancellationToken, (ask ?? (r => r))(committed.Request()));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        string key = request.Headers.TryGetValues("X-API-KEY", out IEnumerable<string>? values) ? string.Join(",", values) : "";
        SentCall call = new(request.Method.Method, request.RequestUri!.AbsoluteUri[Root.Length..], body, key);
        Calls.Add(call);
        (int status, string text) = answer(call);
        return new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
    }
}

/// <summary>JSON as HeyReach answers it, written by hand.</summary>
internal static class Inboxes
{
    public static string Page(params string[] conversations) => $$"""{"items":[{{string.Join(",", conversations)}}],"totalCount":{{conversations.Length}},"nextCursor":null,"hasNextPage":false}""";

    public static string Conversation(string id, string messages, string at = "2026-05-19T10:00:00.5Z", int? total = 1, string? profile = null, string more = "") => $$"""
        {"id":"{{id}}","read":true,"groupChat":false,"blockedByMe":false,"blockedByParticipant":false,"lastMessageAt":"{{at}}","lastMessageText":"x",
         "lastMessageType":"TEXT","lastMessageSender":"ME","totalMessages":{{total}},"linkedInAccountId":4711,"correspondentProfile":{{profile ?? Profile()}},
         "linkedInAccount":{"id":4711,"emailAddress":"sender@example.com","firstName":"Sam","lastName":"Sender","authIsValid":true},"messages":[{{messages}}]{{more}}}
        """;

    public static string Profile(string id = "900000001", string url = "https://www.linkedin.com/in/ada-example", string more = "") =>
        $$"""{"linkedin_id":"{{id}}","profileUrl":"{{url}}","firstName":" Ada","lastName":"Example ","headline":"Engines","imageUrl":null,"companyName":null,"position":null,"connections":0,"tags":[]{{more}}}""";

    public static string Message(string at, string sender = "ME", string body = "hello", string more = "") =>
        $$"""{"createdAt":"{{at}}","body":"{{body}}","subject":null,"postLink":null,"isInMail":false,"sender":"{{sender}}"{{more}}}""";
}
