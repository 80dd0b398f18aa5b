using Syncline.Imports;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Records that were taken into files.</summary>
internal static class ImportTable
{
    private const string All = "connection, id, type, name, web_url, list, file, digest, imported_at, state";

    /// <summary>For a statement in which the table is called i; its first columns, as <see cref="Read"/> takes them.</summary>
    public const string Joined = "i.connection, i.id, i.type, i.name, i.web_url, i.list, i.file, i.digest, i.imported_at, i.state";

    public static async Task SaveAsync(Statements on, IReadOnlyList<ImportEntry> entries, CancellationToken cancellationToken)
    {
        Statement save = on.Of($"""
            INSERT INTO imported_record ({All}) VALUES (@connection, @id, @type, @name, @web_url, @list, @file, @digest, @imported_at, @state)
            ON CONFLICT (connection, id) DO UPDATE SET type = excluded.type, name = excluded.name, web_url = excluded.web_url, list = excluded.list,
            file = excluded.file, digest = excluded.digest, imported_at = excluded.imported_at, state = excluded.state
            """);
        foreach (ImportEntry entry in entries)
        {
            await save.With(
                entry.Connection, Columns.Key(entry.Id), entry.Type, entry.Name, entry.WebUrl, entry.List, entry.File, entry.Digest,
                Columns.Milliseconds(entry.ImportedAt), entry.State.ToString()).RunAsync(cancellationToken);
        }
    }

    public static Task<Dictionary<string, ImportEntry>> FindAsync(Statements on, string connection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        on.Of($"""
            SELECT {Joined} FROM json_each(@ids) AS k CROSS JOIN imported_record AS i WHERE i.connection = @connection AND i.id = k.value->>0
            """).With(KeyJson.Of(ids), connection).ByKeyAsync(static row => (row.Key(1), Read(row)), cancellationToken);

    public static Task<List<ImportEntry>> ListAsync(Statements on, string connection, string? type, string? after, int take, CancellationToken cancellationToken) =>
        on.Of($"SELECT {All} FROM imported_record WHERE connection = @connection AND file > @after AND (CAST(@type AS text) IS NULL OR type = @type) ORDER BY file, id LIMIT @take")
            .With(connection, after ?? "", type, (long)take).ListAsync(Read, cancellationToken);

    public static ImportEntry Read(Row row) => new(row.Name(0), row.Name(2), row.Key(1), row.GetString(3))
    {
        WebUrl = row.TextOrNull(4), List = row.TextOrNull(5), File = row.GetString(6), Digest = row.GetString(7), ImportedAt = row.Time(8), State = row.Named<ImportState>(9),
    };
}
