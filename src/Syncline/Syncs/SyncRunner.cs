using Syncline.Enriching;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Syncs;

/// <summary>What a runner keeps its work in.</summary>
public sealed record RunStores(IHub Hub, IJournal Journal, IRunLog Runs, IRunLocks Locks)
{
    /// <summary>Null where nothing is enriched.</summary>
    public IEnrichmentCache? Enrichments { get; init; }

    /// <summary>Null where nothing is asked in batches.</summary>
    public IEnrichmentBatches? Batches { get; init; }
}

/// <summary>Another run of the same sync is under way.</summary>
public sealed class SyncBusyException(string sync) : Exception($"Sync '{sync}' is running already, in this or another process. Wait for it to end, or stop it; two runs of one sync would only redo each other's work.");

/// <summary>Runs one sync from its sources through the hub to its destinations.</summary>
public sealed class SyncRunner(RunStores stores, TimeProvider clock)
{
    /// <summary>Runs to the end, or to the first failure that ends a run; in either case all that was done is durable and the next run goes on from there.</summary>
    /// <exception cref="SyncBusyException">The sync is running already.</exception>
    public async Task<RunRow> RunAsync(SyncDefinition sync, SyncEnds ends, RunOptions options, Action<RunProgress> report, CancellationToken cancellationToken)
    {
        using IDisposable held = stores.Locks.TryTake(sync.Name) ?? throw new SyncBusyException(sync.Name);
        await stores.Runs.CloseAbandonedAsync(sync.Name, cancellationToken);
        long runId = await stores.Runs.StartAsync(sync.Name, options.Hints.Count > 0 ? RunRow.Webhook : "sync", cancellationToken);
        SyncRun run = new(stores, sync, ends, options, runId, report, clock);
        (RunState state, string? detail) = (RunState.Failed, null);
        try
        {
            await run.GoAsync(cancellationToken);
            long open = await stores.Journal.CountDeadLettersAsync(sync.Name, cancellationToken);
            run.Add(new() { DeadLetters = open, IsPart = !run.IsWhole });
            (state, detail) = (open == 0 ? RunState.Done : RunState.DoneWithDeadLetters, run.Missed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            (state, detail) = (RunState.Cancelled, "Stopped by the user; the next run goes on from here.");
        }
        catch (ProviderException failure)
        {
            detail = failure.Hint is null ? failure.Message : $"{failure.Message} {failure.Hint}";
        }
        finally
        {
            await stores.Runs.FinishAsync(runId, state, run.Tally, detail, CancellationToken.None);
        }
        return await stores.Runs.FindAsync(runId, CancellationToken.None) ?? throw new InvalidOperationException($"Run {runId} is not in the run log.");
    }
}
