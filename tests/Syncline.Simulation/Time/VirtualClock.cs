namespace Syncline.Simulation.Time;

/// <summary>Time that moves only when the simulation says so, on the simulation's own thread.</summary>
/// <remarks>Timers of one instant fire in the order in which they were set, so that the same seed gives the same run.</remarks>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<VirtualTimer, (DateTimeOffset Due, long Order)> _timers = new();
    private readonly Thread _thread = Thread.CurrentThread;
    private DateTimeOffset _now = start;
    private long _order;

    public override DateTimeOffset GetUtcNow()
    {
        // Work that has hopped to another thread would make runs differ; it is caught at the first look at the clock.
        if (Thread.CurrentThread != _thread) throw new InvalidOperationException("The engine left the simulation's thread.");
        return _now;
    }

    public override long GetTimestamp() => _now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        VirtualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes to the next timer's time and fires it; false when nothing is waiting.</summary>
    public bool FireNext()
    {
        while (_timers.TryDequeue(out VirtualTimer? timer, out (DateTimeOffset Due, long Order) at))
        {
            if (!timer.IsDueAt(at.Order)) continue;
            if (at.Due > _now) _now = at.Due;
            timer.Fire();
            return true;
        }
        return false;
    }

    public void Advance(TimeSpan span) => _now += span;

    /// <summary>Drops every timer, as a process that ends does.</summary>
    public void Forget() => _timers.Clear();

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private long _armed = -1;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _armed = -1;
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            _armed = clock._order++;
            clock._timers.Enqueue(this, (clock._now + dueTime, _armed));
            return true;
        }

        public bool IsDueAt(long order) => _armed == order;

        public void Fire()
        {
            _armed = -1;
            callback(state);
        }

        public void Dispose() => _armed = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
