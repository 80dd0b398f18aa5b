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
    // As many changes as are read, coalesced and ordered by kind at a time: bounds memory.
    private const int Window = 5_000;

    // Planning runs this many chunks ahead of loading, so that the writes never wait for a look-up.
    private const int MostUnderWay = 3;

    /// <param name="checkpoints">False in a dry run: the place in the feed is not kept, and dead letters are left alone.</param>
    public async Task RunAsync(OutboundRequest request, CarryOut carryOut, bool checkpoints, Action<OutboundProgress> report, CancellationToken cancellationToken)
    {
        string reader = request.ReaderOf(destination);
        long reached = request.IsFull ? 0 : await journal.FindOffsetAsync(reader, cancellationToken);
        long last = await hub.LastSequenceAsync(cancellationToken);
        (long begun, long done, long total) = (0, 0, 0);
        ChunksUnderWay underWay = new(MostUnderWay, (tally, count) => report(new(tally, done += count, total)));
        try
        {
            if (checkpoints && request.RetriesDue)
            {
                Dictionary<RecordKind, long[]> due = await DueAsync(request, cancellationToken);
                total = begun = CountOf(due);
                await CarryOutAsync(due, carryOut, underWay, cancellationToken);
                await underWay.DrainAsync(cancellationToken);
            }
            while (await NextAsync(reached, request.Until, cancellationToken) is { Count: > 0 } window)
            {
                // Inbound pages committed meanwhile by another run are taken along.
                long upTo = reached = window[^1].Sequence;
                Dictionary<RecordKind, long[]> ids = Coalesce(window, await planner.DependentsAsync(window, cancellationToken));
                begun += CountOf(ids);
                total = begun + Math.Max(0, last - reached);
                if (underWay.Holds(ids.Values.SelectMany(i => i))) await underWay.DrainAsync(cancellationToken);
                await CarryOutAsync(ids, carryOut, underWay, cancellationToken);
                if (checkpoints) await underWay.ThenAsync(token => journal.SaveOffsetAsync(reader, upTo, token), cancellationToken);
            }
            await underWay.DrainAsync(cancellationToken);
        }
        finally
        {
            await underWay.AbandonAsync(CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<FeedEntry>> NextAsync(long reached, long? until, CancellationToken cancellationToken)
    {
        IReadOnlyList<FeedEntry> window = reached >= until ? [] : await hub.ReadFeedAsync(reached, Window, cancellationToken);
        return until is null || window.Count == 0 || window[^1].Sequence <= until ? window : [.. window.TakeWhile(e => e.Sequence <= until)];
    }

    private async Task<Dictionary<RecordKind, long[]>> DueAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeadLetter> due = await journal.DueAsync(request.Sync, destination.Connection, clock.GetUtcNow(), request.RetriesAll, Window, cancellationToken);
        return due.Where(d => d.GoldenId is not null).GroupBy(d => d.Kind).ToDictionary(g => g.Key, g => g.Select(d => d.GoldenId!.Value).Distinct().ToArray());
    }

    private long CountOf(Dictionary<RecordKind, long[]> ids) => ids.Where(k => destination.Streams.Any(s => s.Kind == k.Key)).Sum(k => (long)k.Value.Length);

    private static Dictionary<RecordKind, long[]> Coalesce(IReadOnlyList<FeedEntry> window, IReadOnlyList<GoldenRecord> dependents) => window
        .Select(e => (e.Change.Kind, Id: e.Change.GoldenId))
        .Concat(dependents.Select(d => (d.Kind, d.Id)))
        .GroupBy(e => e.Kind)
        .ToDictionary(g => g.Key, g => g.Select(e => e.Id).Distinct().ToArray());

    private async Task CarryOutAsync(Dictionary<RecordKind, long[]> ids, CarryOut carryOut, ChunksUnderWay underWay, CancellationToken cancellationToken)
    {
        // Stream by stream in the destination's order, so that what is referred to is there before what refers to it.
        foreach ((int place, DestinationStream stream) in destination.Streams.Index())
        {
            if (!ids.TryGetValue(stream.Kind, out long[]? goldenIds)) continue;
            if (underWay.HoldsAny(destination.Streams.Take(place))) await underWay.DrainAsync(cancellationToken);
            await CarryOutAsync(stream, goldenIds, carryOut, underWay, cancellationToken);
        }
    }

    /// <summary>Leaves the last chunks under way: a destination that takes a hundred records a call would stand idle at the end of every window.</summary>
    private async Task CarryOutAsync(DestinationStream stream, long[] goldenIds, CarryOut carryOut, ChunksUnderWay underWay, CancellationToken cancellationToken)
    {
        Planner decisions = planner.PlannerOf(stream);
        foreach (long[] chunk in goldenIds.Chunk(stream.ReadBatch))
        {
            IReadOnlyList<PlannedRecord> planned = await planner.PlanAsync(decisions, stream, chunk, cancellationToken);
            await underWay.MakeRoomAsync(cancellationToken);
            underWay.Add(stream, chunk, carryOut(stream, planned, cancellationToken));
        }
        // The next window's planner knows what this one has claimed only by its durable link.
        if (decisions.HasClaimed) await underWay.DrainAsync(cancellationToken);
    }
}
