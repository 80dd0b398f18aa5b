using Syncline.Extraction;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Simulation.Crashing;

/// <summary>The hub with a crash point before and after each commit.</summary>
internal sealed class CrashingHub(IHub inner, CrashSwitch crash) : IHub
{
    public string Name => inner.Name;

    public async Task<IHubSession> BeginAsync(CancellationToken cancellationToken) => new Session(await inner.BeginAsync(cancellationToken), crash);

    public Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => inner.FindAsync(stream, ids, cancellationToken);

    public Task<Cursor?> FindCursorAsync(StreamId stream, CancellationToken cancellationToken) => inner.FindCursorAsync(stream, cancellationToken);

    public Task<IReadOnlyList<FeedEntry>> ReadFeedAsync(long after, int take, CancellationToken cancellationToken) => inner.ReadFeedAsync(after, take, cancellationToken);

    public IAsyncEnumerable<FeedEntry> FeedOfRunAsync(long runId, CancellationToken cancellationToken) => inner.FeedOfRunAsync(runId, cancellationToken);

    public Task<IReadOnlyList<FeedEntry>> FeedOfRecordAsync(long goldenId, CancellationToken cancellationToken) => inner.FeedOfRecordAsync(goldenId, cancellationToken);

    public Task<IReadOnlyList<GoldenRecord>> ListAsync(RecordKind kind, long after, int take, CancellationToken cancellationToken) => inner.ListAsync(kind, after, take, cancellationToken);

    public Task<IReadOnlyDictionary<RecordKind, long>> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

    public Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) => inner.FindOwnersAsync(keys, cancellationToken);

    public Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => inner.LoadAsync(goldenIds, cancellationToken);

    public Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) => inner.FindLinksAsync(keys, cancellationToken);

    public Task<ILookup<long, Link>> LinksOfAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => inner.LinksOfAsync(goldenIds, cancellationToken);

    public IAsyncEnumerable<Link> LinksOfConnectionAsync(string connection, string? stream, CancellationToken cancellationToken) => inner.LinksOfConnectionAsync(connection, stream, cancellationToken);

    public Task<ILookup<long, GoldenRecord>> ReferringAsync(RecordKind kind, string field, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => inner.ReferringAsync(kind, field, goldenIds, cancellationToken);

    public Task<long> LastSequenceAsync(CancellationToken cancellationToken) => inner.LastSequenceAsync(cancellationToken);

    private sealed class Session(IHubSession inner, CrashSwitch crash) : IHubSession
    {
        public Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) => inner.FindLinksAsync(keys, cancellationToken);

        public Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) => inner.FindOwnersAsync(keys, cancellationToken);

        public Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => inner.LoadAsync(goldenIds, cancellationToken);

        public Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken) => inner.ReserveIdsAsync(count, cancellationToken);

        public Task SaveAsync(HubChanges changes, CancellationToken cancellationToken) => inner.SaveAsync(changes, cancellationToken);

        public async Task CommitAsync(CancellationToken cancellationToken)
        {
            await crash.PassAsync("before a page's commit");
            await inner.CommitAsync(cancellationToken);
            await crash.PassAsync("after a page's commit");
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
