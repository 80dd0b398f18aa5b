using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Links, with both halves of the base.</summary>
internal static class LinkTable
{
    public static async Task SaveAsync(Statements on, List<Link> links, CancellationToken cancellationToken)
    {
        if (links.Count == 0) return;
        Statement save = on.Of("""
            INSERT INTO link (connection, stream, id, kind, golden_id, seen, sent, answered, state, is_ours, seen_modified_at)
            VALUES (@connection, @stream, @id, @kind, @golden_id, @seen, @sent, @answered, @state, @is_ours, @seen_modified_at)
            ON CONFLICT (connection, stream, id) DO UPDATE SET kind = excluded.kind, golden_id = excluded.golden_id, seen = excluded.seen,
            sent = excluded.sent, answered = excluded.answered, state = excluded.state, is_ours = excluded.is_ours, seen_modified_at = excluded.seen_modified_at
            """);
        foreach (Link link in links)
        {
            await save.With(
                link.Key.Connection, link.Key.Stream, Columns.Key(link.Key.Id), link.Kind.Name, link.GoldenId,
                FieldJson.Write(link.Seen), FieldJson.Write(link.Sent), FieldJson.Write(link.Answered),
                link.State.ToString(), Columns.Number(link.IsOurs), link.SeenModifiedAt?.UtcTicks).RunAsync(cancellationToken);
        }
    }

    public static async Task RemoveAsync(Statements on, List<RecordKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return;
        Statement remove = on.Of("DELETE FROM link WHERE connection = @connection AND stream = @stream AND id = @id");
        foreach (RecordKey key in keys) await remove.With(key.Connection, key.Stream, Columns.Key(key.Id)).RunAsync(cancellationToken);
    }

    public static async Task<IReadOnlyDictionary<RecordKey, Link>> FindAsync(Statements on, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        List<Link> found = keys.Count == 0 ? [] : await on.Of("""
            SELECT l.connection, l.stream, l.id, l.kind, l.golden_id, l.seen, l.sent, l.answered, l.state, l.is_ours, l.seen_modified_at
            FROM json_each(@keys) AS k CROSS JOIN link AS l
            WHERE l.connection = k.value->>0 AND l.stream = k.value->>1 AND l.id = k.value->>2
            """).With(KeyJson.Of(keys)).ListAsync(Read, cancellationToken);
        return found.DistinctBy(l => l.Key).ToDictionary(l => l.Key);
    }

    /// <summary>By golden record, each one's links in the order in which they were made.</summary>
    public static async Task<ILookup<long, Link>> OfAsync(Statements on, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken)
    {
        List<Link> found = goldenIds.Count == 0 ? [] : await on.Of("""
            SELECT l.connection, l.stream, l.id, l.kind, l.golden_id, l.seen, l.sent, l.answered, l.state, l.is_ours, l.seen_modified_at
            FROM json_each(@ids) AS k CROSS JOIN link AS l WHERE l.golden_id = CAST(k.value->>0 AS bigint) ORDER BY l.ordinal
            """).With(KeyJson.Of([.. goldenIds.Distinct()])).ListAsync(Read, cancellationToken);
        return found.ToLookup(l => l.GoldenId);
    }

    public static Task<List<(long Ordinal, Link Link)>> OfConnectionAsync(Statements on, string connection, string? stream, long after, int take, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT connection, stream, id, kind, golden_id, seen, sent, answered, state, is_ours, seen_modified_at, ordinal FROM link
            WHERE connection = @connection AND (CAST(@stream AS text) IS NULL OR stream = @stream) AND ordinal > @after
            ORDER BY ordinal LIMIT @take
            """).With(connection, stream, after, (long)take).ListAsync(r => (r.GetInt64(11), Read(r)), cancellationToken);

    private static Link Read(Row row) => new(new(row.Name(0), row.Name(1), row.Key(2)), new(row.Name(3)), row.GetInt64(4))
    {
        Seen = FieldJson.ReadSet(row.Utf8(5)),
        Sent = FieldJson.ReadSet(row.Utf8(6)),
        Answered = FieldJson.ReadSet(row.Utf8(7)),
        State = row.Named<LinkState>(8),
        IsOurs = row.Flag(9),
        SeenModifiedAt = row.NumberOrNull(10) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
    };
}
