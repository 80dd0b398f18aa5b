using System.Text.Json.Nodes;
using Syncline.Sandbox.Anthropic;

namespace Syncline.Sandbox.Tests.Anthropic;

/// <summary>What came back, parsed.</summary>
internal sealed record Reply(int Status, JsonNode Json, SandboxResponse Raw)
{
    public string Text => (string)Json["content"]![0]!["text"]!;
    public string Stop => (string)Json["stop_reason"]!;
    public string ErrorType => (string)Json["error"]!["type"]!;
    public int Usage(string name) => (int)Json["usage"]![name]!;
    public string Header(string name) => Raw.Headers[name];
}

/// <summary>A clock moved by hand.</summary>
internal sealed class LaboratoryClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 15, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by) => Now += by;
}

/// <summary>An organisation and short ways to call it.</summary>
internal sealed class Laboratory
{
    public const string Key = "anthropic-sandbox-key";
    public const string Schema = """
        {"type":"object","additionalProperties":false,"required":["painPoints","personalizationHooks","confidence"],"properties":{"painPoints":{"type":"array","items":{"type":"string"}},
        "personalizationHooks":{"type":"array","items":{"type":"string"}},"confidence":{"type":"string","enum":["low","medium","high"]}}}
        """;

    public Laboratory(bool limitsOn = false) => Anthropic = new(new() { LimitsOn = limitsOn }, Clock);

    public LaboratoryClock Clock { get; } = new();
    public AnthropicSimulator Anthropic { get; }
    public AnthropicBehaviour Behaviour => Anthropic.Behaviour;

    public static string Body(string prompt = "Tell me of them.", string more = "", int most = 1000, string model = "claude-haiku-5-5") =>
        $$"""{"model":"{{model}}","max_tokens":{{most}},"messages":[{"role":"user","content":"{{prompt}}"}]{{(more.Length > 0 ? "," + more : "")}}}""";

    public static string Structured(string schema = Schema) => $"\"output_config\":{{\"format\":{{\"type\":\"json_schema\",\"schema\":{schema}}}}}";

    public Reply Ask(string body) => Send("POST", "/v1/messages", body);

    public Reply Send(string method, string path, string body = "", string? key = Key, string? version = "2026-10-21")
    {
        SandboxResponse answer = Raw(method, path, body, key is null ? null : ("Authorization", "Bearer " + key), version);
        return new(answer.Status, JsonNode.Parse(answer.Body)!, answer);
    }

    public SandboxResponse Raw(string method, string path, string body = "", (string Name, string Value)? auth = null, string? version = "2026-10-21")
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (auth is { } sent) headers[sent.Name] = sent.Value;
        if (version is not null) headers["anthropic-version"] = version;
        string[] parts = path.Split('?', 2);
        return Anthropic.Handle(new(method, parts[0], parts.Length > 1 ? parts[1] : "", headers, body));
    }
}
