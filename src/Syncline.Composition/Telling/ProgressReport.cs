using System.Globalization;
using Syncline.Composition.Configuration;
using Syncline.Limits;
using Syncline.Syncs;

namespace Syncline.Composition.Telling;

/// <summary>Shows a run while it goes: one line that is kept up to date on a screen, a line every few seconds elsewhere.</summary>
internal sealed class ProgressReport(Terminal terminal, IReadOnlyDictionary<string, CallPermits> permits, TimeProvider clock)
{
    private static readonly TimeSpan LiveEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(5);

    // Below this, a rate says more about the first call than about the pace.
    private static readonly TimeSpan Meaningful = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private (RunPhase Phase, string Connection)? _phase;
    private DateTimeOffset _phaseBegan;
    private long _doneBefore;
    private DateTimeOffset _shown;
    private bool _isLineOpen;

    public void Report(RunProgress progress)
    {
        lock (_gate)
        {
            // The reading goes on beside the writing, which has the line by then.
            if (progress.Phase == RunPhase.Reading && _phase?.Phase == RunPhase.Writing) return;
            DateTimeOffset now = clock.GetUtcNow();
            bool isNew = _phase != (progress.Phase, progress.Connection);
            if (isNew) Begin(progress, now);
            if (!isNew && now - _shown < (terminal.IsLive ? LiveEvery : PlainEvery)) return;
            _shown = now;
            if (terminal.IsLive) Rewrite(LineOf(progress, now));
            else if (!isNew || progress.Done > 0) terminal.Say(LineOf(progress, now));
        }
    }

    /// <summary>Ends the open line, so that what follows begins on its own.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_isLineOpen) terminal.Error.WriteLine();
            _isLineOpen = false;
        }
    }

    internal string LineOf(RunProgress progress, DateTimeOffset now)
    {
        double seconds = (now - _phaseBegan).TotalSeconds;
        double? rate = seconds >= Meaningful.TotalSeconds && progress.Done > _doneBefore ? (progress.Done - _doneBefore) / seconds : null;
        List<string> parts = [$"{Verb(progress.Phase)} {progress.Connection}"];
        if (progress.Done > 0 || progress.Total is not null) parts.Add(progress.Total is { } total ? $"{Tables.Number(progress.Done)}/{(progress.IsTotalOpen ? "at least " : "")}{Tables.Number(total)}" : Tables.Number(progress.Done));
        if (rate is { } pace) parts.Add(pace.ToString("0.0", CultureInfo.InvariantCulture) + "/s");
        if (permits.GetValueOrDefault(progress.Connection)?.Busiest() is { } busiest) parts.Add($"{busiest.Share.ToString("0 %", CultureInfo.InvariantCulture)} of the {busiest.Budget} limit");
        if (rate > 0 && progress.Total > progress.Done && !progress.IsTotalOpen) parts.Add($"{Durations.Write(TimeSpan.FromSeconds((progress.Total.Value - progress.Done) / rate.Value))} left");
        if (Tables.ErrorRate(progress.Tally) is { } failed) parts.Add(failed);
        return string.Join("  ", parts);
    }

    private void Begin(RunProgress progress, DateTimeOffset now)
    {
        if (_isLineOpen) terminal.Error.WriteLine();
        _isLineOpen = false;
        _phase = (progress.Phase, progress.Connection);
        // Writing is first reported when a chunk is through: how long that took is not known here.
        (_phaseBegan, _doneBefore) = (now, progress.Done);
    }

    private void Rewrite(string line)
    {
        // Carriage return and "erase to the end of the line" work in every terminal since the VT100.
        terminal.Error.Write("\r" + line + "\u001b[K");
        _isLineOpen = true;
    }

    private static string Verb(RunPhase phase) => phase switch
    {
        RunPhase.Preparing => "Preparing",
        RunPhase.Reading => "Reading",
        RunPhase.Enriching => "Reckoning",
        _ => "Writing",
    };
}
