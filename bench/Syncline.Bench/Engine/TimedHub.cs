using System.Diagnostics;
using Syncline.Extraction;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Bench.Engine;

/// <summary>Where the time of the inbound half goes, in ticks of the stopwatch. Sums over all threads: for one connection at a time.</summary>
internal sealed class Stages
{
    public long LookUp;
    public long Save;
    public long Commit;
    public long Turn;
}

/// <summary>A hub whose sessions are timed.</summary>
internal sealed class TimedHub(IHub inner, Stages stages) : IHub
{
    public string Name => inner.Name;

    public async Task<IHubSession> BeginAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        IHubSession session = await inner.BeginAsync(cancellationToken);
        stages.Turn += Stopwatch.GetTimestamp() - began;
        return new Session(session, stages);
    }

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

    public Task<long> CountLinksAsync(StreamId stream, CancellationToken cancellationToken) => inner.CountLinksAsync(stream, cancellationToken);

    public Task<long> LastSequenceAsync(CancellationToken cancellationToken) => inner.LastSequenceAsync(cancellationToken);

    private sealed class Session(IHubSession inner, Stages stages) : IHubSession
    {
        public Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) => LookUpAsync(() => inner.FindLinksAsync(keys, cancellationToken));

        public Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) => LookUpAsync(() => inner.FindOwnersAsync(keys, cancellationToken));

        public Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => LookUpAsync(() => inner.LoadAsync(goldenIds, cancellationToken));

        public Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken) => LookUpAsync(() => inner.ReserveIdsAsync(count, cancellationToken));

        public Task<Attendance> CountAttendanceAsync(StreamId stream, long runId, CancellationToken cancellationToken) => LookUpAsync(() => inner.CountAttendanceAsync(stream, runId, cancellationToken));

        public Task<IReadOnlyList<string>> MarkMissingAsync(StreamId stream, long runId, CancellationToken cancellationToken) => LookUpAsync(() => inner.MarkMissingAsync(stream, runId, cancellationToken));

        public async Task SaveAsync(HubChanges changes, CancellationToken cancellationToken)
        {
            long began = Stopwatch.GetTimestamp();
            await inner.SaveAsync(changes, cancellationToken);
            stages.Save += Stopwatch.GetTimestamp() - began;
        }

        public async Task CommitAsync(CancellationToken cancellationToken)
        {
            long began = Stopwatch.GetTimestamp();
            await inner.CommitAsync(cancellationToken);
            stages.Commit += Stopwatch.GetTimestamp() - began;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private async Task<T> LookUpAsync<T>(Func<Task<T>> lookUp)
        {
            long began = Stopwatch.GetTimestamp();
            T found = await lookUp();
            stages.LookUp += Stopwatch.GetTimestamp() - began;
            return found;
        }
    }
}
