namespace Syncline.Limits;

/// <summary>One budget of one credential in this process: a queue by priority in front of evenly spaced slots.</summary>
/// <remarks>
/// Slots come from the shared ledger in small blocks, so that processes interleave. Each departure is checked once more against this process's own departures:
/// a timer that fires late moves a call back, and the calls after it must not make up for that by bunching.
/// </remarks>
public sealed class BudgetLane
{
    // 3 % below the published rate: with that, slots used up to Lateness after their time still never put more than the limit into one window.
    private const double Slack = 1.03;

    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan BlockLength = TimeSpan.FromMilliseconds(120);

    private readonly string _key;
    private readonly RateBudget _budget;
    private readonly TimeProvider _clock;
    private readonly IRateLedger _ledger;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, (Priority, long)> _waiting = new();
    private readonly Queue<DateTimeOffset> _departures = new();
    private long _arrivals;
    private bool _isPumping;
    private DateTimeOffset _nextSlot;
    private int _slotsLeft;
    private DateTimeOffset _blockedUntil;
    private double _slowdown = 1;

    internal BudgetLane(string key, RateBudget budget, TimeProvider clock, IRateLedger ledger)
    {
        (_key, _budget, _clock, _ledger) = (key, budget, clock, ledger);
    }

    internal double PermitsPerSecond => _budget.Permits / _budget.Window.TotalSeconds;

    private TimeSpan Spacing => _budget.Window / _budget.Permits * Slack * _slowdown;

    internal async Task AcquireAsync(Priority priority, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn = new();
        bool mustPump;
        lock (_gate)
        {
            _waiting.Enqueue(turn, (priority, _arrivals++));
            mustPump = !_isPumping;
            _isPumping = true;
        }
        if (mustPump) _ = PumpAsync();
        await using CancellationTokenRegistration cancelled = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    internal void Throttled(TimeSpan? wait)
    {
        lock (_gate)
        {
            DateTimeOffset until = _clock.GetUtcNow() + (wait ?? TimeSpan.FromSeconds(1));
            if (until > _blockedUntil) _blockedUntil = until;
            _slowdown = Math.Min(_slowdown * 1.1, 4);
            _slotsLeft = 0;
        }
    }

    /// <summary>Departures within the last window over the permits it allows.</summary>
    internal double RecentShare()
    {
        DateTimeOffset since = _clock.GetUtcNow() - _budget.Window;
        lock (_gate) return _departures.Count(d => d > since) / (double)_budget.Permits;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (HasWaiting())
            {
                await WaitUntilAsync(await NextSlotAsync());
                Depart()?.TrySetResult();
            }
        }
        catch (Exception failure) when (FailAll(failure))
        {
            // Every waiter has been given the failure; there is nobody else to tell.
        }
    }

    private bool HasWaiting()
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out TaskCompletionSource? first, out _) && first.Task.IsCompleted) _waiting.Dequeue();
            return _isPumping = _waiting.Count > 0;
        }
    }

    private async Task<DateTimeOffset> NextSlotAsync()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (_slotsLeft == 0 || _nextSlot < now - Lateness)
        {
            int count = (int)Math.Clamp(BlockLength / Spacing, 1, Math.Max(1, _budget.Permits / 4));
            DateTimeOffset earliest = _blockedUntil > now ? _blockedUntil : now;
            _nextSlot = await _ledger.ReserveAsync(_key, count, Spacing, earliest, CancellationToken.None);
            _slotsLeft = count;
        }
        DateTimeOffset slot = _nextSlot;
        _nextSlot += Spacing;
        _slotsLeft--;
        return slot;
    }

    private async Task WaitUntilAsync(DateTimeOffset slot)
    {
        DateTimeOffset until = slot;
        lock (_gate)
        {
            if (_departures.Count >= _budget.Permits && _departures.Peek() + _budget.Window > until) until = _departures.Peek() + _budget.Window;
            if (_blockedUntil > until) until = _blockedUntil;
        }
        TimeSpan wait = until - _clock.GetUtcNow();
        // A timer may fire a hair before its time; a permit may not.
        while (wait > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), _clock);
            wait = until - _clock.GetUtcNow();
        }
    }

    private TaskCompletionSource? Depart()
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            if (_blockedUntil > now) return null;
            while (_waiting.TryDequeue(out TaskCompletionSource? turn, out _))
            {
                if (turn.Task.IsCompleted) continue;
                if (_departures.Count >= _budget.Permits) _departures.Dequeue();
                _departures.Enqueue(now);
                _slowdown = Math.Max(1, _slowdown * 0.998);
                return turn;
            }
            return null;
        }
    }

    private bool FailAll(Exception failure)
    {
        List<TaskCompletionSource> all;
        lock (_gate)
        {
            all = [.. _waiting.UnorderedItems.OrderBy(i => i.Priority).Select(i => i.Element)];
            _waiting.Clear();
            _isPumping = false;
        }
        foreach (TaskCompletionSource turn in all) turn.TrySetException(failure);
        return true;
    }
}
