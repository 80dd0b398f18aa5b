namespace Syncline.Limits;

/// <summary>One budget of one credential in this process: a queue by priority in front of evenly spaced slots.</summary>
/// <remarks>
/// Slots come from the shared ledger in small blocks, so that processes interleave. A slot that a late timer missed is given up: another process departs on its own
/// slots meanwhile, and the two together would overfill a window. Each departure is checked once more against this process's own departures, which count from when
/// the call really left: what held a call up after its turn must not bring it too close to the one that leaves a window later.
/// </remarks>
public sealed class BudgetLane
{
    // So late may a slot be used, and so much may the way to the provider's clock differ from call to call: shares of the window (20 and 15 ms of a second), and of a long one no more than any
    // machine and any line need. By as much the slots of a window are longer than the window, so that neither ever puts more than the limit into one.
    private const double LatenessShare = 0.02, JitterShare = 0.015;

    private static readonly TimeSpan MostLateness = TimeSpan.FromMilliseconds(150), MostJitter = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan BlockLength = TimeSpan.FromMilliseconds(120);

    // On a machine whose timers are late, slots would be missed one after the other. Then blocks are reserved with room behind them, in which nobody else departs: their slots may be used
    // that much later. What a late departure adds to a window, the room has kept out of it, as long as block and room together are no longer than the window.
    private static readonly TimeSpan[] Rooms = [TimeSpan.Zero, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(120), TimeSpan.FromMilliseconds(250)];

    // So many slots in a row that would have done with the next smaller room show that the machine has come to itself.
    private const int Recovery = 100;

    // Room costs five slots in a hundred: fewer misses than that are the cheaper loss. Each miss counts one, each slot in time takes a twentieth of it back.
    private const double MostStrain = 2, Relief = 0.05;

    private readonly string _credential;
    private readonly string _key;
    private readonly RateBudget _budget;
    private readonly TimeProvider _clock;
    private readonly IRateLedger _ledger;
    private readonly TimeSpan _lateness, _jitter;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource<Departure>, (Priority, long)> _waiting = new();
    private readonly List<Departure> _departures = [];
    private long _arrivals;
    private long _taken;
    private bool _isPumping;
    private DateTimeOffset _nextSlot;
    private int _slotsLeft;
    private int _level;
    private double _strain;
    private int _punctual;
    private DateTimeOffset _blockedUntil;
    private double _slowdown = 1;

    internal BudgetLane(string credential, string key, RateBudget budget, TimeProvider clock, IRateLedger ledger)
    {
        (_credential, _key, _budget, _clock, _ledger) = (credential, key, budget, clock, ledger);
        (_lateness, _jitter) = (Share(LatenessShare, MostLateness), Share(JitterShare, MostJitter));

        TimeSpan Share(double share, TimeSpan most) => budget.Window * share < most ? budget.Window * share : most;
    }

    internal double PermitsPerSecond => _budget.Permits / _budget.Window.TotalSeconds;

    internal BudgetUse Use
    {
        get
        {
            lock (_gate) return new(_credential, _budget, _taken);
        }
    }

    private TimeSpan Spacing => (_budget.Window + _lateness + _jitter) / _budget.Permits * _slowdown;

    private TimeSpan Room => Scaled(Rooms[_level]);

    /// <summary>How late a slot may be used that was reserved with so much room.</summary>
    private TimeSpan Tolerance(int level) => _lateness + Scaled(Rooms[level]);

    /// <summary>A window shorter than a second has less slack, in time, than a longer one.</summary>
    private TimeSpan Scaled(TimeSpan time) => _budget.Window < TimeSpan.FromSeconds(1) ? _budget.Window / TimeSpan.FromSeconds(1) * time : time;

    internal async Task<Departure> AcquireAsync(Priority priority, CancellationToken cancellationToken)
    {
        TaskCompletionSource<Departure> turn = new();
        bool mustPump;
        lock (_gate)
        {
            _waiting.Enqueue(turn, (priority, _arrivals++));
            mustPump = !_isPumping;
            _isPumping = true;
        }
        if (mustPump) _ = PumpAsync();
        await using CancellationTokenRegistration cancelled = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        return await turn.Task;
    }

    /// <summary>The call that was given this turn is on its way only now.</summary>
    internal void Left(Departure departure)
    {
        lock (_gate) departure.At = _clock.GetUtcNow();
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
        lock (_gate) return _departures.Count(d => d.At > since) / (double)_budget.Permits;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (HasWaiting())
            {
                DateTimeOffset slot = await NextSlotAsync();
                await WaitUntilAsync(slot);
                if (!IsMissed(slot)) Depart();
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
            while (_waiting.TryPeek(out TaskCompletionSource<Departure>? first, out _) && first.Task.IsCompleted) _waiting.Dequeue();
            return _isPumping = _waiting.Count > 0;
        }
    }

    private async Task<DateTimeOffset> NextSlotAsync()
    {
        while (_slotsLeft > 0 && _nextSlot < _clock.GetUtcNow() - Tolerance(_level)) TakeSlot();
        if (_slotsLeft == 0) await ReserveAsync();
        return TakeSlot();
    }

    private DateTimeOffset TakeSlot()
    {
        DateTimeOffset slot = _nextSlot;
        _nextSlot += Spacing;
        _slotsLeft--;
        return slot;
    }

    private async Task ReserveAsync()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        TimeSpan length = _level == 0 ? BlockLength : Scaled(TimeSpan.FromSeconds(1)) - Room;
        int count = (int)Math.Clamp(length / Spacing, 1, _level == 0 ? Math.Max(1, _budget.Permits / 4) : _budget.Permits);
        _nextSlot = await _ledger.ReserveAsync(_key, count, Spacing + (Room / count), _blockedUntil > now ? _blockedUntil : now, CancellationToken.None);
        _slotsLeft = count;
    }

    private bool IsMissed(DateTimeOffset slot)
    {
        TimeSpan late = _clock.GetUtcNow() - slot;
        bool isMissed = late > Tolerance(_level), isPunctual = late <= Tolerance(Math.Max(_level - 1, 0));
        _punctual = isPunctual ? _punctual + 1 : 0;
        _strain = isMissed ? _strain + 1 : Math.Max(0, _strain - Relief);
        if (_strain > MostStrain) SetLevel(Math.Min(_level + 1, Rooms.Length - 1));
        if (_punctual >= Recovery) SetLevel(Math.Max(_level - 1, 0));
        return isMissed;
    }

    private void SetLevel(int level)
    {
        // Slots that were reserved with less room must not be used later than that allows.
        if (level > _level) _slotsLeft = 0;
        (_level, _strain, _punctual) = (level, 0, 0);
    }

    private async Task WaitUntilAsync(DateTimeOffset slot)
    {
        // Looked at again after each wait: a timer may fire a hair before its time, and a call that left late meanwhile moves the window.
        while (Earliest(slot) - _clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), _clock);
        }
    }

    private DateTimeOffset Earliest(DateTimeOffset slot)
    {
        lock (_gate)
        {
            DateTimeOffset free = FullUntil() is { } full && full > slot ? full : slot;
            return _blockedUntil > free ? _blockedUntil : free;
        }
    }

    /// <summary>When the earliest departure of a full window leaves it; null while it is not full.</summary>
    private DateTimeOffset? FullUntil() => _departures.Count < _budget.Permits ? null : _departures.Min(d => d.At) + _budget.Window + _jitter;

    private void Depart()
    {
        Departure departure = new();
        Left(departure);
        if (NextTurn(departure) is { } turn) turn.TrySetResult(departure);
    }

    private TaskCompletionSource<Departure>? NextTurn(Departure departure)
    {
        lock (_gate)
        {
            if (_blockedUntil > departure.At) return null;
            while (_waiting.TryDequeue(out TaskCompletionSource<Departure>? turn, out _))
            {
                if (turn.Task.IsCompleted) continue;
                if (_departures.Count >= _budget.Permits) _departures.Remove(_departures.MinBy(d => d.At)!);
                _departures.Add(departure);
                _taken++;
                _slowdown = Math.Max(1, _slowdown * 0.998);
                return turn;
            }
            return null;
        }
    }

    private bool FailAll(Exception failure)
    {
        List<TaskCompletionSource<Departure>> all;
        lock (_gate)
        {
            all = [.. _waiting.UnorderedItems.OrderBy(i => i.Priority).Select(i => i.Element)];
            _waiting.Clear();
            _isPumping = false;
        }
        foreach (TaskCompletionSource<Departure> turn in all) turn.TrySetException(failure);
        return true;
    }
}
