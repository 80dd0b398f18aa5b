namespace Syncline.Simulation.Crashing;

/// <summary>Counts every durable step and network boundary that the engine passes, and ends the process at a chosen one.</summary>
internal sealed class CrashSwitch
{
    private static readonly Task Never = new TaskCompletionSource().Task;
    private long? _at;

    /// <summary>How many points have been passed since the switch was set.</summary>
    public long Passed { get; private set; }

    public bool HasCrashed { get; private set; }

    /// <summary>The point that was hit.</summary>
    public string? Where { get; private set; }

    /// <summary>Crash at the n-th point from now, 1 the next one; null never.</summary>
    public void Set(long? point)
    {
        (_at, Passed, HasCrashed, Where) = (point, 0, false, null);
    }

    /// <summary>Awaited at a point: completes at once, or never again.</summary>
    public Task PassAsync(string where)
    {
        if (HasCrashed) return Never;
        Passed++;
        if (Passed != _at) return Task.CompletedTask;
        HasCrashed = true;
        Where = where;
        return Never;
    }
}
