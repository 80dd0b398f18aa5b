namespace Syncline.Sandbox.Anthropic;

/// <summary>A model and its prices in US dollars for a million tokens, as of November 2026.</summary>
public sealed record AnthropicModel(string Id, decimal InputPrice, decimal OutputPrice, int MostOutput)
{
    /// <summary>Tokens of a prompt above which the second prices hold; null where there is one price.</summary>
    public int? LongPrompt { get; init; }

    public decimal LongInputPrice { get; init; }
    public decimal LongOutputPrice { get; init; }

    /// <summary>Another name it goes by.</summary>
    public string? Dated { get; init; }

    public static IReadOnlyList<AnthropicModel> All { get; } =
    [
        new("claude-haiku-5-5", 0.10m, 0.50m, 128_000) { LongPrompt = 100_000, LongInputPrice = 0.50m, LongOutputPrice = 2.50m },
        new("claude-sonnet-5-5", 2, 10, 128_000),
        new("claude-opus-5-5", 4, 20, 128_000),
        new("claude-fable-5-2", 8, 40, 128_000),
        new("claude-haiku-4-5", 1, 5, 64_000) { Dated = "claude-haiku-4-5-20251001" },
    ];

    internal static AnthropicModel? Find(string name) => All.FirstOrDefault(m => m.Id == name || m.Dated == name);
}
