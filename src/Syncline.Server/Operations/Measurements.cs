using System.Diagnostics.Metrics;
using Syncline.Server.Figures;
using Syncline.Server.Runs;
using Syncline.Syncs;

namespace Syncline.Server.Operations;

/// <summary>What the server counts of itself, for whoever collects metrics: names of syncs and connections, never of people.</summary>
internal sealed class Measurements : IDisposable
{
    public const string Name = "Syncline";

    private readonly LiveRuns _live;
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _runs;
    private readonly Counter<long> _records;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _seconds;

    public Measurements(LiveRuns live, FigureSampler sampler)
    {
        _live = live;
        _runs = _meter.CreateCounter<long>("syncline.runs", "{run}", "Runs that ended, by sync, kind and state.");
        _records = _meter.CreateCounter<long>("syncline.records", "{record}", "Records of ended runs, by sync and what became of them.");
        _calls = _meter.CreateCounter<long>("syncline.calls", "{call}", "Calls of ended runs, by connection and kind.");
        _seconds = _meter.CreateHistogram<double>("syncline.run.duration", "s", "How long runs took, by sync.");
        _meter.CreateObservableGauge("syncline.runs.under_way", () => live.UnderWay.Count, "{run}", "Work under way in this server.");
        _meter.CreateObservableGauge("syncline.limit.use", () => sampler.Limits().Select(Use), "1", "How far a connection's limit is used, 0 to 1, by connection, budget and window in seconds.");
        live.Changed += Note;
    }

    public void Dispose()
    {
        _live.Changed -= Note;
        _meter.Dispose();
    }

    private void Note(LiveRun run)
    {
        if (!run.IsOver || run.EndedAt is not { } ended) return;
        KeyValuePair<string, object?> sync = new("sync", run.Title);
        _runs.Add(1, sync, new("kind", run.Kind), new("state", run.State.ToString().ToLowerInvariant()));
        _seconds.Record((ended - run.StartedAt).TotalSeconds, sync, new("kind", run.Kind));
        if (run.Row?.Tally is not { } tally) return;
        foreach ((string what, long count) in Outcomes(tally).Where(o => o.Count > 0)) _records.Add(count, sync, new("outcome", what));
        foreach ((string connection, CallCount calls) in tally.Calls)
        {
            _calls.Add(calls.Reads, new("connection", connection), new("kind", "read"));
            _calls.Add(calls.Writes, new("connection", connection), new("kind", "write"));
            _calls.Add(calls.Throttled, new("connection", connection), new("kind", "throttled"));
        }
    }

    private static Measurement<double> Use(LimitLine limit) => new(limit.Now, new("connection", limit.Connection), new("budget", limit.Budget.Name), new("window", limit.Budget.Window.TotalSeconds));

    private static IEnumerable<(string What, long Count)> Outcomes(RunTally t) =>
        [("seen", t.Seen), ("created", t.Created), ("updated", t.Updated), ("linked", t.Linked), ("unchanged", t.Unchanged), ("skipped", t.Skipped), ("conflict", t.Conflicts), ("dead_letter", t.Failed), ("deleted", t.Deleted)];
}
