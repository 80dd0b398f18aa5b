namespace Syncline.Sandbox.Anthropic;

/// <summary>What one of the next answers is, instead of right.</summary>
public enum OutputFault
{
    /// <summary>Cut short, stop_reason max_tokens.</summary>
    Truncated,

    /// <summary>Empty, stop_reason refusal.</summary>
    Refusal,

    /// <summary>stop_reason end_turn and no JSON.</summary>
    InvalidJson,

    /// <summary>JSON that lacks what the schema requires.</summary>
    OtherJson,
}

/// <summary>What one of the next requests fails with.</summary>
public enum AnthropicFault
{
    RateLimited,

    /// <summary>429 with the code of a spend limit: it does not pass by waiting.</summary>
    SpendLimit,

    /// <summary>529, nothing done.</summary>
    Overloaded,

    /// <summary>500, nothing done.</summary>
    ServerError,

    /// <summary>500 after the work was done and charged.</summary>
    ServerErrorAfterWork,

    /// <summary>504 after the work was done and charged.</summary>
    TimeoutAfterWork,
}

/// <summary>The header <c>x-should-retry</c> on errors.</summary>
public enum ShouldRetry { Absent, True, False }

/// <summary>Limits, faults and everything that the contract leaves open, to be turned while the simulator runs.</summary>
public sealed class AnthropicBehaviour
{
    public bool LimitsOn { get; set; } = true;

    /// <summary>Of one key with one model, as the two below.</summary>
    public int RequestsPerMinute { get; set; } = 50;

    public int InputTokensPerMinute { get; set; } = 50_000;
    public int OutputTokensPerMinute { get; set; } = 10_000;

    /// <summary>max_tokens is taken from the output limit beforehand, and what was not used given back.</summary>
    public bool ReserveMaxTokens { get; set; }

    public int OutputFaultNext { get; set; }
    public OutputFault OutputFault { get; set; }
    public int FailNext { get; set; }
    public AnthropicFault FailWith { get; set; }

    /// <summary>Seconds of retry-after on a 429 that was ordered; 0 for no such header.</summary>
    public int RetryAfterSeconds { get; set; } = 5;

    public ShouldRetry ShouldRetry { get; set; }

    /// <summary>Output tokens that thinking takes where it is not disabled.</summary>
    public int ThinkingTokens { get; set; }

    /// <summary>Tokens a prefix must have to be cached at all; not confirmed for every model.</summary>
    public int CacheLeastTokens { get; set; } = 4096;

    /// <summary>Bytes of a body at the most.</summary>
    public int MostBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>From the making of a batch to its end; its items are done evenly over it.</summary>
    public TimeSpan BatchTakes { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Items not done by then are expired.</summary>
    public TimeSpan BatchExpires { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Of a batch's items, how many end in an error, 0 to 1. Which ones follows from their custom_id.</summary>
    public double BatchErrors { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        KnobOf.Flag("limits", "Whether requests are limited at all.", () => LimitsOn, v => LimitsOn = v),
        KnobOf.Figure("requests-per-minute", "Of one key with one model.", () => RequestsPerMinute, v => RequestsPerMinute = v),
        KnobOf.Figure("input-tokens-per-minute", "Of one key with one model; what the cache gives is not counted.", () => InputTokensPerMinute, v => InputTokensPerMinute = v),
        KnobOf.Figure("output-tokens-per-minute", "Of one key with one model.", () => OutputTokensPerMinute, v => OutputTokensPerMinute = v),
        KnobOf.Flag("reserve-max-tokens", "max_tokens is taken from the output limit beforehand.", () => ReserveMaxTokens, v => ReserveMaxTokens = v),
        KnobOf.Figure("output-fault-next", "How many of the next answers are not right.", () => OutputFaultNext, v => OutputFaultNext = v),
        KnobOf.Choice("output-fault", "Truncated, Refusal, InvalidJson or OtherJson.", () => OutputFault, v => OutputFault = v),
        KnobOf.Figure("fail-next", "How many of the next requests fail.", () => FailNext, v => FailNext = v),
        KnobOf.Choice("fail-with", "RateLimited, SpendLimit, Overloaded, ServerError, ServerErrorAfterWork or TimeoutAfterWork.", () => FailWith, v => FailWith = v),
        KnobOf.Figure("retry-after", "Seconds of retry-after on an ordered 429; 0 for none.", () => RetryAfterSeconds, v => RetryAfterSeconds = v),
        KnobOf.Choice("should-retry", "x-should-retry on errors: Absent, True or False.", () => ShouldRetry, v => ShouldRetry = v),
        KnobOf.Figure("thinking-tokens", "Output tokens that thinking takes where it is not disabled.", () => ThinkingTokens, v => ThinkingTokens = v),
        KnobOf.Figure("cache-least-tokens", "Tokens a prefix must have to be cached.", () => CacheLeastTokens, v => CacheLeastTokens = v),
        KnobOf.Figure("most-bytes", "Bytes of a body at the most.", () => MostBytes, v => MostBytes = v),
        KnobOf.Span("batch-takes", "From the making of a batch to its end, 00:10:00.", () => BatchTakes, v => BatchTakes = v),
        KnobOf.Span("batch-expires", "When items not done are expired, 1.00:00:00.", () => BatchExpires, v => BatchExpires = v),
        KnobOf.Share("batch-errors", "Of a batch's items, how many end in an error, 0 to 1.", () => BatchErrors, v => BatchErrors = v),
    ];
}
