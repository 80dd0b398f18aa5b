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
    public Task<RunRow?> LastAsync(string sync, CancellationToken cancellationToken) => NewestAsync(new(sync, RunRow.Audit), cancellationToken);

    /// <summary>The last one that came to its end; null when there was none.</summary>
    public Task<RunRow?> LastWholeAsync(string sync, CancellationToken cancellationToken) => NewestAsync(new(sync, RunRow.Audit) { IsWhole = true }, cancellationToken);

    /// <summary>The last run that brought the whole sync to its end; null when there was none.</summary>
    public Task<RunRow?> LastGoodRunAsync(string sync, CancellationToken cancellationToken) => NewestAsync(new(sync, "sync") { IsWhole = true }, cancellationToken);

    private async Task<RunRow?> NewestAsync(RunFilter filter, CancellationToken cancellationToken) => await premises.Store.Runs.ListAsync(filter, 1, cancellationToken) is [var newest] ? newest : null;

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
        RunRow good = await LastGoodRunAsync(name, cancellationToken) ?? throw new UsageException($"'{name}' was never brought to its end: there is nothing to compare yet.", "Run it first.");
        RunRow? before = await LastWholeAsync(name, cancellationToken);
        double? most = workspace.Configuration.Alert.CountDrift;
        RunRow row = await new SyncAudit(workspace) { IsToldOf = count => most is { } share && Drift.IsDrift(count, share) }.CompareAsync(workspace.FindSync(name), good.StartedAt, cancellationToken);
        if (row.Tally.Audited is { } count && Drift.IsNews(before?.Tally.Audited, count)) await TellAsync(workspace, row, count, cancellationToken);
        return row;
    }

    private Task TellAsync(Workspace workspace, RunRow row, AuditCount count, CancellationToken cancellationToken) =>
        new Alarm(workspace, new(TextReader.Null, TextWriter.Null, new LineWriter(line => NotTold(log, line)))).RaiseAsync(Alert.OfDrift(row.Sync, row.Id, count), cancellationToken);

    [LoggerMessage(31, LogLevel.Warning, "{Complaint}")]
    private static partial void NotTold(ILogger logger, string complaint);
}
