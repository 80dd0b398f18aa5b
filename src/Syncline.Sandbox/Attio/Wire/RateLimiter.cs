namespace Syncline.Sandbox.Attio.Wire;

/// <summary>How an endpoint counts against the limits.</summary>
internal enum Load { Read, Write, Query, Merge }

/// <summary>A sum that no sliding window of the given length may exceed.</summary>
internal sealed class SlidingWindow(TimeSpan length)
{
    private readonly Queue<(DateTimeOffset At, int Cost)> _taken = new();

    public int Sum { get; private set; }

    public void Forget(DateTimeOffset now)
    {
        while (_taken.TryPeek(out (DateTimeOffset At, int Cost) oldest) && now - oldest.At >= length) Sum -= _taken.Dequeue().Cost;
    }

    public void Take(DateTimeOffset now, int cost)
    {
        if (cost == 0) return;
        _taken.Enqueue((now, cost));
        Sum += cost;
    }
}

/// <summary>
/// The workspace's limits: reads and writes in any second, merges beside the writes, and the score of queries in any ten seconds. A refused request takes nothing.
/// </summary>
internal sealed class RateLimiter(AttioSwitches switches)
{
    private readonly SlidingWindow _reads = new(TimeSpan.FromSeconds(1));
    private readonly SlidingWindow _writes = new(TimeSpan.FromSeconds(1));
    private readonly SlidingWindow _merges = new(TimeSpan.FromSeconds(1));
    private readonly SlidingWindow _score = new(TimeSpan.FromSeconds(10));

    /// <summary>Takes one request, or refuses it with a 429.</summary>
    public void Take(Load load, DateTimeOffset now)
    {
        if (!switches.LimitsOn) return;
        bool reads = load is Load.Read or Load.Query;
        SlidingWindow window = reads ? _reads : _writes;
        if (IsFull(window, reads ? switches.ReadsPerSecond : switches.WritesPerSecond, now)) throw Refuse.Throttled();
        if (load == Load.Merge && IsFull(_merges, switches.MergesPerSecond, now)) throw Refuse.Throttled();
        if (load == Load.Query && switches.ScorePerTenSeconds > 0 && IsFull(_score, switches.ScorePerTenSeconds, now)) throw Refuse.Throttled();
        window.Take(now, 1);
        if (load == Load.Merge) _merges.Take(now, 1);
    }

    public void Score(int score, DateTimeOffset now) => _score.Take(now, score);

    /// <summary>The next whole second after now, as an HTTP date: what Attio names after a refusal.</summary>
    public static string RetryAfter(DateTimeOffset now) =>
        DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + 1).ToString("R");

    private static bool IsFull(SlidingWindow window, int limit, DateTimeOffset now)
    {
        window.Forget(now);
        return window.Sum >= limit;
    }
}
