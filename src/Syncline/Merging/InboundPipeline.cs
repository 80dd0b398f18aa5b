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
}

/// <summary>The path from a source into the hub, page by page: map, match, merge, commit.</summary>
public sealed class InboundPipeline(IHub hub, MapSet maps, TimeProvider clock)
{
    /// <summary>Brings every change since the last committed page into the hub. A record that cannot be merged is a dead letter.</summary>
    /// <param name="report">Told after each committed page, with that page's tally.</param>
    public async Task RunAsync(ISource source, InboundRequest request, Action<RunTally, Page> report, CancellationToken cancellationToken)
    {
        Cursor? reached = request.IsFull ? null : await hub.FindCursorAsync(source.Stream.Id, cancellationToken);
        ReadRequest reading = new(reached) { IsFull = request.IsFull, MaxRecords = request.MaxRecords, MaxPages = request.MaxPages, Known = hub };
        await foreach (Page page in source.ReadAsync(reading, cancellationToken))
        {
            RunTally tally = await MergeAsync(source.Stream, page, request, cancellationToken);
            report(tally, page);
        }
    }

    private async Task<RunTally> MergeAsync(StreamDescriptor stream, Page page, InboundRequest request, CancellationToken cancellationToken)
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
        changes.Cursors.Add((stream.Id, page.Next));
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return new() { Seen = page.Records.Count + page.Unchanged, Skipped = page.Rejections.Count(r => r.IsSkip), Conflicts = merge.Conflicts };
    }

    private MappedRecord Map(RemoteRecord record)
    {
        FieldSet canonical = maps.ToCanonical(record);
        return new(record, canonical, IdentityKeys.Of(record.Kind, canonical));
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
        && (record.Remote.ModifiedAt is not { } modified || modified <= link.SeenModifiedAt) && record.Keys.All(k => owners.ContainsKey(k.Key));

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
