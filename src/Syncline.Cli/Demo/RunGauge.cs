using System.Globalization;
using Syncline.Composition.Telling;
using Syncline.Limits;
using Syncline.Syncs;

namespace Syncline.Cli.Demo;

/// <summary>Where a run stands at one moment.</summary>
/// <param name="Total">Null while nobody knows.</param>
/// <param name="Rate">Writes a second over the last few seconds.</param>
/// <param name="Share">Of the limit; null where there is none.</param>
internal sealed record Reading(RunPhase Phase, long Done, long? Total, double Rate, double? Share, TimeSpan? Left)
{
    public string Figures()
    {
        List<string> parts = [];
        if (Done > 0 || Total is not null) parts.Add(Total is { } total ? $"{Tables.Number(Done)}/{Tables.Number(total)}" : Tables.Number(Done));
        if (Phase == RunPhase.Writing && Rate > 0) parts.Add(Rate.ToString("0.0", CultureInfo.InvariantCulture) + " writes/s");
        if (Phase == RunPhase.Writing && Share is { } share) parts.Add(share.ToString("0%", CultureInfo.InvariantCulture) + " of limit");
        if (Left is { } left) parts.Add($"{Math.Ceiling(left.TotalSeconds).ToString("0", CultureInfo.InvariantCulture)} s left");
        return string.Join(" · ", parts);
    }

    public string Verb() => Phase switch
    {
        RunPhase.Preparing => "Looking at Attio",
        RunPhase.Reading => "Reading HeyReach",
        RunPhase.Enriching => "Scoring replies",
        _ => "Writing to Attio",
    };
}

/// <summary>Reads a run's pace off its permits: the run itself reports only when a whole chunk of records is through.</summary>
/// <param name="permits">The destination's.</param>
/// <param name="limit">Its writes a second; null without a limit.</param>
internal sealed class RunGauge(CallPermits permits, int? limit, TimeProvider clock)
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset At, long Writes)> _samples = new();
    private RunProgress? _progress;
    private long? _writesBefore;

    public void Report(RunProgress progress)
    {
        lock (_gate)
        {
            // Writing is first reported when a chunk is through: what was written until then counts as well.
            _writesBefore ??= permits.Calls.Writes;
            // The reading goes on beside the writing.
            if (progress.Phase == RunPhase.Writing || _progress?.Phase != RunPhase.Writing) _progress = progress;
        }
    }

    public Reading Read()
    {
        lock (_gate)
        {
            long writes = permits.Calls.Writes;
            double rate = Sample(clock.GetUtcNow(), writes);
            long written = writes - (_writesBefore ?? writes);
            RunPhase phase = written > 0 && _progress is not null ? RunPhase.Writing : _progress?.Phase ?? RunPhase.Preparing;
            long? total = _progress?.Total;
            if (phase != RunPhase.Writing) return new(phase, _progress?.Done ?? 0, total, rate, null, null);
            // Nearly every record is one write; the report of its chunk comes seconds later.
            bool isReported = _progress!.Phase == RunPhase.Writing;
            if (!isReported) total = null;
            long done = Math.Min(Math.Max(isReported ? _progress.Done : 0, written), total ?? long.MaxValue);
            TimeSpan? left = rate > 0 && total > done && !_progress.IsTotalOpen ? TimeSpan.FromSeconds((total.Value - done) / rate) : null;
            return new(phase, done, total, rate, limit is { } most ? rate / most : null, left);
        }
    }

    private double Sample(DateTimeOffset now, long writes)
    {
        _samples.Enqueue((now, writes));
        while (now - _samples.Peek().At > Span) _samples.Dequeue();
        (DateTimeOffset since, long before) = _samples.Peek();
        double seconds = (now - since).TotalSeconds;
        return seconds > 0 ? (writes - before) / seconds : 0;
    }
}
