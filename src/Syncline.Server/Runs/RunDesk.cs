using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Planning;
using Syncline.Server.Hosting;
using Syncline.Syncs;

namespace Syncline.Server.Runs;

/// <summary>One record of a plan that differs from what is there.</summary>
internal sealed record PlannedWrite(string Connection, string Stream, PlannedRecord Record);

/// <summary>What a plan came to.</summary>
/// <param name="Options">What it was asked with; who approves it approves a run with the same.</param>
/// <param name="Records">The first ones that would be written, with their fields; <paramref name="Forecast"/> counts all.</param>
internal sealed record PlanResult(string Sync, RunOptions Options, Forecast Forecast, IReadOnlyList<PlannedWrite> Records, IReadOnlyDictionary<string, CallPermits> Permits);

/// <summary>Begins syncs' runs and plans, for people, schedules and webhooks alike.</summary>
internal sealed class RunDesk(Premises premises, LiveRuns live, AuditTrail trail, SyncTurns turns)
{
    // As many as a person looks through before he approves.
    private const int ShownRecords = 500;

    private readonly Lock _gate = new();

    /// <exception cref="UsageException">There is no such sync.</exception>
    /// <exception cref="SyncBusyException">This server runs it already.</exception>
    public LiveRun StartSync(string name, RunOptions options, string by, Priority priority)
    {
        lock (_gate)
        {
            SyncConfiguration sync = premises.Current.FindSync(name);
            if (live.UnderWay.Any(r => r.Kind == "sync" && r.Title == sync.Name)) throw new SyncBusyException(sync.Name);
            return live.Start("sync", sync.Name, by, (run, token) => RunAsync(run, sync.Name, options, priority, token), options.Hints is [{ } only] ? only.Key.ToString() : null);
        }
    }

    /// <summary>What a run would do, reckoned on a copy of the hub; nothing is written anywhere.</summary>
    public LiveRun StartPlan(string name, RunOptions options, string by)
    {
        SyncConfiguration sync = premises.Current.FindSync(name);
        return live.Start("plan", sync.Name, by, (run, token) => PlanAsync(run, sync.Name, options, token));
    }

    /// <summary>A run's options as the configuration has them.</summary>
    public RunOptions OptionsOf(string name, bool isFull = false, int? limit = null)
    {
        Workspace workspace = premises.Current;
        SyncConfiguration sync = workspace.FindSync(name);
        RunDefaults defaults = workspace.Configuration.Defaults;
        return new()
        {
            IsFull = isFull || sync.IsFull || defaults.IsFull,
            MaxRecords = limit ?? defaults.Limit ?? sync.Limit,
            MaxPages = defaults.MaxPages ?? sync.MaxPages,
            Enriches = workspace.Configuration.Enrichment.OnImport,
        };
    }

    private async Task<RunRow?> RunAsync(LiveRun run, string name, RunOptions options, Priority priority, CancellationToken cancellationToken)
    {
        using Workspace workspace = premises.Open(priority);
        if (workspace.Configuration.Defaults.IsDryRun) throw new UsageException("AT_DRY_RUN is set: runs write nothing.", "Unset it, in the environment or in .env, or look at the sync's plan.");
        using SyncTurns.Turn turn = await turns.TakeAsync(name, cancellationToken);
        SyncExecution execution = new(workspace, TerminalOf(run), trail) { Watch = run.Report };
        return await execution.RunAsync(workspace.FindSync(name), options, cancellationToken);
    }

    private async Task<RunRow?> PlanAsync(LiveRun run, string name, RunOptions options, CancellationToken cancellationToken)
    {
        using Workspace workspace = premises.Open(Priority.Manual);
        SyncConfiguration sync = workspace.FindSync(name);
        using ScratchHub scratch = ScratchHub.Of(workspace);
        SyncEnds ends = workspace.EndsOf(sync);
        List<PlannedWrite> records = [];
        Forecast forecast = await new PlanRunner(scratch.Store.Hub, scratch.Store.Journal, premises.Clock).RunAsync(sync.ToDefinition(), ends, options, Take, run.Report, cancellationToken);
        run.Result = new PlanResult(name, options, forecast, records, ends.Permits);
        return null;

        Task Take(string connection, DestinationStream stream, PlannedRecord record, CancellationToken token)
        {
            bool isChange = record is not (PlannedRecord.Unchanged or PlannedRecord.Settle { IsNew: false });
            if (isChange && records.Count < ShownRecords) records.Add(new(connection, stream.Stream, record));
            return Task.CompletedTask;
        }
    }

    internal static Terminal TerminalOf(LiveRun run)
    {
        LineWriter lines = new(run.Say);
        return new(TextReader.Null, lines, lines);
    }
}
