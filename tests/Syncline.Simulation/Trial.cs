using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Simulation.Bugs;
using Syncline.Simulation.Judging;
using Syncline.Simulation.Worlds;
using Syncline.Syncs;

namespace Syncline.Simulation;

/// <summary>A crash at one point of the first run of one cycle.</summary>
/// <param name="Cycle">0 for the first.</param>
/// <param name="Point">1 for the first.</param>
internal sealed record CrashAt(int Cycle, long Point);

/// <summary>One scenario, lived through and judged.</summary>
internal sealed class Trial : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(20);

    private readonly Scenario _scenario;
    private readonly CrashAt? _crash;
    private readonly History _history = new();
    private readonly World _world;
    private readonly IReadOnlyList<ILife> _lives;

    public Trial(Scenario scenario, IPlantedBug? bug, CrashAt? crash)
    {
        (_scenario, _crash) = (scenario, crash);
        _world = new(scenario, _history, bug);
        _lives = [.. scenario.Flow.Lives(_world, _history)];
    }

    /// <summary>How many points the run passed that a crash was asked for in.</summary>
    public long PointsPassed { get; private set; }

    public Verdict Run()
    {
        long crashes = 0;
        string? failure = null;
        try
        {
            crashes = Live();
            Quiet(new() { RetriesAll = true });
            Judge(hasReadAll: false);
            Quiet(new() { IsFull = true, RetriesAll = true });
            Judge(hasReadAll: true);
            Converged();
        }
        catch (Exception broken) when (broken is BrokenPromiseException or InvalidOperationException)
        {
            failure = $"seed {_scenario.Seed}: {broken.Message}\n{_scenario}\n{string.Join('\n', _history.Log)}\n{string.Join('\n', Waiting())}";
        }
        return new(_scenario.Seed, Trace.HashOf(_world.Gate.Ledger.Entries), failure, crashes);
    }

    /// <summary>The part of the life in which things happen.</summary>
    /// <returns>How often the process died.</returns>
    public long Live()
    {
        if (_crash is null) Each(life => life.Begin());
        // Who was there before us was so long before us that every search finds them.
        _world.Clock.Advance(Pause);
        _world.Disturb(_lives);
        long crashes = 0;
        for (int cycle = 0; cycle < _scenario.Cycles; cycle++)
        {
            foreach (SyncDefinition sync in _scenario.Flow.Syncs) crashes += RunThroughCrashes(sync, cycle);
            _world.Clock.Advance(Pause);
            Each(life => life.Between());
        }
        return crashes;
    }

    public void Dispose() => _world.Dispose();

    private void Each(Action<ILife> act)
    {
        foreach (ILife life in _lives) act(life);
    }

    private long RunThroughCrashes(SyncDefinition sync, int cycle)
    {
        bool isAsked = _crash?.Cycle == cycle && sync == _scenario.Flow.Syncs[0];
        int most = isAsked ? 1 : _world.Random.Next(_scenario.Crashes + 1);
        Action[] looks = _history.IsInDoubt ? [] : [.. Judges().Select(j => j.BeforeRun()).OfType<Action>()];
        for (int crashes = 0; ; crashes++)
        {
            RunOptions options = Options();
            _world.Crash.Set(crashes < most ? isAsked ? _crash!.Point : _world.Random.Next(1, 160) : null);
            RunRow? run = _world.Run(sync, options);
            if (run is null)
            {
                _history.Deaths.Add(_world.Clock.GetUtcNow());
                _history.Log.Add("the process died");
                continue;
            }
            if (isAsked) PointsPassed = _world.Crash.Passed;
            _history.Log.Add($"run {run.Id} of {sync.Name}{(options.Hints.Count > 0 ? $" with {options.Hints.Count} hints" : "")}: {run.State} {run.Detail}");
            _history.IsInDoubt = run.State == RunState.Failed;
            if (!_history.IsInDoubt && options.Hints.Count == 0 && sync == _scenario.Flow.Syncs[^1]) foreach (Action look in looks) look();
            return crashes;
        }
    }

    /// <summary>At random, what was announced is read in the place of everything.</summary>
    private RunOptions Options()
    {
        if (!_scenario.Announces) return RunOptions.Incremental;
        _world.Crash.Set(null);
        IReadOnlyList<Hint> announced = _world.Announced();
        return announced.Count > 0 && _world.Random.Next(2) == 0 ? new() { Hints = announced } : RunOptions.Incremental;
    }

    private IEnumerable<IJudge> Judges() => _scenario.Flow.Judges(_world, _history);

    private void Judge(bool hasReadAll)
    {
        foreach (IJudge judge in Judges()) judge.Decide(hasReadAll);
        new Pressure(_world.Gate.Ledger.Entries, _scenario, _history).Decide();
    }

    /// <summary>Faults end, and whatever waited is tried again: first with what an incremental run sees, then with everything.</summary>
    private void Quiet(RunOptions options)
    {
        _world.LeaveAlone();
        _world.Clock.Advance(Pause);
        _world.Crash.Set(null);
        for (int i = 0; i < _scenario.Flow.SettlesIn; i++) RunAll(options);
    }

    private void RunAll(RunOptions options)
    {
        foreach (SyncDefinition sync in _scenario.Flow.Syncs)
        {
            RunRow run = _world.Run(sync, options)!;
            if (run.State is RunState.Failed) throw new BrokenPromiseException("P2", $"With no fault left, the run failed: {run.Detail}");
            _world.Clock.Advance(Pause);
        }
    }

    private void Converged()
    {
        long before = _world.Gate.Ledger.Count;
        RunAll(RunOptions.Incremental);
        RunAll(new() { IsFull = true });
        if (_world.Gate.Ledger.Entries.FirstOrDefault(e => e.Sequence > before && e.Provider != "heyreach" && Pressure.IsWrite(e)) is { } write)
        {
            throw new BrokenPromiseException("P4", $"Nothing changed and {write.Request.Method} {write.Request.Path} was sent: {write.Request.Body}");
        }
    }

    private IEnumerable<string> Waiting() => _scenario.Flow.Syncs.SelectMany(s => _world.DeadLetters(s.Name)).Take(20).Select((DeadLetter l) => $"waiting: {l.Key.Subject} {l.Code} {l.Reason}");
}
