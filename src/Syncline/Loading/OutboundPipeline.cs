using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Loading;

/// <summary>What an outbound half is to do.</summary>
public sealed record OutboundRequest(string Sync, long RunId, SyncScope Scope)
{
    /// <summary>Compare everything in scope with the destination, changed or not.</summary>
    public bool IsFull { get; init; }

    /// <summary>Try every dead letter again, due or not.</summary>
    public bool RetriesAll { get; init; }

    /// <summary>Try the dead letters that are due. False while the sources are still being read: once a run is enough.</summary>
    public bool RetriesDue { get; init; } = true;

    /// <summary>Goes no further in the feed than this: what comes behind has not been enriched yet, and would be written twice. Null goes to its end.</summary>
    public long? Until { get; init; }

    /// <summary>The name under which this reader's place in the feed is kept.</summary>
    public string ReaderOf(IDestination destination) => $"{Sync}>{destination.Connection}";
}

/// <summary>Takes planned records of one stream: a loader carries them out, a dry run only counts them.</summary>
public delegate Task<RunTally> CarryOut(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, CancellationToken cancellationToken);

/// <summary>Where an outbound half stands.</summary>
/// <param name="Tally">What has been done since the last report.</param>
/// <param name="Done">Records planned and carried out.</param>
/// <param name="Total">Records to be planned, as far as is known: changes further on in the feed count one each until they are coalesced.</param>
public readonly record struct OutboundProgress(RunTally Tally, long Done, long Total);

/// <summary>The path from the change feed to one destination: coalesce, plan, carry out, checkpoint.</summary>
public sealed class OutboundPipeline(IHub hub, IJournal journal, IDestination destination, ChunkPlanner planner, TimeProvider clock)
{
    // As many changes as are read, coalesced and ordered by kind at a time: bounds memory, and the pause while the last of one kind is awaited before the next.
    private const int Window = 5_000;

    // Planning runs this many chunks ahead of loading, so that the writes never wait for a look-up.
    private const int ChunksUnderWay = 3;

    /// <param name="checkpoints">False in a dry run: the place in the feed is not kept, and dead letters are left alone.</param>
    public async Task RunAsync(OutboundRequest request, CarryOut carryOut, bool checkpoints, Action<OutboundProgress> report, CancellationToken cancellationToken)
    {
        string reader = request.ReaderOf(destination);
        long reached = request.IsFull ? 0 : await journal.FindOffsetAsync(reader, cancellationToken);
        long last = await hub.LastSequenceAsync(cancellationToken);
        long done = 0;
        if (checkpoints && request.RetriesDue) done = await RetryAsync(request, carryOut, report, cancellationToken);
        while (await NextAsync(reached, request.Until, cancellationToken) is { Count: > 0 } window)
        {
            // Inbound pages committed meanwhile by another run are taken along.
            reached = window[^1].Sequence;
            Dictionary<RecordKind, long[]> ids = Coalesce(window, await planner.DependentsAsync(window, cancellationToken));
            long total = done + CountOf(ids) + Math.Max(0, last - reached);
            await CarryOutAsync(ids, carryOut, (tally, count) => report(new(tally, done += count, total)), cancellationToken);
            if (checkpoints) await journal.SaveOffsetAsync(reader, reached, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<FeedEntry>> NextAsync(long reached, long? until, CancellationToken cancellationToken)
    {
        IReadOnlyList<FeedEntry> window = reached >= until ? [] : await hub.ReadFeedAsync(reached, Window, cancellationToken);
        return until is null || window.Count == 0 || window[^1].Sequence <= until ? window : [.. window.TakeWhile(e => e.Sequence <= until)];
    }

    private async Task<long> RetryAsync(OutboundRequest request, CarryOut carryOut, Action<OutboundProgress> report, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeadLetter> due = await journal.DueAsync(request.Sync, destination.Connection, clock.GetUtcNow(), request.RetriesAll, Window, cancellationToken);
        Dictionary<RecordKind, long[]> ids = due.Where(d => d.GoldenId is not null).GroupBy(d => d.Kind).ToDictionary(g => g.Key, g => g.Select(d => d.GoldenId!.Value).Distinct().ToArray());
        long done = 0;
        long total = CountOf(ids);
        await CarryOutAsync(ids, carryOut, (tally, count) => report(new(tally, done += count, total)), cancellationToken);
        return done;
    }

    private long CountOf(Dictionary<RecordKind, long[]> ids) => ids.Where(k => destination.Streams.Any(s => s.Kind == k.Key)).Sum(k => (long)k.Value.Length);

    private static Dictionary<RecordKind, long[]> Coalesce(IReadOnlyList<FeedEntry> window, IReadOnlyList<GoldenRecord> dependents) => window
        .Select(e => (e.Change.Kind, Id: e.Change.GoldenId))
        .Concat(dependents.Select(d => (d.Kind, d.Id)))
        .GroupBy(e => e.Kind)
        .ToDictionary(g => g.Key, g => g.Select(e => e.Id).Distinct().ToArray());

    private async Task CarryOutAsync(Dictionary<RecordKind, long[]> ids, CarryOut carryOut, Action<RunTally, int> report, CancellationToken cancellationToken)
    {
        // Stream by stream in the destination's order, so that what is referred to is there before what refers to it.
        foreach (DestinationStream stream in destination.Streams)
        {
            if (ids.TryGetValue(stream.Kind, out long[]? goldenIds)) await CarryOutAsync(stream, goldenIds, carryOut, report, cancellationToken);
        }
    }

    private async Task CarryOutAsync(DestinationStream stream, long[] goldenIds, CarryOut carryOut, Action<RunTally, int> report, CancellationToken cancellationToken)
    {
        Planner decisions = planner.PlannerOf(stream);
        Queue<(Task<RunTally> Work, int Count)> underWay = new();
        try
        {
            foreach (long[] chunk in goldenIds.Chunk(stream.ReadBatch))
            {
                IReadOnlyList<PlannedRecord> planned = await planner.PlanAsync(decisions, stream, chunk, cancellationToken);
                if (underWay.Count >= ChunksUnderWay) await ReportAsync(underWay.Dequeue(), report);
                underWay.Enqueue((carryOut(stream, planned, cancellationToken), chunk.Length));
            }
            while (underWay.TryDequeue(out (Task<RunTally>, int) chunk)) await ReportAsync(chunk, report);
        }
        finally
        {
            // A failure in one chunk must not leave another writing behind our back; its own failure is not the first one's, and is dropped with it.
            foreach ((Task<RunTally> work, _) in underWay) await work.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static async Task ReportAsync((Task<RunTally> Work, int Count) chunk, Action<RunTally, int> report) => report(await chunk.Work, chunk.Count);
}
