using Syncline.Enriching;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Syncs;

/// <summary>What a runner keeps its work in.</summary>
public sealed record RunStores(IHub Hub, IJournal Journal, IRunLog Runs, IRunLocks Locks);

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
        long runId = await stores.Runs.StartAsync(sync.Name, "sync", cancellationToken);
        SyncRun run = new(stores, sync, ends, options, runId, report, clock);
        (RunState state, string? detail) = (RunState.Failed, null);
        try
        {
            await run.GoAsync(cancellationToken);
            long open = await stores.Journal.CountDeadLettersAsync(sync.Name, cancellationToken);
            run.Add(new() { DeadLetters = open });
            state = open == 0 ? RunState.Done : RunState.DoneWithDeadLetters;
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

/// <summary>One run under way.</summary>
internal sealed class SyncRun(RunStores stores, SyncDefinition sync, SyncEnds ends, RunOptions options, long runId, Action<RunProgress> report, TimeProvider clock)
{
    // Whoever asks for the status meanwhile sees a tally that is at most this old.
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, CallCount> _callsBefore = ends.Permits.ToDictionary(p => p.Key, p => p.Value.Calls);

    // One for all destinations: it numbers the operations of the run.
    private readonly LoadContext _context = new(sync.Name, runId);
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private DateTimeOffset _reported = clock.GetUtcNow();
    private RunTally _tally = RunTally.Empty;

    public RunTally Tally => _tally with { Calls = RunTally.Empty.Calls.AddRange(ends.Permits.Select(p => KeyValuePair.Create(p.Key, Since(p.Key, p.Value)))) };

    public void Add(RunTally tally) => _tally = _tally.Plus(tally);

    public async Task GoAsync(CancellationToken cancellationToken)
    {
        List<Outbound> outbound = [];
        foreach (IDestination destination in ends.Destinations) outbound.Add(await PrepareAsync(destination, cancellationToken));
        if (!options.OnlyOutbound)
        {
            foreach (ISource source in ends.Sources) await ReadAsync(source, cancellationToken);
        }
        report(new(RunPhase.Enriching, SyncScope.Derived, 0, null, Tally));
        await new EngagementEnrichment(stores.Hub, stores.Journal, clock).RunAsync(sync.Name, runId, sync.Policies, sync.WithNotes, cancellationToken);
        foreach (Outbound destination in outbound) await WriteAsync(destination, cancellationToken);
    }

    private async Task<Outbound> PrepareAsync(IDestination destination, CancellationToken cancellationToken)
    {
        report(new(RunPhase.Preparing, destination.Connection, 0, null, Tally));
        Outbound outbound = await Outbound.PrepareAsync(stores.Hub, destination, ends.Maps, sync, options, isDryRun: false, cancellationToken);
        return outbound.WithLoader(stores.Journal, _context, clock);
    }

    private async Task ReadAsync(ISource source, CancellationToken cancellationToken)
    {
        long covered = 0;
        InboundPipeline pipeline = new(stores.Hub, ends.Maps, clock);
        InboundRequest request = new(sync.Name, runId, sync.Policies) { IsFull = options.IsFull, MaxRecords = options.MaxRecords, MaxPages = options.MaxPages };
        report(new(RunPhase.Reading, source.Stream.Id.Connection, 0, null, Tally));
        await pipeline.RunAsync(source, request, (tally, page) =>
        {
            Add(tally);
            covered += page.Covered;
            report(new(RunPhase.Reading, source.Stream.Id.Connection, covered, page.Expected, Tally));
        }, cancellationToken);
        await stores.Runs.ReportAsync(runId, Tally, cancellationToken);
    }

    private async Task WriteAsync(Outbound outbound, CancellationToken cancellationToken)
    {
        // After the reading, so that the time for the destination's reads to catch up with an earlier process has mostly passed by itself.
        Add(await outbound.Resumption!.RunAsync(_startedAt, cancellationToken));
        OutboundPipeline pipeline = new(stores.Hub, stores.Journal, outbound.Destination, outbound.Planner, clock);
        OutboundRequest request = new(sync.Name, runId, new(sync.From)) { IsFull = options.IsFull, RetriesAll = options.RetriesAll };
        await pipeline.RunAsync(request, LoadAsync, checkpoints: true, progress =>
        {
            Add(progress.Tally);
            report(new(RunPhase.Writing, outbound.Destination.Connection, progress.Done, progress.Total, Tally));
        }, cancellationToken);

        async Task<RunTally> LoadAsync(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, CancellationToken token)
        {
            RunTally done = await outbound.Loader!.LoadAsync(stream, planned, token);
            await ReportIfDueAsync(token);
            return done;
        }
    }

    private async Task ReportIfDueAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - _reported < ReportEvery) return;
        _reported = clock.GetUtcNow();
        await stores.Runs.ReportAsync(runId, Tally, cancellationToken);
    }

    private CallCount Since(string connection, CallPermits permits)
    {
        CallCount before = _callsBefore[connection];
        return new(permits.Calls.Reads - before.Reads, permits.Calls.Writes - before.Writes, permits.Calls.Throttled - before.Throttled);
    }
}
