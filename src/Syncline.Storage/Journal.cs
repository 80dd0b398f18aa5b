using System.Runtime.CompilerServices;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>The journal in a database. What it writes waits for its turn behind an open session.</summary>
internal sealed class Journal(SqliteDatabase database) : IJournal
{
    private const int Chunk = 500;

    public async Task IntendAsync(string sync, long runId, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        // An intent that a power cut takes back after its call has left would let the next start do it again.
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken, toDisk: true);
        await OperationTable.AddAsync(transaction.On, sync, runId, operations, database.Clock.GetUtcNow(), cancellationToken);
        transaction.Commit();
    }

    public async Task SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken);
        DateTimeOffset now = database.Clock.GetUtcNow();
        HubChanges gathered = new();
        foreach (Settlement settlement in settlements)
        {
            if (settlement.OperationId is not null && !await OperationTable.SettleAsync(transaction.On, settlement, now, cancellationToken)) throw new InvalidOperationException($"There is no operation {settlement.OperationId} to settle.");
            if (IsPlain(settlement.Changes))
            {
                gathered.Links.AddRange(settlement.Changes.Links);
                gathered.Settled.AddRange(settlement.Changes.Settled);
                continue;
            }
            await HubTables.SaveAsync(transaction.On, gathered, now, cancellationToken);
            await HubTables.SaveAsync(transaction.On, settlement.Changes, now, cancellationToken);
            gathered = new();
        }
        await HubTables.SaveAsync(transaction.On, gathered, now, cancellationToken);
        transaction.Commit();
    }

    /// <summary>True for changes that give the same whether they are saved one after the other or at once: what nearly every write leaves.</summary>
    private static bool IsPlain(HubChanges changes) =>
        changes.Golden.Count + changes.Keys.Count + changes.RemovedKeys.Count + changes.RemovedLinks.Count + changes.Merged.Count + changes.Feed.Count + changes.DeadLetters.Count + changes.Conflicts.Count + changes.Decided.Count + changes.Versions.Count + changes.Cursors.Count == 0;

    public async Task<IReadOnlyList<JournalEntry>> OpenIntentsAsync(string connection, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => OperationTable.OpenAsync(on, connection, cancellationToken));

    public IAsyncEnumerable<JournalEntry> OfRunAsync(long runId, CancellationToken cancellationToken) =>
        NewestFirstAsync((on, before) => OperationTable.OfRunAsync(on, runId, before, Chunk, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<(Records.StreamId Stream, Verb Verb, long Count)>> CountOfRunAsync(long runId, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => OperationTable.CountOfRunAsync(on, runId, cancellationToken));

    public async Task<IReadOnlyList<JournalEntry>> OfRecordAsync(long goldenId, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => OperationTable.OfRecordAsync(on, goldenId, cancellationToken));

    public IAsyncEnumerable<JournalEntry> CreatedBySyncAsync(string sync, CancellationToken cancellationToken) =>
        NewestFirstAsync((on, before) => OperationTable.CreatedAsync(on, sync, before, Chunk, cancellationToken), cancellationToken);

    public Task<long> FindOffsetAsync(string reader, CancellationToken cancellationToken) => database.ReadAsync(on => CheckpointTable.FindOffsetAsync(on, reader, cancellationToken));

    public Task SaveOffsetAsync(string reader, long sequence, CancellationToken cancellationToken) =>
        database.WriteAsync(on => CheckpointTable.SaveOffsetAsync(on, reader, sequence, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(string? sync, bool skipped, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => DeadLetterTable.LatestAsync(on, sync, skipped, take, cancellationToken));

    public Task<long> CountDeadLettersAsync(string sync, CancellationToken cancellationToken) => database.ReadAsync(on => DeadLetterTable.CountAsync(on, sync, cancellationToken));

    public Task<DeadLetter?> FindDeadLetterAsync(DeadLetterKey key, CancellationToken cancellationToken) => database.ReadAsync(on => DeadLetterTable.FindAsync(on, key, cancellationToken));

    public async Task<IReadOnlyList<DeadLetter>> DueAsync(string sync, string connection, DateTimeOffset now, bool force, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => DeadLetterTable.DueAsync(on, sync, connection, now, force, take, cancellationToken));

    private async IAsyncEnumerable<JournalEntry> NewestFirstAsync(
        Func<Statements, long, Task<List<(long Ordinal, JournalEntry Entry)>>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<(long Ordinal, JournalEntry Entry)> rows;
        long before = long.MaxValue;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows = await database.ReadAsync(on => read(on, before));
            foreach ((long ordinal, JournalEntry entry) in rows)
            {
                before = ordinal;
                yield return entry;
            }
        }
        while (rows.Count == Chunk);
    }
}
