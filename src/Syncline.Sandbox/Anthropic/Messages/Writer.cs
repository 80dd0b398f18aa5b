using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic.Messages;

/// <summary>A message as it is answered, and what it costs.</summary>
internal sealed record Written(JsonObject Message, AnthropicSpending Spending);

/// <summary>Answers a request: what it says follows from the prompt, what it costs from the lengths.</summary>
internal sealed class Writer(AnthropicBehaviour behaviour, PromptCache cache, Func<string, string> newId)
{
    public Written Write(MessageRequest request, DateTimeOffset now, bool isInBatch)
    {
        OutputFault? fault = behaviour.OutputFaultNext > 0 ? TakeFault() : null;
        (JsonArray content, string stop, int characters) = Content(request, fault);
        int thought = request.MayThink ? behaviour.ThinkingTokens : 0;
        int output = Math.Min(request.MostTokens, Segment.Tokens(characters) + thought);
        PromptTokens prompt = cache.Use(request, now);
        JsonObject message = new()
        {
            ["id"] = newId("msg"), ["type"] = "message", ["role"] = "assistant", ["model"] = request.Model.Id, ["content"] = content,
            ["stop_reason"] = stop, ["stop_sequence"] = null, ["usage"] = Usage(prompt, output),
        };
        decimal dollars = Dollars(request.Model, prompt, output) / (isInBatch ? 2 : 1);
        return new(message, new(now, request.Model.Id, prompt.Plain, prompt.Written, prompt.Read, output, stop, isInBatch, dollars));
    }

    /// <summary>Prompt tokens that the cache would give now.</summary>
    public int Cached(MessageRequest request, DateTimeOffset now) => cache.Look(request, now).Read;

    private OutputFault TakeFault()
    {
        behaviour.OutputFaultNext--;
        return behaviour.OutputFault;
    }

    private (JsonArray Content, string Stop, int Characters) Content(MessageRequest request, OutputFault? fault)
    {
        if (fault == OutputFault.Refusal) return ([], "refusal", 0);
        if (request.Tool is { } tool && fault is null) return UseOf(tool, request);
        string text = fault switch
        {
            OutputFault.InvalidJson => "Here is what I found: {",
            OutputFault.OtherJson => """{"something":"else"}""",
            _ => Text(request),
        };
        int most = fault == OutputFault.Truncated ? text.Length / 2 : request.MostTokens > int.MaxValue / 4 ? int.MaxValue : request.MostTokens * 4;
        bool isCut = text.Length > most;
        if (isCut) text = text[..most];
        return (JsonText.Array([new JsonObject { ["type"] = "text", ["text"] = text }]), isCut ? "max_tokens" : "end_turn", text.Length);
    }

    private static string Text(MessageRequest request)
    {
        string prompt = PromptOf(request);
        return request.Schema is { } schema ? JsonText.Write(new SchemaAnswer(schema, prompt).Write()) : SchemaAnswer.Sentence(prompt);
    }

    private (JsonArray, string, int) UseOf(JsonObject tool, MessageRequest request)
    {
        JsonNode? input = new SchemaAnswer(tool["input_schema"] as JsonObject ?? [], PromptOf(request)).Write() as JsonObject ?? [];
        JsonObject use = new() { ["type"] = "tool_use", ["id"] = newId("toolu"), ["name"] = tool["name"].Str(), ["input"] = input };
        return (JsonText.Array([use]), "tool_use", JsonText.Write(input).Length);
    }

    private static string PromptOf(MessageRequest request) => string.Join('\n', request.Segments.Select(s => s.Text).Prepend(request.Model.Id));

    private static JsonObject Usage(PromptTokens prompt, int output) => new()
    {
        ["input_tokens"] = prompt.Plain,
        ["cache_creation_input_tokens"] = prompt.Written,
        ["cache_read_input_tokens"] = prompt.Read,
        ["cache_creation"] = new JsonObject { ["ephemeral_5m_input_tokens"] = prompt.Written - prompt.LongWrites, ["ephemeral_1h_input_tokens"] = prompt.LongWrites },
        ["output_tokens"] = output,
        ["service_tier"] = "standard",
    };

    // Writing to the cache costs a quarter more for five minutes and twice as much for an hour; reading a tenth.
    private static decimal Dollars(AnthropicModel model, PromptTokens prompt, int output)
    {
        bool isLong = model.LongPrompt is { } bound && prompt.All > bound;
        decimal input = isLong ? model.LongInputPrice : model.InputPrice, produced = isLong ? model.LongOutputPrice : model.OutputPrice;
        decimal tokens = prompt.Plain + (1.25m * (prompt.Written - prompt.LongWrites)) + (2m * prompt.LongWrites) + (0.1m * prompt.Read);
        return ((tokens * input) + (output * produced)) / 1_000_000m;
    }
}
