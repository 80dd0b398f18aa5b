using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Connectors;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>Carries one sync out for a command: what went before is taken over, progress is shown, the trail is kept, somebody is told.</summary>
internal sealed class SyncExecution(Workspace workspace, Terminal terminal, AuditTrail audit)
{
    // As many dead letters of one run as the log lists; all are in the hub.
    private const int LoggedDeadLetters = 1000;

    /// <summary>Hears of every step, beside what the terminal shows.</summary>
    public Action<RunProgress> Watch { get; init; } = static _ => { };

    public async Task<RunRow> RunAsync(SyncConfiguration sync, RunOptions options, CancellationToken cancellationToken)
    {
        audit.Started("sync", sync.Name);
        try
        {
            RunRow run = await CarryOutAsync(sync, options, cancellationToken);
            await TellAsync(run, cancellationToken);
            return run;
        }
        catch (Exception failure) when (failure is not SyncBusyException)
        {
            // The run row may be what could not be written, or a key what is not there: whoever waits for the alert gets one all the same.
            await new Alarm(workspace, terminal).RaiseAsync(new RunRow(0, sync.Name, "sync", RunState.Failed, workspace.Clock.GetUtcNow(), null, RunTally.Empty, failure.Message), cancellationToken);
            throw;
        }
    }

    private async Task<RunRow> CarryOutAsync(SyncConfiguration sync, RunOptions options, CancellationToken cancellationToken)
    {
        SyncEnds ends = workspace.EndsOf(sync);
        if (!options.IsFull && !options.OnlyOutbound) await TakeOverAsync(workspace, terminal, sync, workspace.Hub, cancellationToken);
        ProgressReport progress = new(terminal, ends.Permits, workspace.Clock);
        try
        {
            return await new SyncRunner(workspace.RunStores, workspace.Clock).RunAsync(sync.ToDefinition(), ends, options, Told, cancellationToken);
        }
        finally
        {
            progress.Finish();
        }

        void Told(RunProgress step)
        {
            progress.Report(step);
            Watch(step);
        }
    }

    /// <summary>Takes the old script's state over for each HeyReach connection that is read.</summary>
    public static async Task TakeOverAsync(Workspace workspace, Terminal terminal, SyncConfiguration sync, IHub hub, CancellationToken cancellationToken)
    {
        foreach (string name in sync.From.Where(n => workspace.Configuration.Connections.Any(c => c.Name == n && c.Provider == "heyreach")))
        {
            await new OldSyncState(workspace.Folder, terminal).TakeOverAsync(hub, name, cancellationToken);
        }
    }

    private async Task TellAsync(RunRow run, CancellationToken cancellationToken)
    {
        audit.Finished(run);
        IReadOnlyList<DeadLetter> letters = run.Tally.DeadLetters == 0 ? [] : await workspace.Store.Journal.DeadLettersAsync(run.Sync, skipped: false, LoggedDeadLetters, CancellationToken.None);
        foreach (DeadLetter letter in letters.Where(l => l.RunId == run.Id)) audit.SetAside(letter);
        await new Alarm(workspace, terminal).RaiseAsync(run, cancellationToken);
    }
}
