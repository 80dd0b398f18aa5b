using System.Text.Json.Nodes;
using Syncline.Sandbox;
using Syncline.Simulation.Judging;
using Syncline.Simulation.Time;
using Syncline.Simulation.Worlds;
using Syncline.Syncs;

namespace Syncline.Simulation;

/// <summary>Both sides are worked on for a long time: each thing that is said is written about once, and nothing goes to and fro.</summary>
public sealed class ManyEdits
{
    private const int Edits = 1_000, EditsBetweenRuns = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(20);

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_thousand_edits_settle_with_no_more_writes_than_edits(int seed, bool hasExternalId)
    {
        Scenario scenario = new(seed) { Flow = Flow.HubSpotTwoWay, Members = 25, RecordsPage = 100, PageSize = 100, Latency = TimeSpan.FromMilliseconds(20), HasExternalId = hasExternalId, IndexLag = TimeSpan.FromSeconds(3) };
        (int rows, string? late) = SingleThread.Run(() => Live(scenario));
        Assert.InRange(rows, Edits / 10, Edits);
        Assert.True(late is null, late);
    }

    private static (int Rows, string? Late) Live(Scenario scenario)
    {
        History history = new();
        using World world = new(scenario, history);
        HubSpotLife life = new(world, history);
        life.Begin();
        Run(world, RunOptions.Incremental);
        long begun = world.Gate.Ledger.Count;
        for (int i = 0; i < Edits; i++)
        {
            life.ActOnce();
            if (i % EditsBetweenRuns == 0) Run(world, RunOptions.Incremental);
        }
        Run(world, RunOptions.Incremental);
        Run(world, new() { IsFull = true });
        long settled = world.Gate.Ledger.Count;
        for (int cycle = 0; cycle < 2; cycle++)
        {
            Run(world, RunOptions.Incremental);
            Run(world, new() { IsFull = true });
        }
        new HubSpotJudge(world, history).Decide(hasReadAll: true);
        LedgerEntry[] writes = [.. world.Gate.Ledger.Entries.Where(e => e.Sequence > begun && e.Provider == "hubspot" && Pressure.IsWrite(e))];
        return (writes.Where(e => e.Request.Path.Contains("/objects/", StringComparison.Ordinal)).Sum(RowsOf), writes.FirstOrDefault(w => w.Sequence > settled) is { } late ? $"{late.Request.Method} {late.Request.Path} was sent though nothing had changed: {late.Request.Body}" : null);
    }

    private static int RowsOf(LedgerEntry write) => JsonNode.Parse(write.Request.Body)?["inputs"]?.AsArray().Count ?? 1;

    private static void Run(World world, RunOptions options)
    {
        world.Clock.Advance(Pause);
        if (world.Run(world.Scenario.Flow.Syncs[0], options) is not { State: RunState.Done or RunState.DoneWithDeadLetters }) throw new InvalidOperationException("A run without a fault failed.");
    }
}
