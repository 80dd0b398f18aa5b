using Syncline.Composition.Logging;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>Runs work other than a sync (an import, an undo, a clean-up) as a run of its kind: under the sync's lock, in the run log and in the trail.</summary>
internal sealed class RunningKind(Workspace workspace, AuditTrail audit)
{
    /// <param name="work">Given the run's id. What it adds to the tally it reports through the second argument, so that a stopped run keeps its count.</param>
    public async Task<RunRow> RunAsync(string sync, string kind, Func<long, Action<RunTally>, Task<string?>> work, CancellationToken cancellationToken)
    {
        RunStores stores = workspace.RunStores;
        using IDisposable held = stores.Locks.TryTake(sync) ?? throw new SyncBusyException(sync);
        await stores.Runs.CloseAbandonedAsync(sync, cancellationToken);
        long runId = await stores.Runs.StartAsync(sync, kind, cancellationToken);
        audit.Started(kind, sync);
        (RunState state, string? detail, RunTally tally) = (RunState.Failed, null, RunTally.Empty);
        try
        {
            detail = await work(runId, done => tally = done);
            long open = kind == "import" ? await stores.Journal.CountDeadLettersAsync(sync, cancellationToken) : 0;
            tally = tally with { DeadLetters = tally.DeadLetters + open };
            state = tally.DeadLetters == 0 ? RunState.Done : RunState.DoneWithDeadLetters;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            (state, detail) = (RunState.Cancelled, "Stopped by the user; running the command again goes on from here.");
        }
        catch (ProviderException failure)
        {
            detail = failure.Hint is null ? failure.Message : $"{failure.Message} {failure.Hint}";
        }
        finally
        {
            await stores.Runs.FinishAsync(runId, state, tally, detail, CancellationToken.None);
        }
        RunRow run = await stores.Runs.FindAsync(runId, CancellationToken.None) ?? throw new InvalidOperationException($"Run {runId} is not in the run log.");
        audit.Finished(run);
        return run;
    }
}
