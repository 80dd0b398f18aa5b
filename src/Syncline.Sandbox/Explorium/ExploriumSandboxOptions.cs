namespace Syncline.Sandbox.Explorium;

/// <summary>How a simulated AgentSource account starts.</summary>
public sealed record ExploriumSandboxOptions
{
    /// <summary>Same seed, same clock, same requests: same answers. What a domain is does not depend on it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Each has its own limit; all of them spend from one pool of credits.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = ["explorium-sandbox-key"];

    /// <summary>False lets tests and benchmarks run without 429s; the knobs change it later.</summary>
    public bool LimitsOn { get; init; } = true;

    /// <summary>Credits bought.</summary>
    public int Credits { get; init; } = 25_000;
}
