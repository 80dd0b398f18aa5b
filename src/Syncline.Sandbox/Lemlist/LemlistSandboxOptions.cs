namespace Syncline.Sandbox.Lemlist;

/// <summary>How a simulated lemlist team starts.</summary>
public sealed record LemlistSandboxOptions
{
    /// <summary>Same seed, same clock, same requests: same answers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Keys of the team's first user; all data is the team's, so all of them open the same.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = ["lemlist-sandbox-key"];

    /// <summary>False lets tests and benchmarks run without 429s; the knobs change it later.</summary>
    public bool LimitsOn { get; init; } = true;

    /// <summary>People of the team, each with one mailbox; there is at least one.</summary>
    public int Users { get; init; } = 2;

    /// <summary>Credits the team has for enrichments.</summary>
    public int Credits { get; init; } = 1000;
}
