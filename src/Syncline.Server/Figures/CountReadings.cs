namespace Syncline.Server.Figures;

/// <summary>A count that only grows, read now and then: what it grew by between any two moments that are still remembered.</summary>
/// <param name="memory">How far back it is remembered.</param>
/// <param name="grain">Readings closer together take one another's place, so that reading often costs no memory; so much is the answer unsure by.</param>
internal sealed class CountReadings(TimeSpan memory, TimeSpan grain)
{
    private readonly List<(DateTimeOffset At, long Count)> _readings = [];

    /// <summary>In the order of time.</summary>
    public void Note(DateTimeOffset at, long count)
    {
        bool isReplaced = _readings.Count > 1 && (_readings[^2].Count == count || at - _readings[^2].At < grain);
        if (isReplaced) _readings[^1] = (at, count);
        else _readings.Add((at, count));
        // The last one before that time is still needed: it says where the count stood then.
        while (_readings.Count > 1 && _readings[1].At <= at - memory) _readings.RemoveAt(0);
    }

    public long Grown(DateTimeOffset after, DateTimeOffset until) => CountAt(until) - CountAt(after);

    private long CountAt(DateTimeOffset moment)
    {
        int last = _readings.FindLastIndex(r => r.At <= moment);
        return _readings.Count == 0 ? 0 : _readings[Math.Max(last, 0)].Count;
    }
}
