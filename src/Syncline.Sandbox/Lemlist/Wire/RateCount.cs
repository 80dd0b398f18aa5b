using System.Globalization;

namespace Syncline.Sandbox.Lemlist.Wire;

/// <summary>One key's requests against the limit, in either reading of it. A refused request takes nothing.</summary>
internal sealed class RateCount
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    // Twenty tenths of a second make two seconds only nearly.
    private const double Rounding = 1e-9;

    private readonly Queue<DateTimeOffset> _taken = new();
    private double _tokens = double.MaxValue;
    private DateTimeOffset _filledAt;

    /// <summary>Counts a request if there is room for it.</summary>
    public bool Take(DateTimeOffset now, LemlistBehaviour behaviour)
    {
        Settle(now, behaviour);
        bool hasRoom = behaviour.Limit == LemlistLimit.Bucket ? _tokens >= 1 - Rounding : _taken.Count < behaviour.RequestsPerTwoSeconds;
        if (!hasRoom) return false;
        _tokens--;
        _taken.Enqueue(now);
        return true;
    }

    public Dictionary<string, string> Headers(DateTimeOffset now, LemlistBehaviour behaviour)
    {
        Settle(now, behaviour);
        int most = behaviour.RequestsPerTwoSeconds;
        bool isBucket = behaviour.Limit == LemlistLimit.Bucket;
        double left = isBucket ? Math.Floor(_tokens + Rounding) : Math.Max(0, most - _taken.Count);
        TimeSpan untilOne = isBucket ? Window * (Math.Max(0, 1 - _tokens) / most) : left > 0 ? TimeSpan.Zero : _taken.Peek() + Window - now;
        TimeSpan untilAll = isBucket ? Window * ((most - _tokens) / most) : _taken.Count == 0 ? TimeSpan.Zero : _taken.Last() + Window - now;
        return new(StringComparer.OrdinalIgnoreCase)
        {
            // Whole seconds, and never none: 0 would mean at once.
            ["Retry-After"] = Number(Math.Max(1, Math.Ceiling(untilOne.TotalSeconds))),
            ["X-RateLimit-Limit"] = Number(most),
            ["X-RateLimit-Remaining"] = Number(left),
            ["X-RateLimit-Reset"] = WireTime.Human(now + untilAll),
        };
    }

    private void Settle(DateTimeOffset now, LemlistBehaviour behaviour)
    {
        int most = behaviour.RequestsPerTwoSeconds;
        _tokens = Math.Min(most, _tokens + ((now - _filledAt) / Window * most));
        _filledAt = now;
        while (_taken.TryPeek(out DateTimeOffset oldest) && now - oldest >= Window) _taken.Dequeue();
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
