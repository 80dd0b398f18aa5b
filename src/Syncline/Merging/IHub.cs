using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>One field's move in a golden record.</summary>
/// <param name="Before">Null when the field was empty.</param>
/// <param name="After">Null when it was emptied.</param>
public sealed record FieldChange(string Field, FieldValue? Before, FieldValue? After, FieldOrigin Origin);

/// <summary>One entry of the change feed before it has its number.</summary>
public sealed record Change(long GoldenId, RecordKind Kind, long RunId, IReadOnlyList<FieldChange> Fields);

/// <summary>A change with its place in the feed.</summary>
/// <param name="Sequence">Growing without a gap that could later be filled: a reader that has passed a number never misses one below it.</param>
public sealed record FeedEntry(long Sequence, DateTimeOffset At, Change Change);

/// <summary>Everything one step wants to change in the hub, as data.</summary>
public sealed class HubChanges
{
    public List<GoldenRecord> Golden { get; } = [];

    public List<Link> Links { get; } = [];

    public List<(IdentityKey Key, long GoldenId)> Keys { get; } = [];

    /// <summary>Keys that no longer identify anything.</summary>
    public List<IdentityKey> RemovedKeys { get; } = [];

    /// <summary>Links to forget entirely, so that the remote record is unknown again.</summary>
    public List<RecordKey> RemovedLinks { get; } = [];

    /// <summary>Golden records that became part of others: all their keys follow, and what was set aside about them is settled.</summary>
    public List<(long From, long To)> Merged { get; } = [];

    public List<Change> Feed { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Dead letters that are settled now, by key.</summary>
    public List<DeadLetterKey> Settled { get; } = [];

    /// <summary>Disagreements that wait for a person.</summary>
    public List<Conflict> Conflicts { get; } = [];

    /// <summary>Fields that nothing waits for any more.</summary>
    public List<(long GoldenId, string Field)> Decided { get; } = [];

    /// <summary>Streams whose rejected records are settled now, whatever their keys: every dead letter or skip of the stream that belongs to no golden record.</summary>
    public List<(string Sync, StreamId Stream)> Reread { get; } = [];

    public List<(RecordKey Key, string Version)> Versions { get; } = [];

    /// <summary>The run whose reading showed the records of <see cref="Versions"/>.</summary>
    public long ReadBy { get; set; }

    /// <summary>Records that no reading is expected to show any more.</summary>
    public List<RecordKey> RemovedVersions { get; } = [];

    public List<(StreamId Stream, Cursor Cursor)> Cursors { get; } = [];

    public bool IsEmpty => Golden.Count + Links.Count + Keys.Count + RemovedKeys.Count + RemovedLinks.Count + Merged.Count + Feed.Count + DeadLetters.Count + Settled.Count + Conflicts.Count + Decided.Count + Reread.Count + Versions.Count + RemovedVersions.Count + Cursors.Count == 0;
}

/// <summary>Who came to a complete reading of a stream.</summary>
/// <param name="Known">Records that readings have shown so far and nothing has taken for deleted.</param>
/// <param name="Missing">Those of them that this one did not show.</param>
public readonly record struct Attendance(long Known, long Missing);

/// <summary>The hub as the stages see it: golden records, links, keys and the feed, read at any time, written in one transaction at a time.</summary>
/// <remarks>A dictionary returned by a lookup holds only what was found. Lookups take any number of keys.</remarks>
public interface IHub : IKnownVersions
{
    /// <summary>A short random text, fixed when the hub was made: marks what this hub wrote at a destination.</summary>
    string Name { get; }

    /// <summary>Opens the only writing session there can be; waits while another is open, here or in another process.</summary>
    Task<IHubSession> BeginAsync(CancellationToken cancellationToken);

    Task<Cursor?> FindCursorAsync(StreamId stream, CancellationToken cancellationToken);

    /// <summary>Feed entries after a number, in order, at most <paramref name="take"/>.</summary>
    Task<IReadOnlyList<FeedEntry>> ReadFeedAsync(long after, int take, CancellationToken cancellationToken);

    /// <summary>What one run changed in the hub, newest first.</summary>
    IAsyncEnumerable<FeedEntry> FeedOfRunAsync(long runId, CancellationToken cancellationToken);

    /// <summary>What happened to one golden record, oldest first.</summary>
    Task<IReadOnlyList<FeedEntry>> FeedOfRecordAsync(long goldenId, CancellationToken cancellationToken);

    /// <summary>Golden records of a kind that are not deleted, by id, after an id.</summary>
    Task<IReadOnlyList<GoldenRecord>> ListAsync(RecordKind kind, long after, int take, CancellationToken cancellationToken);

    /// <summary>Golden records by kind, those that are not deleted.</summary>
    Task<IReadOnlyDictionary<RecordKind, long>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Whom this key identifies, for a look-up by a person.</summary>
    Task<IReadOnlyDictionary<Matching.IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<Matching.IdentityKey> keys, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken);

    /// <summary>The links of these remote records.</summary>
    Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken);

    /// <summary>All links of these golden records, of every connection.</summary>
    Task<ILookup<long, Link>> LinksOfAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken);

    /// <summary>Links of one connection (and stream, when given) in the order in which they were first made, after a key's ordinal; for export and clean-up.</summary>
    IAsyncEnumerable<Link> LinksOfConnectionAsync(string connection, string? stream, CancellationToken cancellationToken);

    /// <summary>How many records of a stream are linked and not gone.</summary>
    Task<long> CountLinksAsync(StreamId stream, CancellationToken cancellationToken);

    /// <summary>Golden records of a kind whose reference field points at one of these golden records.</summary>
    Task<ILookup<long, GoldenRecord>> ReferringAsync(RecordKind kind, string field, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken);

    /// <summary>The last number the feed gave out; 0 when it is empty.</summary>
    Task<long> LastSequenceAsync(CancellationToken cancellationToken);
}

/// <summary>One writing transaction. Disposed without <see cref="CommitAsync"/>, nothing has happened. Its lookups see what it has saved.</summary>
public interface IHubSession : IAsyncDisposable
{
    Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken);

    /// <summary>Reserves golden ids; the first of <paramref name="count"/> consecutive ones.</summary>
    Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken);

    /// <summary>Who came to a complete reading, of the records that have a version.</summary>
    /// <param name="runId">The run that read.</param>
    Task<Attendance> CountAttendanceAsync(StreamId stream, long runId, CancellationToken cancellationToken);

    /// <summary>Notes one more complete reading that missed the missing; a record that is read again starts anew.</summary>
    /// <returns>The ids that two complete readings in a row have missed.</returns>
    Task<IReadOnlyList<string>> MarkMissingAsync(StreamId stream, long runId, CancellationToken cancellationToken);

    Task SaveAsync(HubChanges changes, CancellationToken cancellationToken);

    Task CommitAsync(CancellationToken cancellationToken);
}
