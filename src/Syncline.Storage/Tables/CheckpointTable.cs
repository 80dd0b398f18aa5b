using System.Collections.ObjectModel;
using Syncline.Extraction;
using Syncline.Merging;
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

    /// <param name="runId">The run that has read them. Of two runs that read at the same time the later one stays on record, so that neither takes what the other showed for missing.</param>
    public static async Task SaveVersionsAsync(Statements on, List<(RecordKey Key, string Version)> versions, long runId, CancellationToken cancellationToken)
    {
        if (versions.Count == 0) return;
        Statement save = on.Of("""
            INSERT INTO version (connection, stream, id, version, run_id) VALUES (@connection, @stream, @id, @version, @run_id)
            ON CONFLICT (connection, stream, id) DO UPDATE SET version = excluded.version, run_id = MAX(version.run_id, excluded.run_id), missed = 0
            """);
        foreach ((RecordKey key, string version) in versions) await save.With(key.Connection, key.Stream, Columns.Key(key.Id), version, runId).RunAsync(cancellationToken);
    }

    public static async Task RemoveVersionsAsync(Statements on, List<RecordKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return;
        Statement remove = on.Of("DELETE FROM version WHERE connection = @connection AND stream = @stream AND id = @id");
        foreach (RecordKey key in keys) await remove.With(key.Connection, key.Stream, Columns.Key(key.Id)).RunAsync(cancellationToken);
    }

    public static async Task<Attendance> CountAttendanceAsync(Statements on, StreamId stream, long runId, CancellationToken cancellationToken) =>
        (await on.Of("SELECT COUNT(*), COUNT(*) FILTER (WHERE run_id < @run_id) FROM version WHERE connection = @connection AND stream = @stream")
            .With(runId, stream.Connection, stream.Name).ListAsync(r => new Attendance(r.GetInt64(0), r.GetInt64(1)), cancellationToken))[0];

    public static async Task<IReadOnlyList<string>> MarkMissingAsync(Statements on, StreamId stream, long runId, CancellationToken cancellationToken)
    {
        await on.Of("UPDATE version SET missed = missed + 1 WHERE connection = @connection AND stream = @stream AND run_id < @run_id")
            .With(stream.Connection, stream.Name, runId).RunAsync(cancellationToken);
        return await on.Of("SELECT id FROM version WHERE connection = @connection AND stream = @stream AND missed > 1 ORDER BY id")
            .With(stream.Connection, stream.Name).ListAsync(r => r.Key(0), cancellationToken);
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
