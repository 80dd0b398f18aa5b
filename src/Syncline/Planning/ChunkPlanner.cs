using System.Globalization;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Planning;

/// <summary>Which golden records a sync writes.</summary>
/// <param name="From">The source connections whose records are in scope; <see cref="WholeHub"/> takes everything the hub holds.</param>
public sealed record SyncScope(IReadOnlyList<string> From)
{
    /// <summary>The name that stands for every record in the hub, in the place of a source connection.</summary>
    public const string WholeHub = "hub";

    /// <summary>The connection name of what Syncline itself derives from other records. What is derived about a record brings it into no scope.</summary>
    public const string Derived = "syncline";

    public bool Holds(IEnumerable<Link> links) => From.Contains(WholeHub) || links.Any(l => From.Contains(l.Key.Connection));

    /// <summary>True for a record that was derived as a whole, a note: no source ever showed it, and it goes where the records go that it is about.</summary>
    public static bool IsDerived(IEnumerable<Link> links) => links.Any(l => l.Key.Connection == Derived) && links.All(l => l.Key.Connection == Derived || l.IsOurs);

    /// <summary>How the records stand that a destination's record is written from; its own record there, read as a source, is none of them.</summary>
    public SourceState StateOf(IEnumerable<Link> links, string destination)
    {
        Link[] sources = [.. SourcesOf(links, destination)];
        if (sources.Length == 0 || sources.Any(l => l.State != LinkState.Gone)) return SourceState.Present;
        return sources.All(l => l.IsDeletionProven) ? SourceState.Deleted : SourceState.Missing;
    }

    /// <summary>True when no source shows it twice any more.</summary>
    public bool IsOneAtSources(IEnumerable<Link> links, string destination) =>
        SourcesOf(links, destination).Where(l => l.State != LinkState.Gone).GroupBy(l => (l.Key.Connection, l.Key.Stream)).All(s => s.Count() == 1);

    private IEnumerable<Link> SourcesOf(IEnumerable<Link> links, string destination) =>
        links.Where(l => l.Key.Connection != destination && l.Key.Connection != Derived && (From.Contains(WholeHub) || From.Contains(l.Key.Connection)));
}

/// <summary>Whether the records at the sources that one golden record comes from are there.</summary>
public enum SourceState
{
    Present,

    /// <summary>None was there when it was last looked for: reason enough not to make a new record of it, not enough to remove one.</summary>
    Missing,

    /// <summary>All are proven deleted.</summary>
    Deleted,
}

/// <summary>Gathers what a plan needs, for a chunk of golden records of one kind, and plans it.</summary>
public sealed class ChunkPlanner(IHub hub, IDestination destination, MapSet maps, SyncScope scope)
{
    // What a dry run has found and would link, by golden record: later records refer to it, though no link is kept.
    private readonly Dictionary<long, FieldValue> _foundInDryRun = [];

    // How many records of each stream this run may still remove.
    private readonly Dictionary<string, long> _removalsLeft = new(StringComparer.Ordinal);

    /// <summary>Plan references to records that this plan would create as if they existed; only for a plan that is not carried out.</summary>
    public bool IsDryRun { get; init; }

    public DeletePolicy Deletes { get; init; } = DeletePolicy.Keep;

    /// <summary>Read the remote state of records that look unchanged from here, too.</summary>
    public bool IsFull { get; init; }

    /// <summary>What each stream of this destination would be sent is decided by one planner, so that no remote record is claimed twice.</summary>
    public async Task<IReadOnlyList<PlannedRecord>> PlanAsync(Planner planner, DestinationStream stream, IReadOnlyList<long> goldenIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<Candidate> candidates = await GatherAsync(stream, goldenIds, cancellationToken);
        if (candidates.Count == 0) return [];
        IReadOnlyList<PlannedRecord> planned = await WithinShareAsync(stream, planner.Plan(candidates, await AskAsync(stream, candidates, cancellationToken)), cancellationToken);
        if (IsDryRun) Remember(stream, planned);
        return planned;
    }

    /// <summary>Holds back what would remove more of a stream than one run may.</summary>
    private async Task<IReadOnlyList<PlannedRecord>> WithinShareAsync(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, CancellationToken cancellationToken)
    {
        if (!planned.Any(p => p is PlannedRecord.Delete)) return planned;
        if (!_removalsLeft.TryGetValue(stream.Stream, out long left)) left = Deletes.MostOf(await hub.CountLinksAsync(new(destination.Connection, stream.Stream), cancellationToken));
        PlannedRecord[] allowed = [.. planned.Select(p => p is PlannedRecord.Delete && left-- <= 0 ? HeldBack(p.Golden) : p)];
        _removalsLeft[stream.Stream] = Math.Max(0, left);
        return allowed;
    }

    private static PlannedRecord.Stuck HeldBack(GoldenRecord golden) =>
        new(golden, "deletes-share", "What it came from is deleted at its sources, but this run has removed as many records as one may (delete_share). It goes with the next run.") { RetriesItself = true };

    /// <summary>True when the golden record is linked to another record by now than the one this operation removes.</summary>
    public async Task<bool> IsReplacedAsync(Operation removal, CancellationToken cancellationToken)
    {
        ILookup<long, Link> links = await hub.LinksOfAsync([removal.GoldenId], cancellationToken);
        return links[removal.GoldenId].Any(l => l.Key.Connection == destination.Connection && l.Key.Stream == removal.Stream.Name && l.Key.Id != removal.RemoteId && l.State == LinkState.Live);
    }

    /// <summary>Those of the golden records that have become part of others by now.</summary>
    public async Task<IReadOnlySet<long>> EndedAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        (await hub.LoadAsync(goldenIds, cancellationToken)).Values.Where(g => g.IsDeleted).Select(g => g.Id).ToHashSet();

    /// <summary>The link of the record an operation changes, or null.</summary>
    public async Task<Link?> FindLinkAsync(Operation operation, CancellationToken cancellationToken)
    {
        RecordKey key = operation.Stream.Key(operation.RemoteId!);
        return (await hub.FindLinksAsync([key], cancellationToken)).GetValueOrDefault(key);
    }

    public Planner PlannerOf(DestinationStream stream) => new(destination.Connection, stream, MapOf(stream), scope.From.Contains(destination.Connection));

    /// <summary>The records that show a field of one that changed in this stretch of the feed: a company's new name belongs on the contacts of its people.</summary>
    public async Task<IReadOnlyList<GoldenRecord>> DependentsAsync(IReadOnlyList<FeedEntry> changes, CancellationToken cancellationToken)
    {
        List<GoldenRecord> dependents = [];
        foreach (DestinationStream stream in destination.Streams)
        {
            foreach (FieldPath path in PathsOf(MapOf(stream)))
            {
                long[] changed = [.. changes.Where(c => c.Change.Kind == path.Kind && c.Change.Fields.Any(f => f.Field == path.Field)).Select(c => c.Change.GoldenId).Distinct()];
                if (changed.Length > 0) dependents.AddRange((await hub.ReferringAsync(stream.Kind, path.Reference, changed, cancellationToken)).SelectMany(g => g));
            }
        }
        return dependents;
    }

    private static FieldPath[] PathsOf(FieldMap map) => [.. map.Rules.Select(r => r.Path).OfType<FieldPath>().Distinct()];

    private FieldMap MapOf(DestinationStream stream) => maps.Find(destination.Connection, stream.Stream) ?? new(stream.Kind, stream.Stream, []);

    /// <summary>Those of the golden records that are in scope, with what the map would have each hold there. Asks the hub alone.</summary>
    public async Task<IReadOnlyList<Candidate>> GatherAsync(DestinationStream stream, IReadOnlyList<long> goldenIds, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, GoldenRecord> golden = await hub.LoadAsync(goldenIds, cancellationToken);
        GoldenRecord[] alive = [.. goldenIds.Select(id => golden.GetValueOrDefault(id)).OfType<GoldenRecord>().Where(g => !g.IsDeleted)];
        long[] referenced = [.. alive.SelectMany(g => g.Fields).Where(f => f.Value.Type == FieldType.Reference).Select(f => IdOf(f.Value)).Distinct()];
        ILookup<long, Link> links = await hub.LinksOfAsync([.. goldenIds, .. referenced], cancellationToken);
        Dictionary<long, FieldSet> behind = await BehindAsync(alive, PathsOf(MapOf(stream)), cancellationToken);
        return [.. alive.Where(g => IsInScope(g, links)).SelectMany(g => CandidatesOf(stream, g, links, behind.GetValueOrDefault(g.Id, FieldSet.Empty)))];
    }

    private bool IsInScope(GoldenRecord golden, ILookup<long, Link> links) =>
        scope.Holds(links[golden.Id]) || (SyncScope.IsDerived(links[golden.Id]) && golden.Fields.Any(f => f.Value.Type == FieldType.Reference && scope.Holds(links[IdOf(f.Value)])));

    /// <summary>The record with its first link there, and each second one that is one too many since its sources were merged.</summary>
    private IEnumerable<Candidate> CandidatesOf(DestinationStream stream, GoldenRecord golden, ILookup<long, Link> links, FieldSet behind)
    {
        Candidate first = CandidateOf(stream, golden, links, behind);
        yield return first;
        if (!Deletes.Propagates || first.Link is not { State: LinkState.Live } || !scope.IsOneAtSources(links[golden.Id], destination.Connection)) yield break;
        foreach (Link second in links[golden.Id].Where(l => l is { State: LinkState.Double, IsOurs: true } && l.Key.Connection == destination.Connection && l.Key.Stream == stream.Stream))
        {
            yield return first with { Link = second, IsToBeRemoved = true };
        }
    }

    /// <summary>What the map wants of other records, by the golden id of the one that refers to them.</summary>
    private async Task<Dictionary<long, FieldSet>> BehindAsync(GoldenRecord[] golden, FieldPath[] paths, CancellationToken cancellationToken)
    {
        if (paths.Length == 0) return [];
        long[] targets = [.. golden.SelectMany(g => paths.Select(p => TargetOf(g, p))).OfType<long>().Distinct()];
        IReadOnlyDictionary<long, GoldenRecord> found = await hub.LoadAsync(targets, cancellationToken);
        return golden.ToDictionary(g => g.Id, g => FieldSet.Of(paths.Select(p => (p.ToString(), TargetOf(g, p) is { } id ? found.GetValueOrDefault(id)?.Fields[p.Field] : null))));
    }

    private static long? TargetOf(GoldenRecord golden, FieldPath path) => golden.Fields[path.Reference] is { Type: FieldType.Reference } reference ? IdOf(reference) : null;

    private Candidate CandidateOf(DestinationStream stream, GoldenRecord golden, ILookup<long, Link> links, FieldSet behind)
    {
        FieldMap map = MapOf(stream);
        FieldSet fields = golden.Fields.With(behind).With(HubMark.Field, HubMark.Of(hub.Name, golden.Id)).With(IdsElsewhere(map, links[golden.Id]));
        FieldSet desired = FieldSet.Of(map.ToRemote(fields).Select(f => (f.Name, Resolve(f.Value, links))));
        string[] missing = [.. stream.RequiredReferences.Where(r => desired[r] is null)];
        Link? link = links[golden.Id].Where(l => l.Key.Connection == destination.Connection && l.Key.Stream == stream.Stream).OrderBy(l => l.State).FirstOrDefault();
        return new(golden, link, desired, missing)
        {
            Canonical = fields,
            IsUseless = link is null && stream.NeedsOneOf.Count > 0 && stream.NeedsOneOf.All(f => desired[f] is null),
            IsContradicted = link is { State: LinkState.Live } && map.Rules.Any(r => r.Direction == MapDirection.Both && link.Seen[r.Canonical] != golden.Fields[r.Canonical] && Decision.IsPinned(golden.Origins.GetValueOrDefault(r.Canonical))),
            Sources = scope.StateOf(links[golden.Id], destination.Connection),
            IsToBeRemoved = Deletes.Propagates && link is { IsOurs: true, State: LinkState.Live } && scope.StateOf(links[golden.Id], destination.Connection) == SourceState.Deleted,
        };
    }

    /// <summary>The ids the map asks for; of several records there that are this one the first, and always the same. One that is gone is better than none: what was written with it keeps it.</summary>
    private static (string, FieldValue?)[] IdsElsewhere(FieldMap map, IEnumerable<Link> links) =>
    [
        .. from rule in map.Rules
           let stream = IdElsewhere.StreamOf(rule.Canonical)
           where stream is not null
           let link = links.Where(l => l.Key.Connection == stream.Value.Connection && l.Key.Stream == stream.Value.Name).OrderBy(l => l.State).ThenBy(l => l.Key.Id, StringComparer.Ordinal).FirstOrDefault()
           select (rule.Canonical, FieldValue.TextOrNone(link?.Key.Id)),
    ];

    private FieldValue? Resolve(FieldValue value, ILookup<long, Link> links)
    {
        if (value.Type != FieldType.Reference) return value;
        Link? target = links[IdOf(value)].Where(l => l.Key.Connection == destination.Connection && l.State != LinkState.Gone).MinBy(l => l.State);
        if (target is not null) return FieldValue.Reference(target.Key.Stream, target.Key.Id);
        if (_foundInDryRun.TryGetValue(IdOf(value), out FieldValue? found)) return found;
        DestinationStream? stream = destination.Streams.FirstOrDefault(s => s.Kind.Name == value.ReferencedScope);
        return IsDryRun && stream is not null ? FieldValue.Reference(stream.Stream, $"(new {value.Text})") : null;
    }

    private void Remember(DestinationStream stream, IReadOnlyList<PlannedRecord> planned)
    {
        foreach (PlannedRecord record in planned)
        {
            string? id = record switch { PlannedRecord.Update { Link: null } update => update.RemoteId, PlannedRecord.Settle { IsNew: true } settle => settle.Link.Key.Id, _ => null };
            if (id is not null) _foundInDryRun[record.Golden.Id] = FieldValue.Reference(stream.Stream, id);
        }
    }

    private async Task<RemoteState> AskAsync(DestinationStream stream, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken)
    {
        Candidate[] open = [.. candidates.Where(c => c.MissingReferences.Count == 0 && !c.IsUseless && (IsFull ? c.Link is not { State: LinkState.Gone } : !c.IsDecidedLocally))];
        string[] linked = [.. open.Where(c => c.Link is not null).Select(c => c.Link!.Key.Id)];
        IReadOnlyDictionary<string, RemoteRecord> present = linked.Length == 0 ? new Dictionary<string, RemoteRecord>() : await destination.ReadAsync(stream, linked, cancellationToken);
        Wanted[] wanted = [.. open.Where(c => c.Link is null || !present.ContainsKey(c.Link.Key.Id)).Select(c => new Wanted(c.Golden.Id, c.Desired))];
        IReadOnlyList<Found> found = wanted.Length == 0 ? [] : await destination.FindAsync(stream, wanted, cancellationToken);
        IReadOnlyDictionary<RecordKey, Link> owners = await hub.FindLinksAsync([.. found.Select(f => f.Record.Key)], cancellationToken);
        return new(found.ToLookup(f => f.GoldenId), present, id => owners.TryGetValue(new(destination.Connection, stream.Stream, id), out Link? link) ? link.GoldenId : null) { IsFull = IsFull };
    }

    private static long IdOf(FieldValue reference) => long.Parse(reference.ReferencedId, CultureInfo.InvariantCulture);
}
