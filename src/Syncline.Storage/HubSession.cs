using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>One writing transaction of the hub.</summary>
internal sealed class HubSession(WriteTransaction transaction, TimeProvider clock) : IHubSession
{
    private bool _isBroken;

    public Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) =>
        LinkTable.FindAsync(transaction.On, keys, cancellationToken);

    public Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) =>
        KeyTable.FindOwnersAsync(transaction.On, keys, cancellationToken);

    public Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        GoldenTable.LoadAsync(transaction.On, goldenIds, cancellationToken);

    public Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken) => GoldenTable.ReserveIdsAsync(transaction.On, count, cancellationToken);

    public Task<Attendance> CountAttendanceAsync(StreamId stream, long runId, CancellationToken cancellationToken) =>
        CheckpointTable.CountAttendanceAsync(transaction.On, stream, runId, cancellationToken);

    public Task<IReadOnlyList<string>> MarkMissingAsync(StreamId stream, long runId, CancellationToken cancellationToken) =>
        CheckpointTable.MarkMissingAsync(transaction.On, stream, runId, cancellationToken);

    public async Task SaveAsync(HubChanges changes, CancellationToken cancellationToken)
    {
        // Half a set of changes must not be committed, even by a caller that goes on after the error.
        _isBroken = true;
        await HubTables.SaveAsync(transaction.On, changes, clock.GetUtcNow(), cancellationToken);
        _isBroken = false;
    }

    public Task CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isBroken) throw new InvalidOperationException("A save of this session failed: it can only be disposed.");
        transaction.Commit();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
