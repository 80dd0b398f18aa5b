using Syncline.Extraction;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Simulation.Worlds;

/// <summary>A hub that only passes on: what crashes and planted bugs change one method of.</summary>
internal abstract class PassThroughHub(IHub inner) : IHub
{
    public virtual string Name => inner.Name;

    public virtual Task<IHubSession> BeginAsync(CancellationToken cancellationToken) => inner.BeginAsync(cancellationToken);

    public virtual Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => inner.FindAsync(stream, ids, cancellationToken);

    public virtual Task<Cursor?> FindCursorAsync(StreamId stream, CancellationToken cancellationToken) => inner.FindCursorAsync(stream, cancellationToken);

    public virtual Task<IReadOnlyList<FeedEntry>> ReadFeedAsync(long after, int take, CancellationToken cancellationToken) => inner.ReadFeedAsync(after, take, cancellationToken);

    public virtual IAsyncEnumerable<FeedEntry> FeedOfRunAsync(long runId, CancellationToken cancellationToken) => inner.FeedOfRunAsync(runId, cancellationToken);

    public virtual Task<IReadOnlyList<FeedEntry>> FeedOfRecordAsync(long goldenId, CancellationToken cancellationToken) => inner.FeedOfRecordAsync(goldenId, cancellationToken);

    public virtual Task<IReadOnlyList<GoldenRecord>> ListAsync(RecordKind kind, long after, int take, CancellationToken cancellationToken) => inner.ListAsync(kind, after, take, cancellationToken);

    public virtual Task<IReadOnlyDictionary<RecordKind, long>> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

    public virtual Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) => inner.FindOwnersAsync(keys, cancellationToken);

    public virtual Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => inner.LoadAsync(goldenIds, cancellationToken);

    public virtual Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) => inner.FindLinksAsync(keys, cancellationToken);

    public virtual Task<ILookup<long, Link>> LinksOfAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => inner.LinksOfAsync(goldenIds, cancellationToken);

    public virtual IAsyncEnumerable<Link> LinksOfConnectionAsync(string connection, string? stream, CancellationToken cancellationToken) => inner.LinksOfConnectionAsync(connection, stream, cancellationToken);

    public virtual Task<ILookup<long, GoldenRecord>> ReferringAsync(RecordKind kind, string field, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => inner.ReferringAsync(kind, field, goldenIds, cancellationToken);

    public virtual Task<long> CountLinksAsync(StreamId stream, CancellationToken cancellationToken) => inner.CountLinksAsync(stream, cancellationToken);

    public virtual Task<long> LastSequenceAsync(CancellationToken cancellationToken) => inner.LastSequenceAsync(cancellationToken);
}

/// <summary>A session that only passes on.</summary>
internal abstract class PassThroughSession(IHubSession inner) : IHubSession
{
    public virtual Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) => inner.FindLinksAsync(keys, cancellationToken);

    public virtual Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) => inner.FindOwnersAsync(keys, cancellationToken);

    public virtual Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => inner.LoadAsync(goldenIds, cancellationToken);

    public virtual Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken) => inner.ReserveIdsAsync(count, cancellationToken);

    public virtual Task<Attendance> CountAttendanceAsync(StreamId stream, long runId, CancellationToken cancellationToken) => inner.CountAttendanceAsync(stream, runId, cancellationToken);

    public virtual Task<IReadOnlyList<string>> MarkMissingAsync(StreamId stream, long runId, CancellationToken cancellationToken) => inner.MarkMissingAsync(stream, runId, cancellationToken);

    public virtual Task SaveAsync(HubChanges changes, CancellationToken cancellationToken) => inner.SaveAsync(changes, cancellationToken);

    public virtual Task CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
