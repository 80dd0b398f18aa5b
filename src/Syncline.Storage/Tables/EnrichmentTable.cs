using Syncline.Enriching;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>What enrichers answered, are being asked and have cost.</summary>
internal static class EnrichmentTable
{
    private const decimal Millionths = 1_000_000m;

    public static async Task<IReadOnlyDictionary<string, KeptAnswer>> FindAsync(Statements on, string enricher, RecordKind kind, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        await on.Of("""
            SELECT a.key, a.fingerprint, a.fields, a.at FROM json_each(@keys) AS k CROSS JOIN enrichment_answer AS a
            WHERE a.enricher = @enricher AND a.kind = @kind AND a.key = k.value->>0
            """).With(KeyJson.Of(keys), enricher, kind.Name).ByKeyAsync(static r => (r.Key(0), Read(r)), cancellationToken);

    public static async Task SaveAsync(Statements on, string enricher, RecordKind kind, IReadOnlyList<KeptAnswer> answers, CancellationToken cancellationToken)
    {
        Statement save = on.Of("""
            INSERT INTO enrichment_answer (enricher, kind, key, fingerprint, fields, at) VALUES (@enricher, @kind, @key, @fingerprint, @fields, @at)
            ON CONFLICT (enricher, kind, key) DO UPDATE SET fingerprint = excluded.fingerprint, fields = excluded.fields, at = excluded.at
            """);
        foreach (KeptAnswer answer in answers)
        {
            Parameter fields = answer.Fields is null ? (string?)null : FieldJson.Write(answer.Fields);
            await save.With(enricher, kind.Name, Columns.Key(answer.Key), answer.Fingerprint, fields, Columns.Milliseconds(answer.At)).RunAsync(cancellationToken);
        }
    }

    public static async Task AskAsync(Statements on, string enricher, IReadOnlyCollection<(string Key, long GoldenId)> asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Statement ask = on.Of("INSERT INTO enrichment_question (enricher, golden_id, key, at) VALUES (@enricher, @golden_id, @key, @at) ON CONFLICT (enricher, golden_id) DO UPDATE SET key = excluded.key, at = excluded.at");
        foreach ((string key, long goldenId) in asked) await ask.With(enricher, goldenId, Columns.Key(key), Columns.Milliseconds(now)).RunAsync(cancellationToken);
    }

    /// <summary>Nothing is being asked of the enricher any more.</summary>
    public static Task<int> EndAskingAsync(Statements on, string enricher, CancellationToken cancellationToken) =>
        on.Of("DELETE FROM enrichment_question WHERE enricher = @enricher").With(enricher).RunAsync(cancellationToken);

    public static Task<int> SpendAsync(Statements on, string enricher, decimal spent, DateTimeOffset now, CancellationToken cancellationToken) =>
        on.Of("INSERT INTO enrichment_cost (enricher, at, spent) VALUES (@enricher, @at, @spent)").With(enricher, Columns.Milliseconds(now), (long)Math.Ceiling(spent * Millionths)).RunAsync(cancellationToken);

    public static async Task<decimal> SpentAsync(Statements on, string enricher, DateTimeOffset since, CancellationToken cancellationToken) =>
        await on.Of("SELECT COALESCE(SUM(spent), 0) FROM enrichment_cost WHERE enricher = @enricher AND at >= @since").With(enricher, Columns.Milliseconds(since)).NumberAsync(cancellationToken) / Millionths;

    private static KeptAnswer Read(Row row) => new(row.Key(0), row.GetString(1), row.IsNull(2) ? null : FieldJson.ReadSet(row.Utf8(2)), row.Time(3));
}
