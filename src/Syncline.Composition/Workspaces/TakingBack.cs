using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Connectors;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>Takes writes back at their destinations: of one run, or all that a sync created.</summary>
internal sealed class TakingBack(Workspace workspace, Terminal terminal, AuditTrail audit)
{
    // As many kept records as are told one by one.
    private const int Told = 20;

    /// <summary>Hears how far an undo is.</summary>
    public Action<RunProgress> Watch { get; init; } = static _ => { };

    private readonly Dictionary<string, CallPermits> _permits = new(StringComparer.Ordinal);

    /// <summary>Reverses a run: its writes at the destinations, then what it changed in the hub.</summary>
    public Task<RunRow> UndoAsync(RunRow run, IReadOnlyCollection<string> destinations, bool force, CancellationToken cancellationToken) =>
        new RunningKind(workspace, audit).RunAsync(run.Sync, "undo", async (undoId, report) =>
        {
            LoadContext context = new(run.Sync, undoId);
            UndoReport done = UndoReport.Empty;
            foreach (string name in destinations)
            {
                Undoing undoing = await PrepareAsync(name, context, cancellationToken);
                IAsyncEnumerable<JournalEntry> writes = workspace.Store.Journal.OfRunAsync(run.Id, cancellationToken);
                done = done.Plus(await undoing.TakeBackAsync(writes, onlyRemovals: false, force, part => Report(name, done.Plus(part)), cancellationToken));
                Report(name, done);
            }
            long touched = await new HubUndo(workspace.Hub, workspace.Clock).TakeBackAsync(run.Id, undoId, cancellationToken);
            Tell(done);
            string there = $"{Tables.Number(done.Removed)} removed, {Tables.Number(done.Restored)} restored, {Tables.Number(done.Kept.Count)} kept";
            return $"Run {run.Id} taken back: {there}; {Tables.Number(touched)} records of the hub restored.";

            void Report(string destination, UndoReport so)
            {
                RunTally tally = TallyOf(so);
                report(tally);
                Watch(new(RunPhase.Writing, destination, so.Removed + so.Restored + so.Kept.Count, null, tally));
            }
        }, cancellationToken);

    /// <summary>Removes what a sync created, and makes the next run write everything anew.</summary>
    /// <param name="force">True also removes what people changed after we made it.</param>
    public Task<RunRow> CleanUpAsync(SyncConfiguration sync, bool force, CancellationToken cancellationToken) =>
        new RunningKind(workspace, audit).RunAsync(sync.Name, "cleanup", async (runId, report) =>
        {
            LoadContext context = new(sync.Name, runId);
            UndoReport done = UndoReport.Empty;
            foreach (string name in sync.To)
            {
                Undoing undoing = await PrepareAsync(name, context, cancellationToken);
                IAsyncEnumerable<JournalEntry> created = workspace.Store.Journal.CreatedBySyncAsync(sync.Name, cancellationToken);
                done = done.Plus(await undoing.TakeBackAsync(created, onlyRemovals: true, force, part => report(TallyOf(done.Plus(part))), cancellationToken));
                report(TallyOf(done));
                await workspace.Store.Journal.SaveOffsetAsync($"{sync.Name}>{name}", 0, cancellationToken);
            }
            Tell(done);
            return $"{Tables.Number(done.Removed)} records removed, {Tables.Number(done.Kept.Count)} kept. The next run writes everything anew.";
        }, cancellationToken);

    private RunTally TallyOf(UndoReport done) => new()
    {
        Deleted = done.Removed,
        Updated = done.Restored,
        Skipped = done.Kept.Count,
        Calls = RunTally.Empty.Calls.AddRange(_permits.Select(p => KeyValuePair.Create(p.Key, p.Value.Calls))),
    };

    private async Task<Undoing> PrepareAsync(string name, LoadContext context, CancellationToken cancellationToken)
    {
        Connection connection = workspace.Open(name);
        IDestination destination = connection.Destination ?? throw new UsageException($"'{name}' is only read: there is nothing to take back.", "");
        _permits[name] = connection.Permits;
        await destination.PrepareAsync(connection.Maps, cancellationToken);
        return new(workspace.Hub, workspace.Store.Journal, destination, new MapSet().Add(name, connection.Maps), context);
    }

    private void Tell(UndoReport done)
    {
        foreach ((string record, string reason) in done.Kept.Take(Told)) terminal.Say($"Kept {record}: {reason}");
        if (done.Kept.Count > Told) terminal.Say($"… and {Tables.Number(done.Kept.Count - Told)} more were kept.");
    }
}
