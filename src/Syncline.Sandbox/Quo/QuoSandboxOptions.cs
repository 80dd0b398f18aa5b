namespace Syncline.Sandbox.Quo;

/// <summary>How a simulated Quo workspace starts.</summary>
public sealed record QuoSandboxOptions
{
    /// <summary>Same seed, same clock, same requests: same answers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Raw keys, active at once. A key belongs to one workspace, so all of these open the same one.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = ["quo-sandbox-key"];

    /// <summary>False lets tests and benchmarks run without 429s; the knobs change it later.</summary>
    public bool LimitsOn { get; init; } = true;

    /// <summary>People of the workspace: the first is its owner, and there is at least that one.</summary>
    public int Users { get; init; } = 3;

    /// <summary>Phone numbers of the workspace.</summary>
    public int Numbers { get; init; } = 2;
}
