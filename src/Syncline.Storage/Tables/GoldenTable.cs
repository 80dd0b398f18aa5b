using System.Collections.ObjectModel;
using System.Globalization;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Golden records, and their references turned round.</summary>
internal static class GoldenTable
{
    public static Task<long> ReserveIdsAsync(Statements on, int count, CancellationToken cancellationToken) =>
        on.Of("UPDATE sequence SET next = next + @count WHERE name = 'golden' RETURNING next - @count").With((long)count).NumberAsync(cancellationToken);

    public static async Task SaveAsync(Statements on, List<GoldenRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0) return;
        Statement relate = on.Of("INSERT INTO relation (from_id, field, to_id) VALUES (@from_id, @field, @to_id) ON CONFLICT DO NOTHING");
        await on.Of("DELETE FROM relation WHERE from_id IN (SELECT CAST(k.value->>0 AS bigint) FROM json_each(@ids) AS k)").With(KeyJson.Of([.. records.Select(r => r.Id)])).RunAsync(cancellationToken);
        foreach (GoldenRecord record in records)
        {
            await SaveAsync(on, record, cancellationToken);
            foreach ((string field, long to) in References(record.Fields)) await relate.With(record.Id, field, to).RunAsync(cancellationToken);
        }
    }

    /// <summary>An update writes the index of every column it names, changed or not: a column that an index has is named only where it moved.</summary>
    private static async Task SaveAsync(Statements on, GoldenRecord record, CancellationToken cancellationToken)
    {
        int saved = await on.Of("""
            INSERT INTO golden (id, kind, fields, origins, is_deleted) VALUES (@id, @kind, @fields, @origins, @is_deleted)
            ON CONFLICT (id) DO UPDATE SET fields = excluded.fields, origins = excluded.origins
            WHERE golden.kind = excluded.kind AND golden.is_deleted = excluded.is_deleted
            """).With(record.Id, record.Kind.Name, FieldJson.Write(record.Fields), LineageJson.Write(record.Origins), Columns.Number(record.IsDeleted)).RunAsync(cancellationToken);
        if (saved > 0) return;
        await on.Of("UPDATE golden SET kind = @kind, fields = @fields, origins = @origins, is_deleted = @is_deleted WHERE id = @id")
            .With(record.Kind.Name, FieldJson.Write(record.Fields), LineageJson.Write(record.Origins), Columns.Number(record.IsDeleted), record.Id).RunAsync(cancellationToken);
    }

    public static async Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(Statements on, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return ReadOnlyDictionary<long, GoldenRecord>.Empty;
        return await on.Of("""
            SELECT g.id, g.kind, g.fields, g.origins, g.is_deleted
            FROM json_each(@ids) AS k CROSS JOIN golden AS g WHERE g.id = CAST(k.value->>0 AS bigint)
            """).With(KeyJson.Of(ids)).ByKeyAsync(static r => (r.GetInt64(0), Read(r)), cancellationToken);
    }

    public static async Task<ILookup<long, GoldenRecord>> ReferringAsync(Statements on, RecordKind kind, string field, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        List<(long To, GoldenRecord From)> found = ids.Count == 0 ? [] : await on.Of("""
            SELECT g.id, g.kind, g.fields, g.origins, g.is_deleted, r.to_id
            FROM json_each(@ids) AS k CROSS JOIN relation AS r CROSS JOIN golden AS g
            WHERE r.to_id = CAST(k.value->>0 AS bigint) AND r.field = @field AND g.id = r.from_id AND g.kind = @kind
            ORDER BY r.to_id, g.id
            """).With(KeyJson.Of([.. ids.Distinct()]), field, kind.Name).ListAsync(r => (r.GetInt64(5), Read(r)), cancellationToken);
        return found.ToLookup(f => f.To, f => f.From);
    }

    public static Task<List<GoldenRecord>> ListAsync(Statements on, RecordKind kind, long after, int take, CancellationToken cancellationToken) =>
        on.Of("SELECT id, kind, fields, origins, is_deleted FROM golden WHERE kind = @kind AND is_deleted = 0 AND id > @after ORDER BY id LIMIT @take")
            .With(kind.Name, after, (long)take).ListAsync(Read, cancellationToken);

    public static async Task<IReadOnlyDictionary<RecordKind, long>> CountAsync(Statements on, CancellationToken cancellationToken)
    {
        List<(RecordKind Kind, long Count)> counts = await on.Of("SELECT kind, COUNT(*) FROM golden WHERE is_deleted = 0 GROUP BY kind").With().ListAsync(r => (new RecordKind(r.GetString(0)), r.GetInt64(1)), cancellationToken);
        return counts.ToDictionary(c => c.Kind, c => c.Count);
    }

    public static GoldenRecord Read(Row row) => new(row.GetInt64(0), new(row.Name(1)), FieldJson.ReadSet(row.Utf8(2)))
    {
        Origins = LineageJson.ReadOrigins(row.Utf8(3)),
        IsDeleted = row.Flag(4),
    };

    private static IEnumerable<(string Field, long To)> References(FieldSet fields)
    {
        foreach (Field field in fields)
        {
            if (field.Value.Type is not (FieldType.Reference or FieldType.List)) continue;
            foreach (FieldValue item in field.Value.Items)
            {
                if (item.Type == FieldType.Reference && long.TryParse(item.ReferencedId, NumberStyles.None, CultureInfo.InvariantCulture, out long to)) yield return (field.Name, to);
            }
        }
    }
}
