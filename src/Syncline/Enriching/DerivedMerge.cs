using System.Globalization;
using Syncline.Extraction;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>Merges what is derived from golden records back into the hub, as one more source.</summary>
internal sealed class DerivedMerge(IHub hub)
{
    /// <summary>What is known about one golden record under a derived stream's name. It belongs to that record, whatever keys anybody holds.</summary>
    public static MappedRecord About(string stream, GoldenRecord golden, RecordKind kind, FieldSet fields) =>
        new(new(new(SyncScope.Derived, stream, golden.Reference.Text), kind, fields), fields, []);

    /// <summary>In one transaction: loads the golden records as they are now, derives, merges and commits.</summary>
    /// <param name="derive">Given those of them that are not deleted.</param>
    public async Task RunAsync(IReadOnlyCollection<long> goldenIds, MergeContext context, Func<IReadOnlyList<GoldenRecord>, IEnumerable<MappedRecord>> derive, Action<HubChanges>? along, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        IReadOnlyDictionary<long, GoldenRecord> golden = await session.LoadAsync(goldenIds, cancellationToken);
        List<MappedRecord> derived = [.. derive([.. goldenIds.Select(id => golden.GetValueOrDefault(id)).OfType<GoldenRecord>().Where(g => !g.IsDeleted)])];
        PageMerge merge = new(context, await StateOfAsync(session, derived, golden, cancellationToken));
        foreach (MappedRecord record in derived) merge.Merge(record);
        HubChanges changes = merge.Finish();
        along?.Invoke(changes);
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private static async Task<PageState> StateOfAsync(IHubSession session, List<MappedRecord> derived, IReadOnlyDictionary<long, GoldenRecord> about, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, Link> links = new(await session.FindLinksAsync([.. derived.Select(d => d.Remote.Key)], cancellationToken));
        Dictionary<long, GoldenRecord> golden = new(about);
        foreach ((long id, GoldenRecord other) in await session.LoadAsync([.. links.Values.Select(l => l.GoldenId).Where(id => !golden.ContainsKey(id))], cancellationToken)) golden[id] = other;
        foreach (MappedRecord own in derived)
        {
            long id = IdOf(own);
            if (golden.TryGetValue(id, out GoldenRecord? owner) && owner.Kind == own.Remote.Kind) links.TryAdd(own.Remote.Key, new(own.Remote.Key, own.Remote.Kind, id));
        }
        foreach (GoldenRecord record in about.Values)
        {
            RecordKey self = new(SyncScope.Derived, record.Kind.Name, record.Id.ToString(CultureInfo.InvariantCulture));
            links.TryAdd(self, new(self, record.Kind, record.Id));
        }
        return new(links, new Dictionary<Matching.IdentityKey, long>(), golden, await session.ReserveIdsAsync(derived.Count, cancellationToken));
    }

    private static long IdOf(MappedRecord derived) => long.Parse(derived.Remote.Key.Id.AsSpan(derived.Remote.Key.Id.IndexOf('/') + 1), CultureInfo.InvariantCulture);
}
