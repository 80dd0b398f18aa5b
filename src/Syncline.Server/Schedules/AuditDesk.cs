using Microsoft.Extensions.Logging;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Limits;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Syncs;

namespace Syncline.Server.Schedules;

/// <summary>Compares the counts of a sync with the providers', keeps what came of it in the run log, and tells of a drift.</summary>
internal sealed partial class AuditDesk(Premises premises, LiveRuns live, SyncTurns turns, ILogger<AuditDesk> log)
{
    private const int LookedBack = 50;

    private readonly Lock _gate = new();

    /// <summary>Begins one; one that is under way already is answered instead.</summary>
    /// <exception cref="UsageException">There is no such sync.</exception>
    public LiveRun Start(string name, string by)
    {
        lock (_gate)
        {
            SyncConfiguration sync = premises.Current.FindSync(name);
            return live.UnderWay.FirstOrDefault(r => r.Kind == RunRow.Audit && r.Title == sync.Name) ?? live.Start(RunRow.Audit, sync.Name, by, (run, token) => AuditAsync(run, sync.Name, token));
        }
    }

    /// <summary>The last one that began, however it ended; null when there was none.</summary>
    public async Task<RunRow?> LastAsync(string sync, CancellationToken cancellationToken) => await LatestAsync(sync, 1, cancellationToken) is [var last] ? last : null;

    /// <summary>The last one that came to its end; null when there was none.</summary>
    public async Task<RunRow?> LastWholeAsync(string sync, CancellationToken cancellationToken) => (await LatestAsync(sync, LookedBack, cancellationToken)).FirstOrDefault(r => r.Tally.Audited is not null);

    private Task<IReadOnlyList<RunRow>> LatestAsync(string sync, int take, CancellationToken cancellationToken) => premises.Store.Runs.ListAsync(new(sync, RunRow.Audit), take, cancellationToken);

    private async Task<RunRow?> AuditAsync(LiveRun run, string name, CancellationToken cancellationToken)
    {
        using SyncTurns.Turn turn = await turns.TakeAsync(name, cancellationToken);
        using Workspace workspace = premises.Open(Priority.Backfill);
        using IDisposable? held = workspace.RunStores.Locks.TryTake(name);
        if (held is null)
        {
            run.Say("Another process runs this sync: its counts are compared when it is done.");
            return null;
        }
        RunRow? good = (await premises.Store.Runs.ListAsync(new(name, "sync"), LookedBack, cancellationToken)).FirstOrDefault(r => r.State is RunState.Done or RunState.DoneWithDeadLetters);
        if (good is null) throw new UsageException($"'{name}' was never brought to its end: there is nothing to compare yet.", "Run it first.");
        RunRow? before = await LastWholeAsync(name, cancellationToken);
        RunRow row = await new SyncAudit(workspace).CompareAsync(workspace.FindSync(name), good.StartedAt, cancellationToken);
        await TellAsync(workspace, before, row, cancellationToken);
        return row;
    }

    private async Task TellAsync(Workspace workspace, RunRow? before, RunRow row, CancellationToken cancellationToken)
    {
        if (row.Tally.Audited is not { } count || workspace.Configuration.Alert.CountDrift is not { } most || !Drift.IsNews(before?.Tally.Audited, count, most)) return;
        await new Alarm(workspace, new(TextReader.Null, TextWriter.Null, new LineWriter(line => NotTold(log, line)))).RaiseAsync(Alert.OfDrift(row.Sync, row.Id, count), cancellationToken);
    }

    [LoggerMessage(31, LogLevel.Warning, "{Complaint}")]
    private static partial void NotTold(ILogger logger, string complaint);
}
