using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Links, with both halves of the base.</summary>
internal static class LinkTable
{
    public static async Task SaveAsync(Statements on, List<Link> links, CancellationToken cancellationToken)
    {
        foreach (Link link in links)
        {
            // As with golden records: the index on the golden record is left alone where it did not move.
            if (await SaveAsync(on, link, cancellationToken) > 0) continue;
            await on.Of("UPDATE link SET golden_id = @golden_id WHERE connection = @connection AND stream = @stream AND id = @id")
                .With(link.GoldenId, link.Key.Connection, link.Key.Stream, Columns.Key(link.Key.Id)).RunAsync(cancellationToken);
            await SaveAsync(on, link, cancellationToken);
        }
    }

    /// <summary>None, when the link belongs to another golden record so far.</summary>
    private static Task<int> SaveAsync(Statements on, Link link, CancellationToken cancellationToken) =>
        on.Of("""
            INSERT INTO link (connection, stream, id, kind, golden_id, seen, sent, answered, state, is_ours, seen_modified_at, is_deletion_proven)
            VALUES (@connection, @stream, @id, @kind, @golden_id, @seen, @sent, @answered, @state, @is_ours, @seen_modified_at, @is_deletion_proven)
            ON CONFLICT (connection, stream, id) DO UPDATE SET kind = excluded.kind, seen = excluded.seen,
            sent = excluded.sent, answered = excluded.answered, state = excluded.state, is_ours = excluded.is_ours,
            seen_modified_at = excluded.seen_modified_at, is_deletion_proven = excluded.is_deletion_proven
            WHERE link.golden_id = excluded.golden_id
            """).With(
            link.Key.Connection, link.Key.Stream, Columns.Key(link.Key.Id), link.Kind.Name, link.GoldenId,
            FieldJson.Write(link.Seen), FieldJson.Write(link.Sent), FieldJson.Write(link.Answered),
            link.State.ToString(), Columns.Number(link.IsOurs), link.SeenModifiedAt?.UtcTicks, Columns.Number(link.IsDeletionProven)).RunAsync(cancellationToken);

    public static async Task RemoveAsync(Statements on, List<RecordKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return;
        Statement remove = on.Of("DELETE FROM link WHERE connection = @connection AND stream = @stream AND id = @id");
        foreach (RecordKey key in keys) await remove.With(key.Connection, key.Stream, Columns.Key(key.Id)).RunAsync(cancellationToken);
    }

    public static async Task<IReadOnlyDictionary<RecordKey, Link>> FindAsync(Statements on, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, Link> found = new(keys.Count);
        // A stream at a time: a page has one or two, and to take three parts out of each key would cost as much again as to find its row.
        foreach (IGrouping<StreamId, string> stream in keys.GroupBy(k => new StreamId(k.Connection, k.Stream), k => k.Id))
        {
            List<Link> links = await on.Of("""
                SELECT l.connection, l.stream, l.id, l.kind, l.golden_id, l.seen, l.sent, l.answered, l.state, l.is_ours, l.seen_modified_at, l.is_deletion_proven
                FROM json_each(@ids) AS k CROSS JOIN link AS l
                WHERE l.connection = @connection AND l.stream = @stream AND l.id = k.value->>0
                """).With(KeyJson.Of([.. stream]), stream.Key.Connection, stream.Key.Name).ListAsync(Read, cancellationToken);
            foreach (Link link in links) found[link.Key] = link;
        }
        return found;
    }

    /// <summary>By golden record, each one's links in the order in which they were made.</summary>
    public static async Task<ILookup<long, Link>> OfAsync(Statements on, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken)
    {
        List<Link> found = goldenIds.Count == 0 ? [] : await on.Of("""
            SELECT l.connection, l.stream, l.id, l.kind, l.golden_id, l.seen, l.sent, l.answered, l.state, l.is_ours, l.seen_modified_at, l.is_deletion_proven
            FROM json_each(@ids) AS k CROSS JOIN link AS l WHERE l.golden_id = CAST(k.value->>0 AS bigint) ORDER BY l.ordinal
            """).With(KeyJson.Of([.. goldenIds.Distinct()])).ListAsync(Read, cancellationToken);
        return found.ToLookup(l => l.GoldenId);
    }

    public static Task<List<(long Ordinal, Link Link)>> OfConnectionAsync(Statements on, string connection, string? stream, long after, int take, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT connection, stream, id, kind, golden_id, seen, sent, answered, state, is_ours, seen_modified_at, is_deletion_proven, ordinal FROM link
            WHERE connection = @connection AND (CAST(@stream AS text) IS NULL OR stream = @stream) AND ordinal > @after
            ORDER BY ordinal LIMIT @take
            """).With(connection, stream, after, (long)take).ListAsync(r => (r.GetInt64(12), Read(r)), cancellationToken);

    public static Task<long> CountAsync(Statements on, StreamId stream, CancellationToken cancellationToken) =>
        on.Of("SELECT COUNT(*) FROM link WHERE connection = @connection AND stream = @stream AND state <> 'Gone'").With(stream.Connection, stream.Name).NumberAsync(cancellationToken);

    private static Link Read(Row row) => new(new(row.Name(0), row.Name(1), row.Key(2)), new(row.Name(3)), row.GetInt64(4))
    {
        Seen = FieldJson.ReadSet(row.Utf8(5)),
        Sent = FieldJson.ReadSet(row.Utf8(6)),
        Answered = FieldJson.ReadSet(row.Utf8(7)),
        State = row.Named<LinkState>(8),
        IsOurs = row.Flag(9),
        SeenModifiedAt = row.NumberOrNull(10) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        IsDeletionProven = row.Flag(11),
    };
}
