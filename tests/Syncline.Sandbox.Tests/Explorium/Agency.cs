using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium;

namespace Syncline.Sandbox.Tests.Explorium;

/// <summary>What came back, parsed.</summary>
internal sealed record Reply(int Status, JsonNode Json, SandboxResponse Raw)
{
    public string RequestStatus => (string)Json["response_context"]!["request_status"]!;
    public JsonArray Rows => Json["data"]!.AsArray();
    public string Details => (string)Json["details"]!;
    public IReadOnlyList<string> Places => [.. Json["detail"]!.AsArray().Select(d => string.Join('/', d!["loc"]!.AsArray()))];
    public string Remaining => Raw.Headers["X-RateLimit-Remaining"];
}

/// <summary>A clock moved by hand.</summary>
internal sealed class AgencyClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 9, 15, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by) => Now += by;
}

/// <summary>An account and short ways to call it. Good answers are held against the published document where that lies beside the repository.</summary>
internal sealed class Agency
{
    public const string Key = "explorium-sandbox-key";
    public static readonly PublishedDocument Published = new("explorium.openapi.json");

    public Agency(bool limitsOn = false, int credits = 25_000) => Explorium = new(new() { LimitsOn = limitsOn, Credits = credits }, Clock) { Behaviour = { Misses = 0 } };

    public AgencyClock Clock { get; } = new();
    public ExploriumSimulator Explorium { get; }
    public ExploriumBehaviour Behaviour => Explorium.Behaviour;

    public Reply Post(string path, string body, params (string Name, string Value)[] more) => Send("POST", path, body, Key, more);

    public Reply Send(string method, string path, string body = "", string? key = Key, params (string Name, string Value)[] more)
    {
        SandboxResponse answer = Raw(method, path, body, key, more);
        JsonNode json = JsonNode.Parse(answer.Body)!;
        // Null ids and null data are the contract's; the document shows no null at all.
        bool hasNull = answer.Body.Contains(":null", StringComparison.Ordinal) || answer.Body.Contains("\"data\":{}", StringComparison.Ordinal);
        if (answer.Status == 200 && !hasNull) Assert.Empty(Published.Violations(method, path, 200, json));
        return new(answer.Status, json, answer);
    }

    public SandboxResponse Raw(string method, string path, string body = "", string? key = Key, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (key is not null) headers["API_KEY"] = key;
        foreach ((string name, string value) in more) headers[name] = value;
        return Explorium.Handle(new(method, path, "", headers, body));
    }

    public Reply Match(params string[] domains) => Post("/v1/businesses/match", $$"""{"businesses_to_match":[{{string.Join(',', domains.Select(d => $$"""{"domain":"{{d}}"}"""))}}]}""");

    public string Id(string domain) => (string)Match(domain).Json["matched_businesses"]![0]!["business_id"]!;

    public Reply Bulk(string kind, IEnumerable<string> ids, string parameters = "{}") =>
        Post($"/v1/businesses/{kind}/bulk_enrich", $$"""{"business_ids":[{{string.Join(',', ids.Select(i => $"\"{i}\""))}}],"parameters":{{parameters}}}""");
}
