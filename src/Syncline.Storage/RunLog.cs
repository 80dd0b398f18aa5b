using Syncline.Storage.Json;
using Syncline.Syncs;

namespace Syncline.Storage;

/// <summary>The runs in a database.</summary>
internal sealed class RunLog(SqliteDatabase database) : IRunLog
{
    public Task<long> StartAsync(string sync, string kind, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("INSERT INTO run (sync, kind, state, started_at, tally) VALUES (@sync, @kind, 'Running', @started_at, @tally) RETURNING id")
            .With(sync, kind, Now, StoredJson.Write(RunTally.Empty)).NumberAsync(cancellationToken),
        cancellationToken);

    public Task ReportAsync(long runId, RunTally tally, RunPosition position, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("UPDATE run SET tally = @tally, position = @position WHERE id = @id AND state = 'Running'").With(StoredJson.Write(tally), StoredJson.Write(position), runId).RunAsync(cancellationToken),
        cancellationToken);

    public Task FinishAsync(long runId, RunState state, RunTally tally, string? detail, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("UPDATE run SET state = @state, ended_at = @ended_at, tally = @tally, detail = @detail WHERE id = @id")
            .With(state.ToString(), Now, StoredJson.Write(tally), detail, runId).RunAsync(cancellationToken),
        cancellationToken);

    public Task<IReadOnlyList<RunRow>> LatestAsync(string? sync, int take, CancellationToken cancellationToken) => ListAsync(new(sync), take, cancellationToken);

    public async Task<IReadOnlyList<RunRow>> ListAsync(RunFilter filter, int take, CancellationToken cancellationToken) => await database.ReadAsync(
        on => on.Of("""
            SELECT id, sync, kind, state, started_at, ended_at, tally, detail, position FROM run
            WHERE id < @before AND CASE WHEN CAST(@kind AS text) IS NULL THEN kind <> @webhook ELSE kind = @kind END AND (CAST(@sync AS text) IS NULL OR sync = @sync)
              AND (@whole = 0 OR (state IN ('Done', 'DoneWithDeadLetters') AND COALESCE(json_extract(tally, '$.isPart'), 0) = 0)) ORDER BY id DESC LIMIT @take
            """).With(filter.Before ?? long.MaxValue, filter.Kind, RunRow.Webhook, filter.Sync, filter.IsWhole ? 1L : 0L, (long)take).ListAsync(Read, cancellationToken));

    public async Task<IReadOnlyList<RunRow>> SinceAsync(DateTimeOffset since, int among, CancellationToken cancellationToken) => await database.ReadAsync(
        on => on.Of("""
            SELECT id, sync, kind, state, started_at, ended_at, tally, detail, position
            FROM (SELECT * FROM run WHERE kind = 'sync' ORDER BY id DESC LIMIT @among) AS latest
            WHERE state = 'Running' OR COALESCE(ended_at, started_at) >= @since ORDER BY id DESC
            """).With((long)among, Columns.Milliseconds(since)).ListAsync(Read, cancellationToken));

    public async Task<IReadOnlyList<WebhookSum>> SumWebhooksAsync(DateTimeOffset since, TimeSpan grain, int among, CancellationToken cancellationToken) => await database.ReadAsync(
        on => on.Of("""
            SELECT sync, started_at / @grain * @grain AS begins, COUNT(*), SUM(json_extract(tally, '$.seen')), SUM(json_extract(tally, '$.created') + json_extract(tally, '$.updated') + json_extract(tally, '$.deleted'))
            FROM (SELECT sync, started_at, tally FROM run WHERE kind = @webhook ORDER BY id DESC LIMIT @among) AS latest
            WHERE started_at >= @since GROUP BY sync, begins ORDER BY sync, begins
            """).With((long)grain.TotalMilliseconds, RunRow.Webhook, (long)among, Columns.Milliseconds(since)).ListAsync(static r => new WebhookSum(r.GetString(0), r.Time(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)), cancellationToken));

    public Task<RunRow?> FindAsync(long runId, CancellationToken cancellationToken) => database.ReadAsync(
        on => on.Of("SELECT id, sync, kind, state, started_at, ended_at, tally, detail, position FROM run WHERE id = @id").With(runId).FirstAsync(Read, cancellationToken));

    /// <remarks>When such a run ended nobody knows: it has no end.</remarks>
    public Task CloseAbandonedAsync(string sync, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("UPDATE run SET state = 'Interrupted' WHERE sync = @sync AND state = 'Running'").With(sync).RunAsync(cancellationToken),
        cancellationToken);

    private long Now => Columns.Milliseconds(database.Clock.GetUtcNow());

    private static RunRow Read(Row row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.Named<RunState>(3), row.Time(4), row.TimeOrNull(5), StoredJson.ReadTally(row.GetString(6)), row.TextOrNull(7)) { Position = row.TextOrNull(8) is { } position ? StoredJson.ReadPosition(position) : null };
}
