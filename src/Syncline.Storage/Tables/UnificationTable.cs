using Syncline.Matching;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Links, looked at from their golden records.</summary>
internal static class UnificationTable
{
    // The cast keeps the database from going by connection: in the order of the golden records each group is complete when its last row is met, and nothing need be sorted.
    private const string InScope = """
        state <> 'Gone' AND is_ours = 0 AND (CAST(@kind AS text) IS NULL OR kind = @kind)
        AND CAST(connection AS text) IN (SELECT k.value->>0 FROM json_each(@connections) AS k)
        """;

    /// <summary>A cursor is kept for what was read, and for nothing else.</summary>
    public static Task<List<string>> SourcesAsync(Statements on, CancellationToken cancellationToken) =>
        on.Of("SELECT DISTINCT connection FROM cursor ORDER BY connection").With().ListAsync(r => r.GetString(0), cancellationToken);

    public static Task<List<KindCount>> CountAsync(Statements on, UnifiedScope scope, CancellationToken cancellationToken) =>
        on.Of($"""
            SELECT kind, SUM(remote), COUNT(*) FROM (SELECT MIN(kind) AS kind, COUNT(*) AS remote FROM link WHERE {InScope} GROUP BY golden_id) AS g
            GROUP BY kind ORDER BY kind
            """).With(scope.Kind?.Name, KeyJson.Of(scope.Connections)).ListAsync(r => new KindCount(new(r.GetString(0)), r.GetInt64(1), r.GetInt64(2)), cancellationToken);

    /// <summary>Golden records after an id that hold several remote records of one connection and stream.</summary>
    public static Task<List<long>> UnifyingAsync(Statements on, UnifiedScope scope, long after, int take, CancellationToken cancellationToken) =>
        on.Of($"""
            SELECT golden_id FROM link WHERE golden_id > @after AND {InScope}
            GROUP BY golden_id HAVING COUNT(*) > COUNT(DISTINCT connection || '/' || stream) ORDER BY golden_id LIMIT @take
            """).With(after, scope.Kind?.Name, KeyJson.Of(scope.Connections), (long)take).ListAsync(r => r.GetInt64(0), cancellationToken);

    public static async Task<List<Unification>> OfAsync(Statements on, UnifiedScope scope, long goldenId, int most, CancellationToken cancellationToken)
    {
        List<Unification> found = await on.Of($"""
            SELECT connection, stream, MIN(kind), COUNT(*) FROM link WHERE golden_id = @golden_id AND {InScope}
            GROUP BY connection, stream HAVING COUNT(*) > 1 ORDER BY connection, stream
            """).With(goldenId, scope.Kind?.Name, KeyJson.Of(scope.Connections))
            .ListAsync(r => new Unification(goldenId, new(r.GetString(2)), new(r.GetString(0), r.GetString(1)), r.GetInt64(3), []), cancellationToken);
        for (int i = 0; i < found.Count; i++) found[i] = found[i] with { Shown = await ShownAsync(on, goldenId, found[i].Stream, most, cancellationToken) };
        return found;
    }

    private static Task<List<Showing>> ShownAsync(Statements on, long goldenId, StreamId stream, int most, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT id, seen FROM link WHERE golden_id = @golden_id AND CAST(connection AS text) = @connection AND stream = @stream AND state <> 'Gone' AND is_ours = 0
            ORDER BY ordinal LIMIT @most
            """).With(goldenId, stream.Connection, stream.Name, (long)most).ListAsync(r => new Showing(stream.Key(r.Key(0)), FieldJson.ReadSet(r.Utf8(1))), cancellationToken);
}
