using System.Collections.ObjectModel;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Cursors of streams, content versions of records, and how far each reader of the feed is.</summary>
internal static class CheckpointTable
{
    public static async Task SaveCursorsAsync(Statements on, List<(StreamId Stream, Cursor Cursor)> cursors, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (cursors.Count == 0) return;
        Statement save = on.Of("""
            INSERT INTO cursor (connection, stream, position, saved_at) VALUES (@connection, @stream, @position, @saved_at)
            ON CONFLICT (connection, stream) DO UPDATE SET position = excluded.position, saved_at = excluded.saved_at
            """);
        foreach ((StreamId stream, Cursor cursor) in cursors) await save.With(stream.Connection, stream.Name, cursor.Text, Columns.Milliseconds(now)).RunAsync(cancellationToken);
    }

    public static async Task<Cursor?> FindCursorAsync(Statements on, StreamId stream, CancellationToken cancellationToken) =>
        await on.Of("SELECT position FROM cursor WHERE connection = @connection AND stream = @stream")
            .With(stream.Connection, stream.Name).FirstAsync(r => new Cursor(r.GetString(0)), cancellationToken);

    public static async Task SaveVersionsAsync(Statements on, List<(RecordKey Key, string Version)> versions, CancellationToken cancellationToken)
    {
        if (versions.Count == 0) return;
        Statement save = on.Of("""
            INSERT INTO version (connection, stream, id, version) VALUES (@connection, @stream, @id, @version)
            ON CONFLICT (connection, stream, id) DO UPDATE SET version = excluded.version
            """);
        foreach ((RecordKey key, string version) in versions) await save.With(key.Connection, key.Stream, Columns.Key(key.Id), version).RunAsync(cancellationToken);
    }

    public static async Task<IReadOnlyDictionary<string, string>> FindVersionsAsync(Statements on, StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return ReadOnlyDictionary<string, string>.Empty;
        return await on.Of("""
            SELECT v.id, v.version FROM json_each(@ids) AS k CROSS JOIN version AS v
            WHERE v.connection = @connection AND v.stream = @stream AND v.id = k.value->>0
            """).With(KeyJson.Of(ids), stream.Connection, stream.Name).ByKeyAsync(static r => (r.Key(0), r.GetString(1)), cancellationToken);
    }

    public static Task<long> FindOffsetAsync(Statements on, string reader, CancellationToken cancellationToken) =>
        on.Of("SELECT sequence FROM reader_offset WHERE reader = @reader").With(reader).NumberAsync(cancellationToken);

    public static Task<int> SaveOffsetAsync(Statements on, string reader, long sequence, CancellationToken cancellationToken) =>
        on.Of("""
            INSERT INTO reader_offset (reader, sequence) VALUES (@reader, @sequence)
            ON CONFLICT (reader) DO UPDATE SET sequence = excluded.sequence
            """).With(reader, sequence).RunAsync(cancellationToken);
}
