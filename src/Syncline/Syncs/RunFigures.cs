using Syncline.Limits;

namespace Syncline.Syncs;

/// <summary>The figures of a run under way, kept while it reads and writes at the same time.</summary>
internal sealed class RunFigures(IRunLog runs, IReadOnlyDictionary<string, CallPermits> permits, long runId, Action<RunProgress> report, TimeProvider clock)
{
    // Whoever asks for the status meanwhile sees a tally that is at most this old.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, CallCount> _callsBefore = permits.ToDictionary(p => p.Key, p => p.Value.Calls);
    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private DateTimeOffset _saved = clock.GetUtcNow();
    private RunTally _tally = RunTally.Empty;
    private RunPosition _position = new(RunStage.Initializing, 0, null, IsTotalOpen: false);
    private RunStage? _savedStage;

    public RunTally Tally
    {
        get
        {
            lock (_gate) return _tally with { Calls = RunTally.Empty.Calls.AddRange(permits.Select(p => KeyValuePair.Create(p.Key, Since(p.Key, p.Value)))) };
        }
    }

    public void Add(RunTally tally)
    {
        lock (_gate) _tally = _tally.Plus(tally);
    }

    /// <summary>As many records as were last shown as written to a destination.</summary>
    public long WrittenTo(string connection) => _written.GetValueOrDefault(connection);

    public void Show(RunPhase phase, string connection, long done, long? total, bool isTotalOpen = false)
    {
        lock (_gate)
        {
            if (phase == RunPhase.Writing) _written[connection] = done;
            Move(phase, new(StageOf(phase), done, total, isTotalOpen || phase == RunPhase.Reading));
            report(new(phase, connection, done, total, Tally) { IsTotalOpen = isTotalOpen });
        }
    }

    public Task SaveIfDueAsync(CancellationToken cancellationToken) => _savedStage == _position.Stage && clock.GetUtcNow() - _saved < SaveEvery ? Task.CompletedTask : SaveAsync(cancellationToken);

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        (_saved, _savedStage) = (clock.GetUtcNow(), _position.Stage);
        await runs.ReportAsync(runId, Tally, _position, cancellationToken);
    }

    /// <summary>The first records are on their way; how many there are is shown when they are through.</summary>
    public void BeginLoading()
    {
        lock (_gate) Move(RunPhase.Writing, _position.Stage == RunStage.Loading ? _position : new(RunStage.Loading, 0, null, IsTotalOpen: true));
    }

    /// <summary>What is read beside the writing does not take the run back to an earlier stage, and reckoning figures is no stage of its own.</summary>
    private void Move(RunPhase phase, RunPosition position)
    {
        if (phase != RunPhase.Enriching && position.Stage >= _position.Stage) _position = position;
    }

    private static RunStage StageOf(RunPhase phase) => phase switch { RunPhase.Preparing => RunStage.Initializing, RunPhase.Reading => RunStage.Fetching, _ => RunStage.Loading };

    private CallCount Since(string connection, CallPermits now)
    {
        CallCount before = _callsBefore[connection];
        return new(now.Calls.Reads - before.Reads, now.Calls.Writes - before.Writes, now.Calls.Throttled - before.Throttled);
    }
}
