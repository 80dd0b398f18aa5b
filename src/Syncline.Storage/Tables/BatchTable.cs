using Syncline.Enriching;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Batches of questions and the records they ask about.</summary>
internal static class BatchTable
{
    private const decimal Millionths = 1_000_000m;

    public static Task<long> AddAsync(Statements on, EnrichmentBatch batch, CancellationToken cancellationToken) =>
        on.Of("""
            INSERT INTO enrichment_batch (enricher, kind, sync, state, questions, most, at) VALUES (@enricher, @kind, @sync, @state, @questions, @most, @at)
            RETURNING ordinal
            """).With(batch.Enricher, batch.Kind.Name, batch.Sync, batch.State.ToString(), (long)batch.Questions, (long)Math.Ceiling(batch.Most * Millionths), Columns.Milliseconds(batch.At)).NumberAsync(cancellationToken);

    public static async Task AddRecordsAsync(Statements on, long ordinal, IReadOnlyList<BatchedRecord> records, CancellationToken cancellationToken)
    {
        Statement add = on.Of("INSERT INTO enrichment_batch_record (batch, golden_id, position, key, fingerprint) VALUES (@batch, @golden_id, @position, @key, @fingerprint)");
        foreach (BatchedRecord record in records) await add.With(ordinal, record.GoldenId, (long)record.Position, Columns.Key(record.Key), record.Fingerprint).RunAsync(cancellationToken);
    }

    public static Task<int> StartAsync(Statements on, long ordinal, string remoteId, CancellationToken cancellationToken) =>
        on.Of("UPDATE enrichment_batch SET state = 'UnderWay', remote_id = @remote_id WHERE ordinal = @ordinal AND state = 'Intended'").With(remoteId, ordinal).RunAsync(cancellationToken);

    /// <summary>False when its answers are kept already.</summary>
    public static async Task<bool> CollectAsync(Statements on, long ordinal, CancellationToken cancellationToken) =>
        await on.Of("UPDATE enrichment_batch SET state = 'Collected' WHERE ordinal = @ordinal AND state <> 'Collected'").With(ordinal).RunAsync(cancellationToken) > 0;

    public static async Task ForgetAsync(Statements on, long ordinal, IReadOnlyCollection<int> positions, CancellationToken cancellationToken)
    {
        Statement forget = on.Of("DELETE FROM enrichment_batch_record WHERE batch = @batch AND position = @position");
        foreach (int position in positions) await forget.With(ordinal, (long)position).RunAsync(cancellationToken);
    }

    public static async Task EndAsync(Statements on, long ordinal, CancellationToken cancellationToken)
    {
        await on.Of("DELETE FROM enrichment_batch_record WHERE batch = @batch").With(ordinal).RunAsync(cancellationToken);
        await on.Of("DELETE FROM enrichment_batch WHERE ordinal = @ordinal").With(ordinal).RunAsync(cancellationToken);
    }

    public static Task<List<EnrichmentBatch>> ListAsync(Statements on, string enricher, CancellationToken cancellationToken) =>
        on.Of("SELECT ordinal, enricher, kind, sync, state, remote_id, questions, most, at FROM enrichment_batch WHERE enricher = @enricher ORDER BY ordinal").With(enricher).ListAsync(Read, cancellationToken);

    public static Task<List<BatchedRecord>> RecordsAsync(Statements on, long ordinal, CancellationToken cancellationToken) =>
        on.Of("SELECT golden_id, position, key, fingerprint FROM enrichment_batch_record WHERE batch = @batch ORDER BY position, golden_id")
            .With(ordinal).ListAsync(static r => new BatchedRecord(r.GetInt64(0), (int)r.GetInt64(1), r.Key(2), r.GetString(3)), cancellationToken);

    public static Task<List<long>> UnderWayAsync(Statements on, string enricher, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT r.golden_id FROM json_each(@ids) AS k CROSS JOIN enrichment_batch_record AS r CROSS JOIN enrichment_batch AS b
            WHERE r.golden_id = CAST(k.value->>0 AS bigint) AND b.ordinal = r.batch AND b.enricher = @enricher AND b.state <> 'Collected'
            """).With(KeyJson.Of(goldenIds), enricher).ListAsync(static r => r.GetInt64(0), cancellationToken);

    private static EnrichmentBatch Read(Row row) =>
        new(row.GetInt64(0), row.GetString(1), new(row.GetString(2)), row.GetString(3), row.Named<BatchState>(4), row.TextOrNull(5), (int)row.GetInt64(6), row.GetInt64(7) / Millionths, row.Time(8));
}
