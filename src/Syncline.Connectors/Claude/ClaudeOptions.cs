using System.Globalization;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Claude;

/// <summary>A Claude connection's settings but for the key, read and checked when it is opened.</summary>
internal sealed record ClaudeOptions
{
    public const string Name = "claude";
    public const string DefaultBase = "https://api.anthropic.com";
    public const string DefaultModel = "claude-haiku-5-5";

    /// <summary>Questions of a batch. The API takes 100,000 and 256 MB; facts have 100 KB at the most, so that so many fit, and are sent well within the timeout.</summary>
    public const int MostInBatch = 1_000;

    /// <summary>Calls of a minute.</summary>
    public const string Requests = "requests";

    /// <summary>Thousands of tokens, of the prompt and the longest answer together.</summary>
    public const string Kilotokens = "kilotokens";

    /// <summary>USD for a million tokens, in and out. Source: platform.claude.com, "Models", read 2026-11; prompts are short of the 100,000 tokens at which the first one's price rises.</summary>
    private static readonly Dictionary<string, (decimal In, decimal Out)> Prices = new(StringComparer.Ordinal)
    {
        ["claude-haiku-5-5"] = (0.10m, 0.50m),
        ["claude-sonnet-5-5"] = (2, 10),
        ["claude-opus-5-5"] = (4, 20),
        ["claude-fable-5-2"] = (8, 40),
        ["claude-haiku-4-5"] = (1, 5),
    };

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("api_key", "An API key from platform.claude.com.") { IsRequired = true, IsSecret = true },
        new("base_url", "Where the API is reached, without a version; plain http only on this machine.") { Default = DefaultBase },
        new("model", "The model's id.") { Default = DefaultModel },
        new("price_in", "USD for a million tokens of the prompt; needed for a model whose price is not known here.") { Default = "the model's" },
        new("price_out", "USD for a million tokens of the answer.") { Default = "the model's" },
        new("max_tokens", "Tokens an answer may have, thinking included, 200 to 16000.") { Default = "1500" },
        new("effort", "How much the model thinks: low, medium or high; none leaves it to the model.") { Default = "low" },
        new("timeout", "How long an answer is waited for, at least 60s; one that comes later may have been charged.") { Default = "120s" },
        new("concurrency", "Questions under way at a time, 1 to 20.") { Default = "4" },
        new("batches", "Ask in batches, at half the price and some hours later: never, backfill (where at least batch_from questions are due at a time) or always. 'syncline enrich --batch' does in any case.") { Default = "never" },
        new("batch_from", "Questions due at a time from which on batches: backfill sends a batch, 2 to 1000.") { Default = "200" },
        new("requests_per_minute", "The pace of calls, 1 to 4000; the organisation's limit is shown at platform.claude.com.") { Default = "50" },
        new("tokens_per_minute", "Tokens of prompts and answers a minute, in thousands, 10k to 4000k.") { Default = "250k" },
    ];

    public required string Connection { get; init; }

    public Uri BaseAddress { get; init; } = new(DefaultBase);

    public string Model { get; init; } = DefaultModel;

    /// <summary>USD for a million tokens.</summary>
    public decimal PriceIn { get; init; }

    /// <summary>USD for a million tokens.</summary>
    public decimal PriceOut { get; init; }

    public int MaxTokens { get; init; } = 1500;

    /// <summary>Null leaves it to the model.</summary>
    public string? Effort { get; init; } = "low";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    public int Concurrency { get; init; } = 4;

    /// <summary>Questions due at a time from which on they go as a batch; null never.</summary>
    public int? BatchFrom { get; init; }

    public int RequestsPerMinute { get; init; } = 50;

    public int KilotokensPerMinute { get; init; } = 250;

    public IReadOnlyList<RateBudget> Budgets => [new(Requests, RequestsPerMinute, TimeSpan.FromMinutes(1)), new(Kilotokens, KilotokensPerMinute, TimeSpan.FromMinutes(1))];

    /// <exception cref="ProviderException">A setting cannot be used; the message says which and why.</exception>
    public static ClaudeOptions From(ConnectionSettings settings)
    {
        string model = settings.Text("model", DefaultModel).Trim();
        return new()
        {
            Connection = settings.Name,
            BaseAddress = settings.Address("base_url", DefaultBase, Name),
            Model = model,
            PriceIn = Price(settings, "price_in", model, p => p.In),
            PriceOut = Price(settings, "price_out", model, p => p.Out),
            MaxTokens = settings.Whole("max_tokens", 200, 16_000, 1500, Name),
            Effort = settings.Choice("effort", Name, "low", "medium", "high", "none") is var effort && effort == "none" ? null : effort,
            Timeout = TimeoutOf(settings),
            Concurrency = settings.Whole("concurrency", 1, 20, 4, Name),
            BatchFrom = BatchFromOf(settings),
            RequestsPerMinute = settings.Whole("requests_per_minute", 1, 4000, 50, Name),
            KilotokensPerMinute = KilotokensOf(settings),
        };
    }

    /// <summary>USD for so many tokens.</summary>
    public decimal Cost(decimal tokensIn, decimal tokensOut) => ((tokensIn * PriceIn) + (tokensOut * PriceOut)) / 1_000_000m;

    // A price that is not known would make every budget meaningless.
    private static decimal Price(ConnectionSettings settings, string name, string model, Func<(decimal In, decimal Out), decimal> part)
    {
        bool isKnown = Prices.TryGetValue(model, out (decimal, decimal) price);
        if (!isKnown && settings.Find(name) is not { Length: > 0 }) throw settings.Unusable(name, Name, $"set for the model {model}, in USD for a million tokens");
        return settings.Amount(name, 0, isKnown ? part(price) : 0, Name);
    }

    private static int? BatchFromOf(ConnectionSettings settings)
    {
        int from = settings.Whole("batch_from", 2, MostInBatch, 200, Name);
        return settings.Choice("batches", Name, "never", "backfill", "always") switch { "always" => 1, "backfill" => from, _ => null };
    }

    private static TimeSpan TimeoutOf(ConnectionSettings settings)
    {
        TimeSpan timeout = settings.Duration("timeout", TimeSpan.FromSeconds(120), Name);
        return timeout >= TimeSpan.FromSeconds(60) && timeout <= TimeSpan.FromMinutes(10) ? timeout : throw settings.Unusable("timeout", Name, "60s to 10m");
    }

    private static int KilotokensOf(ConnectionSettings settings)
    {
        string text = settings.Text("tokens_per_minute", "250k").Trim();
        bool isUsable = text.EndsWith('k') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 10 and <= 4000;
        return isUsable ? int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture) : throw settings.Unusable("tokens_per_minute", Name, "10k to 4000k");
    }
}
