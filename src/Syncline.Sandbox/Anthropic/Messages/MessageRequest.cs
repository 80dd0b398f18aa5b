using System.Text.Json.Nodes;
using Syncline.Sandbox.Anthropic.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic.Messages;

/// <summary>A checked body of <c>POST /v1/messages</c>.</summary>
internal sealed class MessageRequest
{
    public const string NewVersion = "2026-10-21", OldVersion = "2023-06-01";
    private static readonly string[] Sampling = ["temperature", "top_p", "top_k"];
    private static readonly string[] Known =
    [
        "model", "max_tokens", "messages", "system", "output_config", "tools", "tool_choice", "thinking", "cache_control", "stop_sequences", "service_tier", "metadata", "stream",
    ];

    private MessageRequest(JsonObject body, AnthropicModel model) => (Body, Model, Segments) = (body, model, Segment.Of(body));

    public JsonObject Body { get; }
    public AnthropicModel Model { get; }

    /// <summary>The prompt in the order in which it is cached: tools, system, messages.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    public int MostTokens { get; private init; }

    /// <summary>The schema its answer has to keep to; null for free text.</summary>
    public JsonObject? Schema => Body["output_config"]?["format"]?["schema"] as JsonObject;

    /// <summary>The tool it has to use, or null.</summary>
    public JsonObject? Tool { get; private init; }

    public bool MayThink => Body["thinking"]?["type"].Str() != "disabled";

    /// <param name="needsLimit">False where only tokens are counted.</param>
    public static MessageRequest Read(JsonObject body, string version, bool needsLimit = true)
    {
        CheckMembers(body, version);
        string name = body["model"].Str() ?? throw Refuse.Bad("model: Field required");
        AnthropicModel model = AnthropicModel.Find(name) ?? throw Refuse.NotFound($"model: {name}");
        long most = needsLimit ? MostTokensOf(body, model) : 0;
        CheckMessages(body, version);
        if (body["output_config"]?["format"] is { } format) CheckFormat(format);
        MessageRequest request = new(body, model) { MostTokens = (int)most, Tool = ToolOf(body) };
        const int mostBreakpoints = 4;
        return request.Segments.Count(s => s.Lives is not null) <= mostBreakpoints ? request : throw Refuse.Bad($"A maximum of {mostBreakpoints} blocks with cache_control may be provided");
    }

    private static void CheckMembers(JsonObject body, string version)
    {
        if (version == NewVersion && Sampling.FirstOrDefault(body.ContainsKey) is { } sampling) throw Refuse.Bad($"{sampling}: not supported in version {NewVersion}");
        if (body.Select(p => p.Key).FirstOrDefault(k => !Known.Contains(k) && !Sampling.Contains(k)) is { } extra) throw Refuse.Bad($"{extra}: Extra inputs are not permitted");
        if (body["stream"].IsTrue()) throw Refuse.Bad("stream: not simulated here");
    }

    private static long MostTokensOf(JsonObject body, AnthropicModel model)
    {
        if (!body.ContainsKey("max_tokens")) throw Refuse.Bad("max_tokens: Field required");
        long most = body["max_tokens"].Whole() is >= 1 and var given ? given : throw Refuse.Bad("max_tokens: Input should be greater than or equal to 1");
        return most <= model.MostOutput ? most : throw Refuse.Bad($"max_tokens: {most} > {model.MostOutput}, which is the maximum allowed number of output tokens for {model.Id}");
    }

    private static void CheckMessages(JsonObject body, string version)
    {
        if (!body.ContainsKey("messages")) throw Refuse.Bad("messages: Field required");
        if (body["messages"] is not JsonArray { Count: > 0 } messages) throw Refuse.Bad("messages: at least one message is required");
        for (int i = 0; i < messages.Count; i++)
        {
            string role = messages[i]?["role"].Str() ?? "";
            if (role is not ("user" or "assistant" or "system")) throw Refuse.Bad($"messages.{i}.role: Input should be 'user' or 'assistant'");
            if (messages[i]!["content"] is not (JsonArray or JsonValue)) throw Refuse.Bad($"messages.{i}.content: Field required");
            if (messages[i]!["content"] is JsonArray blocks && version == NewVersion) CheckBlocks(blocks, role, i);
        }
    }

    private static void CheckBlocks(JsonArray blocks, string role, int index)
    {
        foreach (JsonNode? block in blocks)
        {
            string type = block?["type"].Str() ?? "";
            if (role == "assistant" && type == "document") throw Refuse.Bad($"messages.{index}: document blocks are not allowed in assistant messages");
            if (role == "user" && type == "text" && block!["citations"] is JsonArray { Count: > 0 }) throw Refuse.Bad($"messages.{index}: citations are not allowed on user text blocks");
        }
    }

    private static void CheckFormat(JsonNode format)
    {
        if (format["type"].Str() != "json_schema") throw Refuse.Bad("output_config.format.type: Input should be 'json_schema'");
        SchemaRules.Check(format["schema"] as JsonObject ?? throw Refuse.Bad("output_config.format.schema: Field required"), "output_config.format.schema");
    }

    private static JsonObject? ToolOf(JsonObject body)
    {
        JsonObject[] tools = [.. (body["tools"] as JsonArray ?? []).OfType<JsonObject>()];
        foreach (JsonObject strict in tools.Where(t => t["strict"].IsTrue())) SchemaRules.Check(strict["input_schema"] as JsonObject ?? [], "tools.input_schema");
        return body["tool_choice"]?["type"].Str() switch
        {
            "tool" => tools.FirstOrDefault(t => t["name"].Str() == body["tool_choice"]!["name"].Str()) ?? throw Refuse.Bad("tool_choice: no such tool"),
            "any" => tools.FirstOrDefault() ?? throw Refuse.Bad("tool_choice: there are no tools"),
            _ => null,
        };
    }
}
