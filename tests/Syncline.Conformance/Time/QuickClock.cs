namespace Syncline.Conformance.Time;

/// <summary>Virtual time for work on many threads: a short wait passes at once and moves the clock on, waits that go on together pass together; a long one (the patience with a slow answer) never ends.</summary>
/// <remarks>Work that is under way meanwhile takes no time, but the clock does not wait for it either: where that matters, <see cref="FakeClock"/> runs everything on one thread.</remarks>
public sealed class QuickClock(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Wait, (DateTimeOffset Due, long Order)> _waits = new();
    private DateTimeOffset _now = start;
    private long _order;

    public override DateTimeOffset GetUtcNow() { lock (_gate) return _now; }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time) { lock (_gate) _now += time; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Wait wait = new(this, () => callback(state));
        wait.Change(dueTime, period);
        return wait;
    }

    private void Await(Wait wait, TimeSpan time)
    {
        lock (_gate)
        {
            wait.Order = _order++;
            _waits.Enqueue(wait, (_now + time, wait.Order));
        }
        // Behind what is ready to go on already: of that each part may begin a wait of its own, from the same moment on.
        ThreadPool.QueueUserWorkItem(_ => TakeDue()?.Fire(), null);
    }

    /// <summary>The next wait that is neither changed nor given up, its time passed; null where none is left.</summary>
    private Wait? TakeDue()
    {
        lock (_gate)
        {
            while (_waits.TryDequeue(out Wait? wait, out (DateTimeOffset Due, long Order) key))
            {
                if (wait.Order != key.Order) continue;
                if (key.Due > _now) _now = key.Due;
                return wait;
            }
            return null;
        }
    }

    private sealed class Wait(QuickClock clock, Action fire) : ITimer
    {
        /// <summary>The place in the queue that counts; older ones were changed or disposed.</summary>
        public long Order { get; set; } = -1;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            if (dueTime >= TimeSpan.Zero && dueTime <= Longest) clock.Await(this, dueTime);
            return true;
        }

        public void Dispose() { lock (clock._gate) Order = -1; }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
