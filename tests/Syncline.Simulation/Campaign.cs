using Syncline.Simulation.Bugs;
using Syncline.Simulation.Judging;
using Syncline.Simulation.Time;
using Syncline.Simulation.Worlds;
using Syncline.Syncs;

namespace Syncline.Simulation;

/// <summary>How one seed went.</summary>
/// <param name="Failure">Null when every promise held.</param>
internal sealed record Verdict(int Seed, string Trace, string? Failure, long Crashes);

/// <summary>Runs seeds.</summary>
internal static class Campaign
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(20);

    public static Verdict Run(int seed, IPlantedBug? bug = null) => SingleThread.Run(() => RunHere(Scenario.Draw(seed), bug, null));

    public static Verdict Run(Scenario scenario) => SingleThread.Run(() => RunHere(scenario, null, null));

    /// <summary>One scenario with one crash at a given point of its first run.</summary>
    public static Verdict RunWithCrashAt(Scenario scenario, long point) => SingleThread.Run(() => RunHere(scenario, null, point));

    /// <summary>How many points a first run of the scenario passes.</summary>
    public static long CountPoints(Scenario scenario) => SingleThread.Run(() =>
    {
        using World world = new(scenario);
        world.Crash.Set(null);
        world.Run(RunOptions.Incremental);
        return world.Crash.Passed;
    });

    private static Verdict RunHere(Scenario scenario, IPlantedBug? bug, long? crashAt)
    {
        using World world = new(scenario, bug);
        History history = new();
        long crashes = 0;
        string? failure = null;
        try
        {
            crashes = Live(world, history, crashAt);
            Quiet(world, new() { RetriesAll = true });
            new Judge(world, history).DecideWithoutEdits();
            Quiet(world, new() { IsFull = true, RetriesAll = true });
            new Judge(world, history).Decide();
            Converged(world);
        }
        catch (Exception broken) when (broken is BrokenPromiseException or InvalidOperationException)
        {
            failure = $"seed {scenario.Seed}: {broken.Message}\n{scenario}\n{string.Join('\n', history.Log)}\n{string.Join('\n', Waiting(world))}";
        }
        return new(scenario.Seed, Trace.HashOf(world.Gate.Ledger.Entries), failure, crashes);
    }

    private static IEnumerable<string> Waiting(World world) => world.Store.Journal.DeadLettersAsync(World.Sync, false, 20, CancellationToken.None).Result.Select(l => $"waiting: {l.Key.Subject} {l.Code} {l.Reason}");

    private static long Live(World world, History history, long? crashAt)
    {
        Life life = new(world, history);
        if (crashAt is null) life.Begin();
        // Who was there before us was so long before us that every search finds them.
        world.Clock.Advance(Pause);
        world.HeyReach.BetweenPages = life.BetweenPages;
        world.Disturb(on: true);
        long crashes = 0;
        for (int cycle = 0; cycle < world.Scenario.Cycles; cycle++)
        {
            crashes += RunThroughCrashes(world, history, crashAt);
            crashAt = null;
            world.Clock.Advance(Pause);
            life.Between();
        }
        world.HeyReach.BetweenPages = null;
        return crashes;
    }

    private static long RunThroughCrashes(World world, History history, long? crashAt)
    {
        int most = crashAt is null ? world.Random.Next(world.Scenario.Crashes + 1) : 1;
        for (int crashes = 0; ; crashes++)
        {
            world.Crash.Set(crashes < most ? crashAt ?? world.Random.Next(1, 160) : null);
            if (world.Run(RunOptions.Incremental) is { } run)
            {
                history.Log.Add($"run {run.Id}: {run.State} {run.Detail}");
                return crashes;
            }
            history.Log.Add("the process died");
        }
    }

    /// <summary>Faults end, and whatever waited is tried again: first with what an incremental run sees, then with everything.</summary>
    private static void Quiet(World world, RunOptions options)
    {
        world.Disturb(on: false);
        world.Clock.Advance(Pause);
        world.Crash.Set(null);
        for (int i = 0; i < 2; i++)
        {
            RunRow run = world.Run(options)!;
            if (run.State is RunState.Failed) throw new BrokenPromiseException("P2", $"With no fault left, the run failed: {run.Detail}");
            world.Clock.Advance(Pause);
        }
    }

    private static void Converged(World world)
    {
        long before = world.Gate.Ledger.Count;
        world.Run(RunOptions.Incremental);
        world.Clock.Advance(Pause);
        world.Run(new() { IsFull = true });
        if (world.Gate.Ledger.Entries.FirstOrDefault(e => e.Sequence > before && e.Provider == "attio" && Pressure.IsWrite(e)) is { } write)
        {
            throw new BrokenPromiseException("P4", $"Nothing changed and {write.Request.Method} {write.Request.Path} was sent.");
        }
    }
}
