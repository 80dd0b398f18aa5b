namespace Syncline.Sandbox.HeyReach;

/// <summary>The times of one key's accepted requests: counts them in rolling windows.</summary>
internal sealed class KeyLimit
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);
    private const int PerMinute = 300;
    private const int PerBurst = 10;

    private readonly Queue<DateTimeOffset> _accepted = new();

    /// <summary>Counts the request and answers null, or refuses it and answers how long to wait.</summary>
    public TimeSpan? Take(DateTimeOffset now, HeyReachLimits limits)
    {
        if (limits == HeyReachLimits.Off) return null;
        while (_accepted.TryPeek(out DateTimeOffset oldest) && now - oldest >= Minute) _accepted.Dequeue();
        if (_accepted.Count >= PerMinute) return _accepted.Peek() + Minute - now;
        if (limits == HeyReachLimits.PerMinuteAndBurst && BurstWait(now) is { } wait) return wait;
        _accepted.Enqueue(now);
        return null;
    }

    private TimeSpan? BurstWait(DateTimeOffset now)
    {
        DateTimeOffset[] recent = [.. _accepted.Where(at => now - at < Burst)];
        return recent.Length >= PerBurst ? recent[^PerBurst] + Burst - now : null;
    }
}
