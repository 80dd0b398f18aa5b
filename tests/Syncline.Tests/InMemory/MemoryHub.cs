using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Tests.InMemory;

/// <summary>A hub of dictionaries: what is saved in a session shows once it is committed.</summary>
internal sealed class MemoryHub(TimeProvider clock) : IHub
{
    private readonly Dictionary<IdentityKey, long> _owners = [];
    private readonly Dictionary<StreamId, Cursor> _cursors = [];
    private readonly Dictionary<RecordKey, (string Version, long RunId, int Missed)> _versions = [];
    private long _nextId = 1;

    public string Name => "h1";

    public Dictionary<long, GoldenRecord> Golden { get; } = [];

    public Dictionary<RecordKey, Link> Links { get; } = [];

    public List<FeedEntry> Feed { get; } = [];

    public Dictionary<DeadLetterKey, DeadLetter> DeadLetters { get; } = [];

    public List<Conflict> Conflicts { get; } = [];

    public GoldenRecord Add(RecordKind kind, params ReadOnlySpan<(string, FieldValue?)> fields)
    {
        GoldenRecord record = new(_nextId++, kind, FieldSet.Of(fields));
        return Golden[record.Id] = record;
    }

    public Link Add(Link link) => Links[link.Key] = link;

    public void Apply(HubChanges changes)
    {
        foreach (IdentityKey key in changes.RemovedKeys) _owners.Remove(key);
        foreach (RecordKey key in changes.RemovedLinks) Links.Remove(key);
        foreach ((long from, long to) in changes.Merged) Merge(from, to);
        foreach (GoldenRecord record in changes.Golden) Golden[record.Id] = record;
        foreach (Link link in changes.Links) Links[link.Key] = link;
        foreach ((IdentityKey key, long id) in changes.Keys) _owners[key] = id;
        foreach (Change change in changes.Feed) Feed.Add(new(Feed.Count + 1, clock.GetUtcNow(), change));
        Conflicts.RemoveAll(c => changes.Decided.Contains((c.GoldenId, c.Field)) || changes.Conflicts.Any(n => (n.GoldenId, n.Field, n.Place) == (c.GoldenId, c.Field, c.Place)));
        Conflicts.AddRange(changes.Conflicts);
        foreach (DeadLetterKey key in changes.Settled) DeadLetters.Remove(key);
        foreach ((string sync, StreamId stream) in changes.Reread)
        {
            foreach (DeadLetter old in DeadLetters.Values.Where(d => d.GoldenId is null && d.Key.Sync == sync && d.Key.Subject.StartsWith(stream.Key("").ToString(), StringComparison.Ordinal)).ToArray()) DeadLetters.Remove(old.Key);
        }
        foreach (DeadLetter letter in changes.DeadLetters) DeadLetters[letter.Key] = letter;
        foreach (RecordKey key in changes.RemovedVersions) _versions.Remove(key);
        foreach ((RecordKey key, string version) in changes.Versions) _versions[key] = (version, Math.Max(changes.ReadBy, _versions.GetValueOrDefault(key).RunId), 0);
        foreach ((StreamId stream, Cursor cursor) in changes.Cursors) _cursors[stream] = cursor;
    }

    private void Merge(long from, long to)
    {
        foreach (IdentityKey key in _owners.Where(o => o.Value == from).Select(o => o.Key).ToArray()) _owners[key] = to;
        foreach (DeadLetterKey key in DeadLetters.Values.Where(d => d.GoldenId == from).Select(d => d.Key).ToArray()) DeadLetters.Remove(key);
    }

    public Task<IHubSession> BeginAsync(CancellationToken cancellationToken) => Task.FromResult<IHubSession>(new Session(this));

    public Task<Cursor?> FindCursorAsync(StreamId stream, CancellationToken cancellationToken) => Task.FromResult(_cursors.GetValueOrDefault(stream));

    public Task<IReadOnlyList<FeedEntry>> ReadFeedAsync(long after, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FeedEntry>>([.. Feed.Where(f => f.Sequence > after).Take(take)]);

    public IAsyncEnumerable<FeedEntry> FeedOfRunAsync(long runId, CancellationToken cancellationToken) =>
        EachAsync(Feed.Where(f => f.Change.RunId == runId).Reverse(), cancellationToken);

    public Task<IReadOnlyList<FeedEntry>> FeedOfRecordAsync(long goldenId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FeedEntry>>([.. Feed.Where(f => f.Change.GoldenId == goldenId)]);

    public Task<IReadOnlyList<GoldenRecord>> ListAsync(RecordKind kind, long after, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GoldenRecord>>([.. Golden.Values.Where(g => g.Kind == kind && g.Id > after && !g.IsDeleted).OrderBy(g => g.Id).Take(take)]);

    public Task<IReadOnlyDictionary<RecordKind, long>> CountAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<RecordKind, long>>(Golden.Values.Where(g => !g.IsDeleted).CountBy(g => g.Kind).ToDictionary(c => c.Key, c => (long)c.Value));

    public Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) => Task.FromResult(Found(_owners, keys));

    public Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => Task.FromResult(Found(Golden, goldenIds));

    public Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) => Task.FromResult(Found(Links, keys));

    public Task<ILookup<long, Link>> LinksOfAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        Task.FromResult(Links.Values.Where(l => goldenIds.Contains(l.GoldenId)).ToLookup(l => l.GoldenId));

    public IAsyncEnumerable<Link> LinksOfConnectionAsync(string connection, string? stream, CancellationToken cancellationToken) =>
        EachAsync(Links.Values.Where(l => l.Key.Connection == connection && (stream is null || l.Key.Stream == stream)), cancellationToken);

    public Task<ILookup<long, GoldenRecord>> ReferringAsync(RecordKind kind, string field, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        Task.FromResult(Golden.Values.Where(g => g.Kind == kind && g.Fields[field] is { } value && goldenIds.Contains(IdOf(value))).ToLookup(g => IdOf(g.Fields[field]!)));

    public Task<long> LastSequenceAsync(CancellationToken cancellationToken) => Task.FromResult((long)Feed.Count);

    public Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(ids.Where(id => _versions.ContainsKey(stream.Key(id))).ToDictionary(id => id, id => _versions[stream.Key(id)].Version));

    public Task<long> CountLinksAsync(StreamId stream, CancellationToken cancellationToken) =>
        Task.FromResult((long)Links.Values.Count(l => l.State != LinkState.Gone && (l.Key.Connection, l.Key.Stream) == (stream.Connection, stream.Name)));

    internal static async IAsyncEnumerable<T> EachAsync<T>(IEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (T item in items.ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.CompletedTask;
            yield return item;
        }
    }

    private static long IdOf(FieldValue reference) => long.Parse(reference.ReferencedId, System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyDictionary<TKey, TValue> Found<TKey, TValue>(Dictionary<TKey, TValue> all, IReadOnlyCollection<TKey> keys)
        where TKey : notnull => keys.Distinct().Where(all.ContainsKey).ToDictionary(k => k, k => all[k]);

    private sealed class Session(MemoryHub hub) : IHubSession
    {
        private readonly List<HubChanges> _saved = [];

        public Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) => hub.FindLinksAsync(keys, cancellationToken);

        public Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) => hub.FindOwnersAsync(keys, cancellationToken);

        public Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => hub.LoadAsync(goldenIds, cancellationToken);

        public Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken)
        {
            long first = hub._nextId;
            hub._nextId += count;
            return Task.FromResult(first);
        }

        public Task<Attendance> CountAttendanceAsync(StreamId stream, long runId, CancellationToken cancellationToken) =>
            Task.FromResult(new Attendance(Of(stream).Count, Missing(stream, runId).Count));

        public Task<IReadOnlyList<string>> MarkMissingAsync(StreamId stream, long runId, CancellationToken cancellationToken)
        {
            foreach (RecordKey key in Missing(stream, runId)) hub._versions[key] = hub._versions[key] with { Missed = hub._versions[key].Missed + 1 };
            return Task.FromResult<IReadOnlyList<string>>([.. Of(stream).Where(k => hub._versions[k].Missed > 1).Select(k => k.Id).Order(StringComparer.Ordinal)]);
        }

        private List<RecordKey> Of(StreamId stream) => [.. hub._versions.Keys.Where(k => (k.Connection, k.Stream) == (stream.Connection, stream.Name))];

        private List<RecordKey> Missing(StreamId stream, long runId) => [.. Of(stream).Where(k => hub._versions[k].RunId < runId)];

        public Task SaveAsync(HubChanges changes, CancellationToken cancellationToken)
        {
            _saved.Add(changes);
            return Task.CompletedTask;
        }

        public Task CommitAsync(CancellationToken cancellationToken)
        {
            _saved.ForEach(hub.Apply);
            _saved.Clear();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
