using Syncline.Server.Runs;
using Syncline.Syncs;

namespace Syncline.Server.Figures;

/// <summary>Records a second.</summary>
internal sealed record RunPace(double Read, double Written);

/// <summary>How fast the runs under way go, over the last half minute of each.</summary>
internal sealed class RunPaces
{
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<LiveRun, (CountReadings Read, CountReadings Written)> _runs = [];

    /// <summary>Records read and written by all of them so far.</summary>
    public long Moved { get; private set; }

    /// <param name="underWay">All that go at that time; what is not among them is over.</param>
    public void Note(DateTimeOffset at, IReadOnlyList<LiveRun> underWay)
    {
        LiveRun[] syncs = [.. underWay.Where(r => r.Kind == "sync")];
        foreach (LiveRun over in _runs.Keys.Except(syncs).ToArray()) _runs.Remove(over);
        foreach (LiveRun run in syncs) Note(at, run);
        Moved = syncs.Sum(r => r.Progress?.Tally is { } tally ? tally.Seen + Throughput.Written(tally) : 0);
    }

    /// <summary>Null while no run of it is under way here.</summary>
    public RunPace? Of(string sync, DateTimeOffset now)
    {
        foreach ((LiveRun run, (CountReadings read, CountReadings written)) in _runs)
        {
            if (run.Title != sync) continue;
            TimeSpan over = now - run.StartedAt < Over ? now - run.StartedAt : Over;
            double seconds = (over < Shortest ? Shortest : over).TotalSeconds;
            return new(read.Grown(now - over, now) / seconds, written.Grown(now - over, now) / seconds);
        }
        return null;
    }

    private void Note(DateTimeOffset at, LiveRun run)
    {
        if (!_runs.TryGetValue(run, out (CountReadings Read, CountReadings Written) of))
        {
            _runs[run] = of = (new(Over, FigureSampler.Pace / 2), new(Over, FigureSampler.Pace / 2));
            of.Read.Note(run.StartedAt, 0);
            of.Written.Note(run.StartedAt, 0);
        }
        RunTally tally = run.Progress?.Tally ?? RunTally.Empty;
        of.Read.Note(at, tally.Seen);
        of.Written.Note(at, Throughput.Written(tally));
    }
}
