namespace Syncline.Bench.Flows;

/// <summary>A LinkedIn-to-CRM sync to be measured.</summary>
/// <param name="People">HeyReach people, one conversation each.</param>
internal sealed record FlowOptions(int People, int LeastMessages, int MostMessages)
{
    /// <summary>The published limits, enforced by the sandbox and kept by the engine.</summary>
    public bool HasLimits { get; init; } = true;

    /// <summary>Keep requests with their bodies, for a plain loop to send again.</summary>
    public bool KeepsBodies { get; init; } = true;

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; init; }
}
