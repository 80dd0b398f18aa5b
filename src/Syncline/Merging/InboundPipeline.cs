using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Matching;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Merging;

/// <summary>What an inbound half is to do.</summary>
public sealed record InboundRequest(string Sync, long RunId, MergePolicies Policies)
{
    public bool IsFull { get; init; }

    public int? MaxRecords { get; init; }

    public int? MaxPages { get; init; }

    public DeletePolicy Deletes { get; init; } = DeletePolicy.Keep;
}

/// <summary>The path from a source into the hub, page by page: map, match, merge, commit.</summary>
public sealed class InboundPipeline(IHub hub, MapSet maps, TimeProvider clock)
{
    // Bounds what is in memory at a time; a source that takes fewer ids in one question divides them itself.
    private const int Chunk = 100;

    private readonly List<Suspicion> _suspicions = [];
    private readonly List<RecordKey> _absent = [];

    /// <summary>Records met so far that their system may have merged others into.</summary>
    public IReadOnlyList<Suspicion> Suspicions => _suspicions;

    /// <summary>Records that were to be read again and are not there, though nothing says that they were deleted.</summary>
    public IReadOnlyList<RecordKey> Absent => _absent;

    /// <summary>Brings every change since the last committed page into the hub. A record that cannot be merged is a dead letter.</summary>
    /// <param name="report">Told after each committed page, with that page's tally.</param>
    public async Task RunAsync(ISource source, InboundRequest request, Action<RunTally, Page> report, CancellationToken cancellationToken)
    {
        Cursor? reached = request.IsFull ? null : await hub.FindCursorAsync(source.Stream.Id, cancellationToken);
        ReadRequest reading = new(reached) { IsFull = request.IsFull, MaxRecords = request.MaxRecords, MaxPages = request.MaxPages, Known = hub };
        await foreach (Page page in source.ReadAsync(reading, cancellationToken))
        {
            RunTally tally = await MergeAsync(source.Stream, page, page.Next, request, cancellationToken);
            report(tally, page);
            // A dry run reads into a copy of the hub: what it does not see there is no evidence.
            if (page.CompletesSweep && source.Stream.IsCensus && request.RunId > 0) await BuryAsync(source.Stream, await new Census(hub, clock).ConcludeAsync(source, request, cancellationToken), request, cancellationToken);
        }
    }

    /// <summary>Reads single records again, because something said that they may have changed. The stream's cursor stays where it is.</summary>
    public async Task<RunTally> RereadAsync(IPointSource source, IReadOnlyCollection<Hint> hints, InboundRequest request, CancellationToken cancellationToken)
    {
        RunTally tally = RunTally.Empty;
        foreach (Hint[] some in hints.Chunk(Chunk))
        {
            string[] ids = [.. some.Select(h => h.Key.Id).Concat(some.Select(h => h.MergedInto).OfType<string>()).Distinct(StringComparer.Ordinal)];
            IReadOnlyList<RemoteRecord> present = await source.FetchAsync(ids, cancellationToken);
            HashSet<string> there = [.. present.Select(r => r.Key.Id)];
            _absent.AddRange(some.Where(h => !h.IsDeletion && h.MergedInto is null && !there.Contains(h.Key.Id)).Select(h => h.Key).Distinct());
            // An event alone may be late, or about a record that was restored; absence alone may be a lag. Both together are proof.
            string[] gone = [.. some.Where(h => (h.IsDeletion || h.MergedInto is not null) && !there.Contains(h.Key.Id)).Select(h => h.Key.Id).Distinct(StringComparer.Ordinal)];
            tally = tally.Plus(await MergeAsync(source.Stream, PageOf(present), null, request, cancellationToken));
            await SuspectAsync(source.Stream.Id, [.. some.Where(h => h.MergedInto is not null && gone.Contains(h.Key.Id))], cancellationToken);
            await BuryAsync(source.Stream, [.. gone.Select(id => Census.Tombstone(source.Stream, id))], request, cancellationToken);
        }
        return tally;
    }

    /// <summary>A merge that its system announced needs no common key to be seen.</summary>
    private async Task SuspectAsync(StreamId stream, Hint[] merged, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<RecordKey, Link> links = await hub.FindLinksAsync([.. merged.Select(h => h.Key).Concat(merged.Select(h => stream.Key(h.MergedInto!)))], cancellationToken);
        foreach (IGrouping<string, Hint> into in merged.GroupBy(h => h.MergedInto!))
        {
            long[] owners = [.. into.Select(h => h.Key).Append(stream.Key(into.Key)).Select(k => links.GetValueOrDefault(k)?.GoldenId).OfType<long>().Distinct()];
            if (owners.Length > 1) _suspicions.Add(new(stream.Key(into.Key), owners));
        }
    }

    private static Page PageOf(IReadOnlyList<RemoteRecord> records) => new(records, new("")) { Versions = [.. records.Where(r => r.Version is not null).Select(r => (r.Key, r.Version!))], Covered = records.Count };

    private Task BuryAsync(StreamDescriptor stream, IReadOnlyList<RemoteRecord> tombstones, InboundRequest request, CancellationToken cancellationToken) =>
        tombstones.Count == 0 ? Task.CompletedTask : MergeAsync(stream, new(tombstones, new("")), null, request, cancellationToken);

    private async Task<RunTally> MergeAsync(StreamDescriptor stream, Page page, Cursor? next, InboundRequest request, CancellationToken cancellationToken)
    {
        List<MappedRecord> mapped = [.. page.Records.Select(Map)];
        // One transaction, lookups included: a crash repeats the page, and no other process can claim a key between our look and our write.
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        MergeContext context = new(request.Sync, request.RunId, clock.GetUtcNow(), request.Policies) { IsCensus = stream.IsCensus, RowOf = stream.KeepsRows ? RowOf : null };
        (PageState state, List<MappedRecord> moved) = await StateOfAsync(session, mapped, stream, cancellationToken);
        PageMerge merge = new(context, state);
        foreach (MappedRecord record in moved) merge.Merge(record);
        HubChanges changes = merge.Finish();
        Reject(changes, page, context);
        if (page.StartsSweep) changes.Reread.Add((request.Sync, stream.Id));
        // No content has the empty version: what could not be taken in whole is met again, also where it goes back to what it was.
        changes.Versions.AddRange(page.Versions.Select(v => merge.Dangling.Contains(v.Key) ? (v.Key, "") : v));
        changes.ReadBy = request.RunId;
        if (next is not null) changes.Cursors.Add((stream.Id, next));
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
        _suspicions.AddRange(merge.Suspicions);
        return new() { Seen = page.Records.Count + page.Unchanged, Skipped = page.Rejections.Count(r => r.IsSkip), Conflicts = merge.Conflicts, Failed = changes.DeadLetters.Count(d => d.Stage != DeadLetter.SkippedStage) };
    }

    private MappedRecord Map(RemoteRecord record)
    {
        FieldSet canonical = maps.ToCanonical(record);
        return new(record, canonical, IdentityKeys.Of(record.Kind, canonical)) { MadeOf = HubMark.Read(hub.Name, canonical) };
    }

    private FieldSet RowOf(RemoteRecord record, FieldSet golden) => maps.Find(record.Key.Connection, record.Key.Stream)?.ToRemote(golden) ?? FieldSet.Empty;

    /// <summary>What the hub holds about the page, and the records of it that may change something.</summary>
    private static async Task<(PageState State, List<MappedRecord> Moved)> StateOfAsync(IHubSession session, List<MappedRecord> mapped, StreamDescriptor stream, CancellationToken cancellationToken)
    {
        HashSet<RecordKey> keys = new(mapped.Count), repeated = [];
        HashSet<IdentityKey> identities = new(2 * mapped.Count);
        foreach (MappedRecord record in mapped)
        {
            if (!keys.Add(record.Remote.Key)) repeated.Add(record.Remote.Key);
            foreach ((IdentityKey key, _) in record.Keys) identities.Add(key);
        }
        keys.UnionWith(mapped.SelectMany(ReferencedBy));
        IReadOnlyDictionary<RecordKey, Link> links = await session.FindLinksAsync(keys, cancellationToken);
        IReadOnlyDictionary<IdentityKey, long> owners = await session.FindOwnersAsync(identities, cancellationToken);
        List<MappedRecord> moved = [.. mapped.Where(m => stream.KeepsRows || repeated.Contains(m.Remote.Key) || !IsAsSeen(m, links.GetValueOrDefault(m.Remote.Key), owners))];
        (HashSet<long> ids, int unknown) = Concerned(moved, links, owners);
        IReadOnlyDictionary<long, GoldenRecord> golden = await session.LoadAsync(ids, cancellationToken);
        return (new(links, owners, golden, unknown == 0 ? 0 : await session.ReserveIdsAsync(unknown, cancellationToken)), moved);
    }

    /// <summary>The golden records these may be, and how many of them may be nobody's yet.</summary>
    private static (HashSet<long> Ids, int Unknown) Concerned(List<MappedRecord> moved, IReadOnlyDictionary<RecordKey, Link> links, IReadOnlyDictionary<IdentityKey, long> owners)
    {
        HashSet<long> ids = [];
        int unknown = 0;
        foreach (MappedRecord record in moved)
        {
            if (links.TryGetValue(record.Remote.Key, out Link? link)) ids.Add(link.GoldenId);
            else unknown++;
            if (record.MadeOf is { } made) ids.Add(made);
            foreach ((IdentityKey key, _) in record.Keys)
            {
                if (owners.TryGetValue(key, out long owner)) ids.Add(owner);
            }
        }
        return (ids, unknown);
    }

    /// <summary>True when merging the record could change nothing: most of a full reading. Its golden record need not be loaded then.</summary>
    private static bool IsAsSeen(MappedRecord record, Link? link, IReadOnlyDictionary<IdentityKey, long> owners) =>
        link is { State: not LinkState.Gone } && !record.Remote.IsDeleted && link.Seen.Equals(record.Canonical)
        && (record.Remote.ModifiedAt is not { } modified || modified <= link.SeenModifiedAt) && record.Keys.All(k => owners.TryGetValue(k.Key, out long owner) && (k.IsWeak || owner == link.GoldenId));

    private static IEnumerable<RecordKey> ReferencedBy(MappedRecord record) => record.Canonical
        .Where(f => f.Value.Type == FieldType.Reference)
        .Select(f => new RecordKey(record.Remote.Key.Connection, f.Value.ReferencedScope, f.Value.ReferencedId));

    private static void Reject(HubChanges changes, Page page, MergeContext context)
    {
        foreach (Rejection rejection in page.Rejections)
        {
            DeadLetterKey key = new(context.Sync, rejection.Key.Connection, rejection.Key.ToString());
            changes.DeadLetters.Add(new(key, rejection.Kind, rejection.IsSkip ? DeadLetter.SkippedStage : "extraction", rejection.Code, rejection.Reason, context.RunId) { At = context.Now });
        }
        HashSet<string> rejected = [.. changes.DeadLetters.Select(d => d.Key.Subject)];
        changes.Settled.AddRange(page.Records.Select(r => new DeadLetterKey(context.Sync, r.Key.Connection, r.Key.ToString())).Where(k => !rejected.Contains(k.Subject)));
    }
}
