using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>What the hub holds about a page's records before it is merged.</summary>
/// <param name="FirstFreeId">The first of as many reserved golden ids as the page has records.</param>
public sealed record PageState(
    IReadOnlyDictionary<RecordKey, Link> Links,
    IReadOnlyDictionary<IdentityKey, long> Owners,
    IReadOnlyDictionary<long, GoldenRecord> Golden,
    long FirstFreeId);

/// <summary>A remote record with its canonical fields and the keys they hold.</summary>
public sealed record MappedRecord(RemoteRecord Remote, FieldSet Canonical, IReadOnlyList<(IdentityKey Key, bool IsWeak)> Keys)
{
    /// <summary>The golden record that this hub made it of, by the mark it carries.</summary>
    public long? MadeOf { get; init; }
}

/// <summary>A record whose strong keys belong to several golden records: either the evidence contradicts itself, or its system has merged their records into it.</summary>
/// <param name="GoldenIds">The owners of its keys, its own among them where it has one.</param>
public sealed record Suspicion(RecordKey Survivor, IReadOnlyList<long> GoldenIds);

/// <summary>Who is merging, and when.</summary>
public sealed record MergeContext(string Sync, long RunId, DateTimeOffset Now, MergePolicies Policies)
{
    /// <summary>The stream shows everything as it is now: no record in it is an older showing of itself, though its times may say so where a value was taken away.</summary>
    public bool IsCensus { get; init; }

    /// <summary>Keep each row as it was read, so that the stream can be written back.</summary>
    public Func<RemoteRecord, FieldSet, FieldSet>? RowOf { get; init; }
}

/// <summary>Merges a page's records one after the other; a later record sees what an earlier one became. No I/O: state in, changes out.</summary>
public sealed class PageMerge
{
    private readonly MergeContext _context;
    private readonly Dictionary<RecordKey, Link> _links;
    private readonly Dictionary<IdentityKey, long> _owners;
    private readonly Dictionary<long, GoldenRecord> _golden;
    private readonly Dictionary<long, List<FieldChange>> _moved = [];
    private readonly HashSet<RecordKey> _touchedLinks = [], _dangling = [];
    private long _nextId;
    private long _conflicts;

    public PageMerge(MergeContext context, PageState state)
    {
        _context = context;
        _links = new(state.Links);
        _owners = new(state.Owners);
        _golden = new(state.Golden);
        _nextId = state.FirstFreeId;
    }

    /// <summary>Fields where both sides had moved.</summary>
    public long Conflicts => _conflicts;

    /// <summary>Records that refer to a record nobody knows yet, or have keys of several: they must be looked at again though they do not change.</summary>
    public IReadOnlySet<RecordKey> Dangling => _dangling;

    public HubChanges Changes { get; } = new();

    public List<Suspicion> Suspicions { get; } = [];

    public void Merge(MappedRecord record)
    {
        if (record.Remote.IsDeleted) Bury(record.Remote.Key);
        else if (Identify(record) is { } golden) Observe(record, golden);
    }

    /// <summary>Collects what was moved; called once, after the last record.</summary>
    public HubChanges Finish()
    {
        foreach ((long id, List<FieldChange> fields) in _moved.OrderBy(m => m.Key))
        {
            Changes.Golden.Add(_golden[id]);
            Changes.Feed.Add(new(id, _golden[id].Kind, _context.RunId, fields));
        }
        foreach (RecordKey key in _touchedLinks) Changes.Links.Add(_links[key]);
        return Changes;
    }

    private void Bury(RecordKey key)
    {
        Changes.RemovedVersions.Add(key);
        if (!_links.TryGetValue(key, out Link? link) || link is { State: LinkState.Gone, IsDeletionProven: true }) return;
        Put(link with { State = LinkState.Gone, IsDeletionProven = true });
        Touch(link.GoldenId);
    }

    private GoldenRecord? Identify(MappedRecord record)
    {
        if (_links.TryGetValue(record.Remote.Key, out Link? link)) return _golden[link.GoldenId];
        if (MadeOf(record) is { } own) return own;
        switch (Matcher.Decide(record.Keys, key => _owners.TryGetValue(key, out long owner) ? owner : null, id => _golden[id].Fields))
        {
            case Match.Known known:
                return _golden[known.GoldenId];
            case Match.Ambiguous ambiguous:
                SetAside(record, ambiguous);
                Suspect(record, null);
                return null;
            default:
                GoldenRecord born = new(_nextId++, record.Remote.Kind, FieldSet.Empty);
                _golden[born.Id] = born;
                return born;
        }
    }

    /// <summary>A record of our own making, read before its creation is settled, is no stranger: taken for one, it would be made a second time.</summary>
    private GoldenRecord? MadeOf(MappedRecord record)
    {
        if (record.MadeOf is not { } id || _golden.GetValueOrDefault(id) is not { IsDeleted: false } golden || golden.Kind != record.Remote.Kind) return null;
        return record.Keys.All(k => k.IsWeak || !_owners.TryGetValue(k.Key, out long owner) || owner == id) ? golden : null;
    }

    private void Observe(MappedRecord record, GoldenRecord golden)
    {
        Link? link = _links.GetValueOrDefault(record.Remote.Key);
        FieldSet before = link?.Seen ?? FieldSet.Empty;
        bool isStale = !_context.IsCensus && link?.SeenModifiedAt is { } last && record.Remote.ModifiedAt < last;
        FieldSet observed = isStale ? ListsOnly(before, record.Canonical) : record.Canonical;
        if (link is null or { State: LinkState.Gone }) Touch(golden.Id);
        Suspect(record, golden.Id);
        GoldenRecord merged = MergeFields(record, golden, before, observed);
        _golden[golden.Id] = merged;
        Claim(record, golden.Id);
        Link next = (link ?? new(record.Remote.Key, record.Remote.Kind, golden.Id)) with { Seen = Resolved(record, observed), State = link?.State == LinkState.Double ? LinkState.Double : LinkState.Live, IsDeletionProven = false, SeenModifiedAt = Later(link?.SeenModifiedAt, record.Remote.ModifiedAt) };
        if (_context.RowOf is { } row) next = next with { Answered = record.Remote.Fields, Sent = row(record.Remote, merged.Fields) };
        if (next != link) Put(next);
    }

    /// <summary>An older showing of the same record (its profile in an older thread) may add to lists, and changes nothing else.</summary>
    private static FieldSet ListsOnly(FieldSet before, FieldSet older) =>
        FieldSet.Of(before.Select(f => (f.Name, (FieldValue?)f.Value)).Concat(older.Where(f => f.Value.Type == FieldType.List)
            .Select(f => (f.Name, FieldValue.List([.. before[f.Name]?.Items ?? [], .. f.Value.Items])))));

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;

    private GoldenRecord MergeFields(MappedRecord record, GoldenRecord golden, FieldSet before, FieldSet observed)
    {
        if (before.Equals(observed)) return golden;
        List<(string Name, FieldValue? Value)> moved = new(observed.Count);
        Dictionary<string, FieldOrigin>? origins = null;
        FieldOrigin? now = null;
        foreach (string name in NamesOf(observed, before))
        {
            (FieldValue? seen, FieldValue? shown) = (before[name], observed[name]);
            if (seen == shown) continue;
            golden.Origins.TryGetValue(name, out FieldOrigin? origin);
            Observation observation = new(Known(record, seen, golden.Fields[name], origin), Resolve(record, shown), record.Remote.Key, record.Remote.ModifiedAt);
            MergePolicy policy = _context.Policies.Of(golden.Kind, name);
            MergedField verdict = FieldMerge.Decide(observation, golden.Fields[name], origin, policy);
            if (verdict.IsConflict) _conflicts++;
            if (policy.Rule == MergeRule.Manual) Await(golden, name, observation, verdict);
            // No news to the hub, but the record is to be written back.
            if (Decision.IsPinned(origin) && observation.Now != golden.Fields[name]) Touch(golden.Id);
            if (verdict.Rule is null) continue;
            // One object for all fields of a record that moved by one rule.
            if (now?.Rule != verdict.Rule) now = new(record.Remote.Key, _context.RunId, record.Remote.ModifiedAt ?? _context.Now, verdict.Rule);
            Touch(golden.Id).Add(new(name, golden.Fields[name], verdict.Value, now));
            moved.Add((name, verdict.Value));
            if (origins is null)
            {
                origins = new(golden.Origins.Count + observed.Count);
                foreach ((string known, FieldOrigin from) in golden.Origins) origins.Add(known, from);
            }
            origins[name] = now;
        }
        return origins is null ? golden : golden with { Fields = golden.Fields.With(moved), Origins = origins };
    }

    /// <summary>A disagreement waits for a person; one that has ended by itself does not.</summary>
    private void Await(GoldenRecord golden, string field, Observation observed, MergedField verdict)
    {
        if (verdict.IsConflict) Changes.Conflicts.Add(new(golden.Id, golden.Kind, field, observed.Key) { Base = observed.Seen, Ours = golden.Fields[field], Theirs = observed.Now, RunId = _context.RunId, At = _context.Now });
        else if (observed.Now == golden.Fields[field]) Changes.Decided.Add((golden.Id, field));
    }

    private static IEnumerable<string> NamesOf(FieldSet observed, FieldSet before)
    {
        foreach (Field field in observed) yield return field.Name;
        foreach (Field field in before)
        {
            if (observed[field.Name] is null) yield return field.Name;
        }
    }

    /// <summary>A reference to a remote record becomes one to its golden record; to a record nobody knows, nothing.</summary>
    private FieldValue? Resolve(MappedRecord record, FieldValue? value)
    {
        if (value?.Type != FieldType.Reference) return value;
        RecordKey target = new(record.Remote.Key.Connection, value.ReferencedScope, value.ReferencedId);
        return _links.TryGetValue(target, out Link? link) ? GoldenRecord.ReferenceTo(link.Kind, link.GoldenId) : null;
    }

    /// <summary>What the record showed before. A reference that it has dropped may be to a record that nothing on this page refers to: what it brought, the golden record holds.</summary>
    private FieldValue? Known(MappedRecord record, FieldValue? seen, FieldValue? golden, FieldOrigin? origin) =>
        Resolve(record, seen) ?? (seen is not null && origin?.Source == record.Remote.Key ? golden : null);

    /// <summary>A reference to a record nobody knows has not been taken in: shown again once that one is known, it is news.</summary>
    private FieldSet Resolved(MappedRecord record, FieldSet observed)
    {
        FieldSet resolved = observed.Where(name => Resolve(record, observed[name]) is not null);
        if (resolved.Count < observed.Count) _dangling.Add(record.Remote.Key);
        return resolved;
    }

    private void Claim(MappedRecord record, long goldenId)
    {
        foreach ((IdentityKey key, _) in record.Keys)
        {
            if (_owners.TryAdd(key, goldenId)) Changes.Keys.Add((key, goldenId));
        }
    }

    private void Suspect(MappedRecord record, long? own)
    {
        long[] owners = [.. record.Keys.Where(k => !k.IsWeak).Select(k => _owners.TryGetValue(k.Key, out long owner) ? owner : own).OfType<long>().Concat(own is { } id ? [id] : []).Distinct()];
        if (owners.Length < 2) return;
        Suspicions.Add(new(record.Remote.Key, owners));
        // A suspicion is not kept: should this run end before it is looked into, the next one has to meet the record again.
        _dangling.Add(record.Remote.Key);
    }

    private void SetAside(MappedRecord record, Match.Ambiguous ambiguous)
    {
        DeadLetterKey key = new(_context.Sync, record.Remote.Key.Connection, record.Remote.Key.ToString());
        string reason = $"{record.Remote.Key} was not merged. {ambiguous.Evidence} If the two are one, say so with 'syncline merge'; if not, correct the value at its source. Then run the sync again with --full.";
        Changes.DeadLetters.Add(new(key, record.Remote.Kind, "matching", ambiguous.Code, reason, _context.RunId) { At = _context.Now });
    }

    private List<FieldChange> Touch(long goldenId)
    {
        if (!_moved.TryGetValue(goldenId, out List<FieldChange>? fields)) _moved[goldenId] = fields = [];
        return fields;
    }

    private void Put(Link link)
    {
        _links[link.Key] = link;
        _touchedLinks.Add(link.Key);
    }
}
