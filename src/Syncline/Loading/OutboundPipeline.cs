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
        Progress progress = new(await hub.LastSequenceAsync(cancellationToken), report);
        ChunksUnderWay underWay = new(MostUnderWay, progress.Tell);
        try
        {
            if (checkpoints && request.RetriesDue) await CarryOutAsync(progress.Count(await DueAsync(request, cancellationToken), destination), null, carryOut, underWay, cancellationToken);
            await underWay.DrainAsync(cancellationToken);
            long reached = request.IsFull ? 0 : await journal.FindOffsetAsync(reader, cancellationToken);
            for (Stretch? next, now = await NextAsync(reached, request.Until, progress, cancellationToken); now is not null; now = next)
            {
                long upTo = now.UpTo;
                next = await NextAsync(upTo, request.Until, progress, cancellationToken);
                await CarryOutAsync(now, next, carryOut, underWay, cancellationToken);
                if (checkpoints) await underWay.ThenAsync(token => journal.SaveOffsetAsync(reader, upTo, token), cancellationToken);
                // Inbound pages committed meanwhile by another run are taken along.
                next ??= await NextAsync(upTo, request.Until, progress, cancellationToken);
            }
            await underWay.DrainAsync(cancellationToken);
        }
        finally
        {
            await underWay.AbandonAsync(CancellationToken.None);
        }
    }

    private async Task<Stretch?> NextAsync(long reached, long? until, Progress progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<FeedEntry> window = reached >= until ? [] : await hub.ReadFeedAsync(reached, Window, cancellationToken);
        if (until is not null && window.Count > 0 && window[^1].Sequence > until) window = [.. window.TakeWhile(e => e.Sequence <= until)];
        return window.Count == 0 ? null : progress.Count(new(window[^1].Sequence, Coalesce(window, await planner.DependentsAsync(window, cancellationToken))), destination);
    }

    private async Task<Stretch> DueAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeadLetter> due = await journal.DueAsync(request.Sync, destination.Connection, clock.GetUtcNow(), request.RetriesAll, Window, cancellationToken);
        return new(0, due.Where(d => d.GoldenId is not null).GroupBy(d => d.Kind).ToDictionary(g => g.Key, g => g.Select(d => d.GoldenId!.Value).Distinct().ToArray()));
    }

    private static Dictionary<RecordKind, long[]> Coalesce(IReadOnlyList<FeedEntry> window, IReadOnlyList<GoldenRecord> dependents) => window
        .Select(e => (e.Change.Kind, Id: e.Change.GoldenId))
        .Concat(dependents.Select(d => (d.Kind, d.Id)))
        .GroupBy(e => e.Kind)
        .ToDictionary(g => g.Key, g => g.Select(e => e.Id).Distinct().ToArray());

    /// <summary>Stream by stream in the destination's order, so that what is referred to is there before what refers to it.</summary>
    /// <param name="next">Its first stream goes ahead of this one's last, which does not refer to it: else the destination stood idle until the first is answered.</param>
    private async Task CarryOutAsync(Stretch now, Stretch? next, CarryOut carryOut, ChunksUnderWay underWay, CancellationToken cancellationToken)
    {
        DestinationStream[] streams = [.. destination.Streams.Where(s => now.Ids.ContainsKey(s.Kind))];
        foreach ((int place, DestinationStream stream) in streams.Index())
        {
            if (place == streams.Length - 1 && stream != destination.Streams[0]) await LeadAsync(next, carryOut, underWay, cancellationToken);
            if (stream == now.Led) continue;
            await underWay.DrainAsync(destination.Streams.TakeWhile(s => s != stream), now.UpTo, cancellationToken);
            await CarryOutAsync(stream, now, carryOut, underWay, cancellationToken);
        }
    }

    private async Task LeadAsync(Stretch? next, CarryOut carryOut, ChunksUnderWay underWay, CancellationToken cancellationToken)
    {
        DestinationStream first = destination.Streams[0];
        if (next?.Ids.ContainsKey(first.Kind) != true) return;
        await CarryOutAsync(first, next, carryOut, underWay, cancellationToken);
        next.Led = first;
    }

    /// <summary>Leaves the last chunks under way: a destination that takes a hundred records a call would stand idle at the end of every window.</summary>
    private async Task CarryOutAsync(DestinationStream stream, Stretch stretch, CarryOut carryOut, ChunksUnderWay underWay, CancellationToken cancellationToken)
    {
        long[] goldenIds = stretch.Ids[stream.Kind];
        if (underWay.Holds(goldenIds)) await underWay.DrainAsync(cancellationToken);
        Planner decisions = planner.PlannerOf(stream);
        foreach (long[] chunk in goldenIds.Chunk(stream.ReadBatch))
        {
            IReadOnlyList<PlannedRecord> planned = await planner.PlanAsync(decisions, stream, chunk, cancellationToken);
            await underWay.MakeRoomAsync(cancellationToken);
            underWay.Add(stream, stretch.UpTo, chunk, carryOut(stream, planned, cancellationToken));
        }
        // The next window's planner knows what this one has claimed only by its durable link.
        if (decisions.HasClaimed) await underWay.DrainAsync(cancellationToken);
    }

    /// <summary>Records to be looked at, by kind.</summary>
    /// <param name="UpTo">The place in the feed they come from; 0 for those that failed before.</param>
    private sealed record Stretch(long UpTo, Dictionary<RecordKind, long[]> Ids)
    {
        /// <summary>The stream that has been begun already.</summary>
        public DestinationStream? Led { get; set; }
    }

    private sealed class Progress(long last, Action<OutboundProgress> report)
    {
        private long _begun, _done, _total;

        public Stretch Count(Stretch stretch, IDestination destination)
        {
            _begun += stretch.Ids.Where(k => destination.Streams.Any(s => s.Kind == k.Key)).Sum(k => (long)k.Value.Length);
            _total = _begun + (stretch.UpTo == 0 ? 0 : Math.Max(0, last - stretch.UpTo));
            return stretch;
        }

        public void Tell(RunTally tally, int count) => report(new(tally, _done += count, _total));
    }
}
