namespace Syncline.Sandbox.Anthropic;

/// <summary>How a simulated Anthropic organisation starts.</summary>
public sealed record AnthropicSandboxOptions
{
    /// <summary>Same seed, same clock, same requests: same answers. What a prompt is answered with follows from the prompt alone.</summary>
    public int Seed { get; init; } = 1;

    public IReadOnlyList<string> ApiKeys { get; init; } = ["anthropic-sandbox-key"];

    /// <summary>False lets tests and benchmarks run without 429s; the knobs change it later.</summary>
    public bool LimitsOn { get; init; } = true;
}
