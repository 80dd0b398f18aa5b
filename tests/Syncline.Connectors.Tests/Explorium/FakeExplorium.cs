using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Connectors.Explorium;
using Syncline.Enriching;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Explorium;

/// <summary>A call as it came.</summary>
internal sealed record ExploriumCall(string Path, JsonObject? Body, string? Key, DateTimeOffset At)
{
    public JsonArray Items => (JsonArray)(Body!.First(p => p.Value is JsonArray).Value!);
}

/// <summary>A small catalogue: domains and profiles that are known, and what is known about them.</summary>
internal sealed class FakeExplorium : HttpMessageHandler
{
    public const string Root = "https://explorium.example.com/";

    private readonly List<(string Path, int Status, string Body, int[] Left)> _scripted = [];

    public QuickClock Clock { get; } = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));

    public Dictionary<string, string> Settings { get; } = new() { ["api_key"] = "key-of-the-test", ["base_url"] = Root };

    public List<ExploriumCall> Calls { get; } = [];

    /// <summary>Domains, or slugs of profiles, that are found.</summary>
    public HashSet<string> Known { get; } = [];

    /// <summary>By the kind of facts, in the words of the path: data for each id; an id that is not there has no row.</summary>
    public Dictionary<string, Func<string, string?>> Data { get; } = [];

    public bool LosesAnswers { get; set; }

    public Connection Open(bool isLimited = false) => new ExploriumProvider().Open(
        new("facts", name => Settings.GetValueOrDefault(name)),
        new(new HttpMessageInvoker(this), Clock, new Governor(Clock, new LocalRateLedger()), Priority.Manual) { Budgets = isLimited ? null : [] });

    public IEnricher Companies() => Open().Enrichers.Single(e => e.Kind == RecordKind.Company);

    public IEnricher People() => Open().Enrichers.Single(e => e.Kind == RecordKind.Person);

    public static string IdOf(string word, int length = 32) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(word)))[..length];

    /// <summary>Answers the next so many calls whose path ends so.</summary>
    public void Answer(string pathEnd, int status, string body, int times = int.MaxValue) => _scripted.Add((pathEnd, status, body, [times]));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        string key = request.Headers.TryGetValues("api_key", out IEnumerable<string>? values) ? string.Join(",", values) : "";
        ExploriumCall call = new(request.RequestUri!.AbsoluteUri[Root.Length..], body.Length == 0 ? null : JsonNode.Parse(body)!.AsObject(), key, Clock.GetUtcNow());
        Calls.Add(call);
        (int status, string text) = Scripted(call) ?? AnswerOf(call);
        if (LosesAnswers) throw new HttpRequestException("the connection was reset");
        return new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
    }

    private (int, string)? Scripted(ExploriumCall call)
    {
        foreach ((string path, int status, string body, int[] left) in _scripted)
        {
            if (call.Path.EndsWith(path, StringComparison.Ordinal) && left[0]-- > 0) return (status, body);
        }
        return null;
    }

    private (int, string) AnswerOf(ExploriumCall call)
    {
        if (call.Key != "key-of-the-test") return (401, """{"details":"Invalid API key","correlation_id":"x"}""");
        string[] path = call.Path.Split('/');
        return path[^1] switch
        {
            "credits" => (200, """{"response_context":{"request_status":"success"},"allocated_credits":100,"remaining_credits":42}"""),
            "match" => (200, Match(path[1], call.Items)),
            _ => (200, Enrich(path[1], path[2], call.Items)),
        };
    }

    private string Match(string what, JsonArray wanted)
    {
        (string name, int length) = what == "businesses" ? ("business_id", 32) : ("prospect_id", 40);
        JsonArray rows = [.. wanted.Select(w => (JsonNode)new JsonObject { ["input"] = w!.DeepClone(), [name] = Found(w.AsObject()) is { } word ? IdOf(word, length) : null })];
        return new JsonObject { ["response_context"] = Context, ["total_results"] = rows.Count, [$"matched_{what}"] = rows }.ToJsonString();
    }

    private string? Found(JsonObject asked) => asked.Select(p => (string?)p.Value).FirstOrDefault(v => v is not null && Known.Contains(v));

    // In the opposite order, with a row that nobody asked for.
    private string Enrich(string what, string kind, JsonArray ids)
    {
        string name = what == "businesses" ? "business_id" : "prospect_id";
        IEnumerable<JsonObject> rows = ids.Reverse().Select(id => (string)id!)
            .Select(id => (Id: id, Data: Data.GetValueOrDefault(kind)?.Invoke(id))).Where(r => r.Data is not null)
            .Select(r => new JsonObject { [name] = r.Id, ["data"] = r.Data!.Length == 0 ? null : JsonNode.Parse(r.Data) });
        JsonArray all = [new JsonObject { [name] = IdOf("nobody", 32), ["data"] = new JsonObject { ["website"] = "https://nobody.example.com" } }, .. rows];
        return new JsonObject { ["response_context"] = Context, ["data"] = all, ["total_results"] = all.Count }.ToJsonString();
    }

    private static JsonObject Context => new() { ["correlation_id"] = "c", ["request_status"] = "success", ["time_took_in_seconds"] = 0.1 };
}
