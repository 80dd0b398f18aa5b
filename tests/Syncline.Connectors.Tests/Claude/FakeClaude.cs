using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Connectors.Claude;
using Syncline.Enriching;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Claude;

/// <summary>A call as it came.</summary>
internal sealed record ClaudeCall(string Path, JsonObject? Body, string? Authorization)
{
    public string UserText => (string)Body!["messages"]![0]!["content"]!;
}

/// <summary>Answers the Messages API from a function and remembers its calls.</summary>
internal sealed class FakeClaude : HttpMessageHandler
{
    public const string Root = "https://claude.example.com/";
    public const string Good = """{"pain_points":["Hiring takes long"],"personalization_hooks":["They grew to 200 people"],"summary":"Leads engineering.","confidence":"medium"}""";

    public QuickClock Clock { get; } = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));

    public Dictionary<string, string> Settings { get; } = new() { ["api_key"] = "key-of-the-test", ["base_url"] = Root };

    public List<ClaudeCall> Calls { get; } = [];

    public Func<ClaudeCall, (int Status, string Body)> Answer { get; set; } = _ => (200, Message(Good));

    public string? RetryAfter { get; set; }

    public bool BreaksConnections { get; set; }

    public Connection Open(bool isLimited = false) => new ClaudeProvider().Open(
        new("model", name => Settings.GetValueOrDefault(name)),
        new(new HttpMessageInvoker(this), Clock, new Governor(Clock, new LocalRateLedger()), Priority.Manual) { Budgets = isLimited ? null : [] });

    public IEnricher People() => Open().Enrichers.Single();

    public static string Message(string text, string stop = "end_turn", int tokensIn = 1000, int tokensOut = 200) => new JsonObject
    {
        ["id"] = "msg_1",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = "claude-haiku-5-5",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "thinking", ["thinking"] = "hm", ["signature"] = "s" }, new JsonObject { ["type"] = "text", ["text"] = text }),
        ["stop_reason"] = stop,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject { ["input_tokens"] = tokensIn, ["output_tokens"] = tokensOut, ["cache_creation_input_tokens"] = 0, ["cache_read_input_tokens"] = 0 },
    }.ToJsonString();

    public static string Error(string type, string? code = null) => new JsonObject
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = "the prompt said: secret headline", ["details"] = code is null ? null : new JsonObject { ["error_code"] = code } },
        ["request_id"] = "req_1",
    }.ToJsonString();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        string key = request.Headers.TryGetValues("x-api-key", out IEnumerable<string>? values) ? string.Join(",", values) : request.Headers.Authorization?.Parameter ?? "";
        ClaudeCall call = new(request.RequestUri!.AbsoluteUri[Root.Length..], body.Length == 0 ? null : JsonNode.Parse(body)!.AsObject(), key);
        lock (Calls) Calls.Add(call);
        if (BreaksConnections) throw new HttpRequestException("the connection was reset");
        (int status, string text) = Answer(call);
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        if (RetryAfter is { } wait && status != 200) response.Headers.RetryAfter = RetryConditionHeaderValue.Parse(wait);
        return response;
    }
}
