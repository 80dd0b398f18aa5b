namespace Syncline.Sandbox.HeyReach;

/// <summary>How a simulated HeyReach workspace starts.</summary>
public sealed record HeyReachSandboxOptions
{
    /// <summary>Same seed, same clock, same requests: same answers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Keys that open the workspace. HeyReach keys are scoped to one workspace, so all of these open the same one.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = ["heyreach-sandbox-key"];

    public HeyReachLimits Limits { get; init; } = HeyReachLimits.PerMinute;
}

/// <summary>Which reading of HeyReach's rate limit is enforced. Per key, one bucket for all endpoints, refused requests not counted.</summary>
public enum HeyReachLimits
{
    Off,

    /// <summary>300 in any 60 seconds, the documented figure.</summary>
    PerMinute,

    /// <summary>300 in any 60 seconds and 10 in any 2 seconds, a reading met in the field.</summary>
    PerMinuteAndBurst,
}
