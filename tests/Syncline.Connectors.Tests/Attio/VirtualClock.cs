namespace Syncline.Connectors.Tests.Attio;

/// <summary>A clock on which every wait shorter than a call's patience is over at once, and moves time by its length.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public TimeSpan Waited { get; private set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime >= Patience) return new Still();
        _now += dueTime;
        Waited += dueTime;
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Still();
    }

    private sealed class Still : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
