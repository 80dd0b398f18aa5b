namespace Syncline.Sandbox.Explorium.Wire;

/// <summary>One key's queries in the last 60 seconds. A refused request takes nothing.</summary>
internal sealed class QueryWindow
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);
    private readonly Queue<(DateTimeOffset At, int Count)> _taken = new();
    private int _sum;

    /// <summary>Counts them and answers null, or answers how many whole seconds to wait.</summary>
    public int? Take(int count, int most, DateTimeOffset now)
    {
        Settle(now);
        if (_sum + count > most) return Seconds(Freed(count - (most - _sum)) - now);
        _sum += count;
        _taken.Enqueue((now, count));
        return null;
    }

    public Dictionary<string, string> Headers(int most, DateTimeOffset now)
    {
        Settle(now);
        DateTimeOffset reset = _taken.TryPeek(out (DateTimeOffset At, int) oldest) ? oldest.At + Length : now;
        return new(StringComparer.OrdinalIgnoreCase)
        {
            ["X-RateLimit-Limit"] = $"{most}", ["X-RateLimit-Remaining"] = $"{Math.Max(0, most - _sum)}", ["X-RateLimit-Reset"] = $"{(long)Math.Ceiling((reset - DateTimeOffset.UnixEpoch).TotalSeconds)}",
        };
    }

    /// <summary>When that many of the oldest queries have left the window; when all have, for more than there are.</summary>
    private DateTimeOffset Freed(int count)
    {
        DateTimeOffset at = default;
        foreach ((DateTimeOffset taken, int queries) in _taken)
        {
            at = taken + Length;
            if ((count -= queries) <= 0) break;
        }
        return at;
    }

    private void Settle(DateTimeOffset now)
    {
        while (_taken.TryPeek(out (DateTimeOffset At, int Count) oldest) && now - oldest.At >= Length) _sum -= _taken.Dequeue().Count;
    }

    private static int Seconds(TimeSpan wait) => (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds));
}
