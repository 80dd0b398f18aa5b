using Syncline.Storage.Json;
using Syncline.Storage.Serving;

namespace Syncline.Storage.Tables;

/// <summary>Deliveries of webhooks.</summary>
internal static class InboxTable
{
    private const string Bodiless = "id, connection, delivery_id, received_at, state, attempts, due_at, done_at, detail, hints";

    private const string Chosen = "id IN (SELECT CAST(k.value->>0 AS bigint) FROM json_each(@ids) AS k)";

    /// <summary>The id of the row, and whether it is new.</summary>
    public static async Task<(long Id, bool IsNew)> AddAsync(Statements on, Delivery delivery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // An id is never 0.
        long added = await on.Of("""
            INSERT INTO inbox (connection, delivery_id, received_at, state, attempts, hints, body) VALUES (@connection, @delivery_id, @received_at, 'pending', 0, @hints, @body)
            ON CONFLICT (connection, delivery_id) DO NOTHING RETURNING id
            """).With(delivery.Connection, Columns.Key(delivery.Id), Columns.Milliseconds(now), delivery.HintsJson, Parameter.Bytes(delivery.Body)).NumberAsync(cancellationToken);
        if (added > 0) return (added, true);
        return (await on.Of("SELECT id FROM inbox WHERE connection = @connection AND delivery_id = @delivery_id").With(delivery.Connection, Columns.Key(delivery.Id)).NumberAsync(cancellationToken), false);
    }

    public static Task<List<InboxRow>> PendingAsync(Statements on, DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        on.Of($"SELECT {Bodiless} FROM inbox WHERE state = 'pending' AND (due_at IS NULL OR due_at <= @now) ORDER BY id LIMIT @take")
            .With(Columns.Milliseconds(now), (long)take).ListAsync(static r => Read(r, default), cancellationToken);

    public static Task<InboxRow?> FindAsync(Statements on, long id, CancellationToken cancellationToken) =>
        on.Of($"SELECT {Bodiless}, body FROM inbox WHERE id = @id").With(id).FirstAsync(static r => Read(r, r.Bytes(10)), cancellationToken);

    public static Task<List<InboxRow>> ListAsync(Statements on, string? connection, string? state, long before, int take, CancellationToken cancellationToken) =>
        on.Of($"""
            SELECT {Bodiless} FROM inbox WHERE id < @before AND (CAST(@connection AS text) IS NULL OR connection = @connection) AND (CAST(@state AS text) IS NULL OR state = @state)
            ORDER BY id DESC LIMIT @take
            """).With(before, connection, state, (long)take).ListAsync(static r => Read(r, default), cancellationToken);

    public static Task<List<InboxCount>> CountsAsync(Statements on, CancellationToken cancellationToken) =>
        on.Of("SELECT connection, state, COUNT(*) FROM inbox GROUP BY connection, state ORDER BY connection, state").With()
            .ListAsync(static r => new InboxCount(r.Name(0), r.Name(1), r.GetInt64(2)), cancellationToken);

    public static Task<int> DoneAsync(Statements on, IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        on.Of($"UPDATE inbox SET state = 'done', attempts = attempts + 1, due_at = NULL, done_at = @now, detail = NULL WHERE state = 'pending' AND {Chosen}")
            .With(Columns.Milliseconds(now), KeyJson.Of(ids)).RunAsync(cancellationToken);

    public static Task<int> PutOffAsync(Statements on, IReadOnlyCollection<long> ids, string? detail, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        on.Of($"UPDATE inbox SET attempts = attempts + 1, due_at = @due_at, detail = @detail WHERE state = 'pending' AND {Chosen}")
            .With(Columns.MillisecondsAfter(dueAt), detail, KeyJson.Of(ids)).RunAsync(cancellationToken);

    public static Task<int> PostponeAsync(Statements on, IReadOnlyCollection<long> ids, string? detail, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        on.Of($"UPDATE inbox SET due_at = @due_at, detail = @detail WHERE state = 'pending' AND {Chosen}")
            .With(Columns.MillisecondsAfter(dueAt), detail, KeyJson.Of(ids)).RunAsync(cancellationToken);

    public static Task<int> AgainAsync(Statements on, long id, string hintsJson, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        on.Of("UPDATE inbox SET attempts = 0, due_at = @due_at, detail = NULL, hints = @hints WHERE state = 'pending' AND id = @id")
            .With(Columns.MillisecondsAfter(dueAt), hintsJson, id).RunAsync(cancellationToken);

    public static Task<int> GiveUpAsync(Statements on, IReadOnlyCollection<long> ids, string? detail, CancellationToken cancellationToken) =>
        on.Of($"UPDATE inbox SET state = 'failed', attempts = attempts + 1, due_at = NULL, detail = @detail WHERE state = 'pending' AND {Chosen}")
            .With(detail, KeyJson.Of(ids)).RunAsync(cancellationToken);

    public static Task<int> ReplayAsync(Statements on, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        on.Of($"UPDATE inbox SET state = 'pending', attempts = 0, due_at = NULL, done_at = NULL, detail = NULL WHERE state <> 'pending' AND {Chosen}")
            .With(KeyJson.Of(ids)).RunAsync(cancellationToken);

    public static Task<int> ReplayFailedAsync(Statements on, string? connection, CancellationToken cancellationToken) =>
        on.Of("UPDATE inbox SET state = 'pending', attempts = 0, due_at = NULL, done_at = NULL, detail = NULL WHERE state = 'failed' AND (CAST(@connection AS text) IS NULL OR connection = @connection)")
            .With(connection).RunAsync(cancellationToken);

    public static Task<int> PruneRunsAsync(Statements on, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        on.Of("""
            DELETE FROM run WHERE id IN (
                SELECT r.id FROM run AS r WHERE r.kind = 'webhook' AND r.ended_at < @before
                    AND NOT EXISTS (SELECT 1 FROM feed WHERE run_id = r.id) AND NOT EXISTS (SELECT 1 FROM operation WHERE run_id = r.id)
                    AND r.id NOT IN (SELECT run_id FROM dead_letter) LIMIT @most)
            """).With(Columns.Milliseconds(before), (long)most).RunAsync(cancellationToken);

    public static Task<int> PruneAsync(Statements on, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        on.Of("DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE state = 'done' AND done_at < @before LIMIT @most)")
            .With(Columns.Milliseconds(before), (long)most).RunAsync(cancellationToken);

    private static InboxRow Read(Row row, ReadOnlyMemory<byte> body) => new(
        row.GetInt64(0), row.Name(1), row.Key(2), row.Time(3), row.Name(4), (int)row.GetInt64(5), row.TimeOrNull(6), row.TimeOrNull(7), row.TextOrNull(8), row.GetString(9), body);
}
