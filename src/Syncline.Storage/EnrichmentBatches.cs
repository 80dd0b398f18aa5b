using Syncline.Enriching;
using Syncline.Records;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>Batches of questions in a database.</summary>
internal sealed class EnrichmentBatches(SqliteDatabase database) : IEnrichmentBatches
{
    public async Task<EnrichmentBatch> IntendAsync(string enricher, RecordKind kind, string sync, decimal most, IReadOnlyList<BatchedRecord> records, CancellationToken cancellationToken)
    {
        int questions = records.Count == 0 ? 0 : records.Max(r => r.Position) + 1;
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(Columns.Milliseconds(database.Clock.GetUtcNow()));
        EnrichmentBatch batch = new(0, enricher, kind, sync, BatchState.Intended, null, questions, most, now);
        // What a power cut took back would be sent, and paid, a second time.
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken, toDisk: true);
        batch = batch with { Ordinal = await BatchTable.AddAsync(transaction.On, batch, cancellationToken) };
        await BatchTable.AddRecordsAsync(transaction.On, batch.Ordinal, records, cancellationToken);
        transaction.Commit();
        return batch;
    }

    public Task StartAsync(long ordinal, string remoteId, CancellationToken cancellationToken) => database.WriteAsync(on => BatchTable.StartAsync(on, ordinal, remoteId, cancellationToken), cancellationToken);

    public async Task<bool> CollectAsync(EnrichmentBatch batch, IReadOnlyList<KeptAnswer> answers, IReadOnlyCollection<int> failed, decimal spent, CancellationToken cancellationToken)
    {
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken, toDisk: true);
        if (!await BatchTable.CollectAsync(transaction.On, batch.Ordinal, cancellationToken)) return false;
        await EnrichmentTable.SaveAsync(transaction.On, batch.Enricher, batch.Kind, answers, cancellationToken);
        if (spent > 0) await EnrichmentTable.SpendAsync(transaction.On, batch.Enricher, spent, database.Clock.GetUtcNow(), cancellationToken);
        await BatchTable.ForgetAsync(transaction.On, batch.Ordinal, failed, cancellationToken);
        transaction.Commit();
        return true;
    }

    public async Task EndAsync(long ordinal, CancellationToken cancellationToken)
    {
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken);
        await BatchTable.EndAsync(transaction.On, ordinal, cancellationToken);
        transaction.Commit();
    }

    public async Task<IReadOnlyList<EnrichmentBatch>> ListAsync(string enricher, CancellationToken cancellationToken) => await database.ReadAsync(on => BatchTable.ListAsync(on, enricher, cancellationToken));

    public async Task<IReadOnlyList<BatchedRecord>> RecordsAsync(long ordinal, CancellationToken cancellationToken) => await database.ReadAsync(on => BatchTable.RecordsAsync(on, ordinal, cancellationToken));

    public async Task<IReadOnlySet<long>> UnderWayAsync(string enricher, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        (await database.ReadAsync(on => BatchTable.UnderWayAsync(on, enricher, goldenIds, cancellationToken))).ToHashSet();
}
