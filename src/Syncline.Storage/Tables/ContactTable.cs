using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Storage.Tables;

/// <summary>Golden records with the state that the other tables give them.</summary>
internal static class ContactTable
{
    // What was sent is empty for a record that was only read. A reader of the feed is called SYNC>CONNECTION. What an enricher failed at is no failure while it is asked again.
    private const string Stated = """
        SELECT g.id, g.kind, g.fields, g.origins, g.is_deleted,
        CASE
            WHEN EXISTS (
                SELECT 1 FROM dead_letter AS d WHERE d.golden_id = g.id AND d.stage <> 'skipped' AND NOT (d.stage = 'enriching' AND EXISTS (
                    SELECT 1 FROM enrichment_batch_record AS r JOIN enrichment_batch AS b ON b.ordinal = r.batch WHERE r.golden_id = g.id AND b.enricher = d.connection AND b.state <> 'Collected'))) THEN 'Failed'
            WHEN EXISTS (SELECT 1 FROM enrichment_question AS q WHERE q.golden_id = g.id) THEN 'Enriching'
            WHEN EXISTS (SELECT 1 FROM enrichment_batch_record AS r JOIN enrichment_batch AS b ON b.ordinal = r.batch WHERE r.golden_id = g.id AND b.state <> 'Collected') THEN 'Enriching'
            WHEN EXISTS (SELECT 1 FROM operation AS o WHERE o.golden_id = g.id AND o.state = 'Intended') THEN 'Syncing'
            WHEN EXISTS (
                SELECT 1 FROM link AS l WHERE l.golden_id = g.id AND l.state = 'Live' AND l.sent <> '{}' AND NOT EXISTS (
                    SELECT 1 FROM feed AS f WHERE f.golden_id = g.id AND f.sequence > (
                        SELECT COALESCE(MAX(r.sequence), 0) FROM reader_offset AS r WHERE substr(r.reader, -length(l.connection) - 1) = '>' || l.connection))) THEN 'Synced'
            WHEN EXISTS (SELECT 1 FROM link AS l WHERE l.golden_id = g.id AND l.connection = 'syncline' AND substr(l.stream, 1, 7) = 'enrich:') THEN 'Enriched'
            ELSE 'Imported'
        END AS state
        FROM golden AS g WHERE g.kind = @kind AND g.is_deleted = 0 AND g.id > @after
        AND (CAST(@text AS text) IS NULL OR instr(lower(g.fields), lower(@text)) > 0)
        AND (CAST(@source AS text) IS NULL OR EXISTS (SELECT 1 FROM link AS l WHERE l.golden_id = g.id AND l.connection = @source AND l.is_ours = 0))
        """;

    public static Task<List<(GoldenRecord Golden, ContactState State)>> ListAsync(Statements on, ContactFilter filter, long after, int take, CancellationToken cancellationToken) =>
        on.Of($"SELECT * FROM ({Stated}) AS stated WHERE (CAST(@state AS text) IS NULL OR state = @state) ORDER BY id LIMIT @take")
            .With(filter.Kind.Name, after, filter.Text, filter.Source, filter.State?.ToString(), (long)take).ListAsync(r => (GoldenTable.Read(r), r.Named<ContactState>(5)), cancellationToken);

    public static Task<Dictionary<ContactState, long>> CountAsync(Statements on, ContactFilter filter, CancellationToken cancellationToken) =>
        on.Of($"SELECT state, COUNT(*) FROM ({Stated}) AS stated GROUP BY state")
            .With(filter.Kind.Name, 0L, filter.Text, filter.Source).ByKeyAsync(r => (r.Named<ContactState>(0), r.GetInt64(1)), cancellationToken);

    /// <summary>The letter about a record that is tried first.</summary>
    public static async Task<(string? Reason, DateTimeOffset? NextAttempt)> FailureAsync(Statements on, long goldenId, CancellationToken cancellationToken) =>
        await on.Of("SELECT reason, retry_at FROM dead_letter WHERE golden_id = @golden_id AND stage <> 'skipped' ORDER BY retry_at IS NULL, retry_at LIMIT 1")
            .With(goldenId).FirstAsync(r => ((string?)r.GetString(0), r.TimeOrNull(1)), cancellationToken);
}
