namespace Syncline.Conformance.Time;

/// <summary>Virtual time: timers fire in the order of their due times, on the thread that runs them, and nothing takes longer than it says.</summary>
public sealed class FakeClock : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    private readonly PriorityQueue<Timer, (DateTimeOffset Due, long Order)> _timers = new();
    private readonly WorkQueue _work = new();
    private DateTimeOffset _now;
    private long _order;

    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public FakeClock() => _now = Start;

    /// <summary>How much later than due the next timer fires; null means on time.</summary>
    public Func<TimeSpan>? Lateness { get; set; }

    public TimeSpan Elapsed => _now - Start;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs work to its end, moving time on whenever nothing else can happen.</summary>
    /// <exception cref="InvalidOperationException">The work waits for something no timer will bring.</exception>
    public void Run(Func<Task> work) => Run(async () =>
    {
        await work();
        return true;
    });

    public T Run<T>(Func<Task<T>> work)
    {
        using IDisposable context = _work.Enter();
        Task<T> task = work();
        RunUntil(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Runs work that goes through libraries which leave the context they are called in: each continuation runs inside what completes it, and so on this thread, too.</summary>
    public void RunInline(Func<Task> work)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task task = work();
            FireUntil(task);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Fires timers until the task has ended, however it ends.</summary>
    public void RunUntil(Task task)
    {
        using IDisposable context = _work.Enter();
        _work.Drain();
        FireUntil(task);
    }

    private void FireUntil(Task task)
    {
        while (!task.IsCompleted)
        {
            if (!FireNext(DateTimeOffset.MaxValue)) throw new InvalidOperationException("Nothing will ever complete this: no timer is left.");
            if (Elapsed > Longest) throw new InvalidOperationException("It goes on without end.");
        }
    }

    /// <summary>Moves time on, firing what becomes due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        using IDisposable context = _work.Enter();
        DateTimeOffset until = _now + by;
        _work.Drain();
        while (FireNext(until)) { }
        if (until > _now) _now = until;
    }

    private bool FireNext(DateTimeOffset until)
    {
        while (_timers.TryPeek(out Timer? timer, out (DateTimeOffset Due, long Order) key) && key.Due <= until)
        {
            _timers.Dequeue();
            if (timer.Scheduled != key.Order) continue;
            if (key.Due > _now) _now = key.Due;
            timer.Fire();
            _work.Drain();
            return true;
        }
        return false;
    }

    private sealed class Timer(FakeClock clock, Action fire) : ITimer
    {
        private TimeSpan _period;

        /// <summary>The order number of the firing that counts; older ones were changed or disposed.</summary>
        public long Scheduled { get; private set; } = -1;

        public void Fire()
        {
            Scheduled = -1;
            if (_period > TimeSpan.Zero) Change(_period, _period);
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Scheduled = -1;
            if (dueTime < TimeSpan.Zero) return true;
            Scheduled = clock._order++;
            clock._timers.Enqueue(this, (clock._now + dueTime + (clock.Lateness?.Invoke() ?? TimeSpan.Zero), Scheduled));
            return true;
        }

        public void Dispose() => Scheduled = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Keeps every continuation on the thread that runs the clock.</summary>
    private sealed class WorkQueue : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

        public void Drain()
        {
            while (_posted.TryDequeue(out (SendOrPostCallback Callback, object? State) next)) next.Callback(next.State);
        }

        public IDisposable Enter()
        {
            SynchronizationContext? outer = Current;
            SetSynchronizationContext(this);
            return new Leaving(outer);
        }

        private sealed class Leaving(SynchronizationContext? outer) : IDisposable
        {
            public void Dispose() => SetSynchronizationContext(outer);
        }
    }
}
