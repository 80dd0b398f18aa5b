using Syncline.Storage.Json;
using Syncline.Storage.Serving;

namespace Syncline.Storage.Tables;

/// <summary>Experiments and the records assigned to them.</summary>
internal static class ExperimentTable
{
    private const string Counted = "SELECT e.id, e.name, e.description, e.created_at, (SELECT COUNT(*) FROM experiment_record AS r WHERE r.experiment = e.id) FROM experiment AS e";

    public static Task<ExperimentRow?> AddAsync(Statements on, string name, string? description, DateTimeOffset now, CancellationToken cancellationToken) =>
        on.Of("""
            INSERT INTO experiment (name, name_key, description, created_at) VALUES (@name, @name_key, @description, @created_at)
            ON CONFLICT (name_key) DO NOTHING RETURNING id, name, description, created_at, 0
            """).With(name, Columns.Caseless(name), description, Columns.Milliseconds(now)).FirstAsync(Read, cancellationToken);

    public static Task<List<ExperimentRow>> ListAsync(Statements on, CancellationToken cancellationToken) => on.Of($"{Counted} ORDER BY e.name_key").With().ListAsync(Read, cancellationToken);

    public static Task<ExperimentRow?> FindAsync(Statements on, long id, CancellationToken cancellationToken) => on.Of($"{Counted} WHERE e.id = @id").With(id).FirstAsync(Read, cancellationToken);

    public static async Task<bool> DeleteAsync(Statements on, long id, CancellationToken cancellationToken)
    {
        await on.Of("DELETE FROM experiment_record WHERE experiment = @id").With(id).RunAsync(cancellationToken);
        return await on.Of("DELETE FROM experiment WHERE id = @id").With(id).RunAsync(cancellationToken) > 0;
    }

    public static Task<int> AssignAsync(Statements on, long id, string connection, IReadOnlyCollection<string> recordIds, DateTimeOffset now, CancellationToken cancellationToken) =>
        on.Of("""
            INSERT INTO experiment_record (experiment, connection, record_id, assigned_at)
            SELECT e.id, @connection, k.value->>0, @assigned_at FROM experiment AS e CROSS JOIN json_each(@ids) AS k WHERE e.id = @id
            ON CONFLICT (experiment, connection, record_id) DO NOTHING
            """).With(connection, Columns.Milliseconds(now), KeyJson.Of(recordIds), id).RunAsync(cancellationToken);

    public static Task<int> UnassignAsync(Statements on, long id, string connection, IReadOnlyCollection<string> recordIds, CancellationToken cancellationToken) =>
        on.Of("DELETE FROM experiment_record WHERE experiment = @id AND connection = @connection AND record_id IN (SELECT k.value->>0 FROM json_each(@ids) AS k)")
            .With(id, connection, KeyJson.Of(recordIds)).RunAsync(cancellationToken);

    public static Task<List<ExperimentRecord>> RecordsAsync(Statements on, long id, long after, int take, CancellationToken cancellationToken) =>
        on.Of($"""
            SELECT {ImportTable.Joined}, r.position, r.connection, r.record_id, r.assigned_at
            FROM experiment_record AS r LEFT JOIN imported_record AS i ON i.connection = r.connection AND i.id = r.record_id
            WHERE r.experiment = @id AND r.position > @after ORDER BY r.position LIMIT @take
            """).With(id, after, (long)take)
            .ListAsync(static r => new ExperimentRecord(r.GetInt64(10), r.Name(11), r.Key(12), r.Time(13), r.IsNull(0) ? null : ImportTable.Read(r)), cancellationToken);

    public static Task<List<ExperimentRow>> OfRecordAsync(Statements on, string connection, string recordId, CancellationToken cancellationToken) =>
        on.Of($"{Counted} WHERE e.id IN (SELECT m.experiment FROM experiment_record AS m WHERE m.connection = @connection AND m.record_id = @record_id) ORDER BY e.name_key")
            .With(connection, Columns.Key(recordId)).ListAsync(Read, cancellationToken);

    private static ExperimentRow Read(Row row) => new(row.GetInt64(0), row.GetString(1), row.TextOrNull(2), row.Time(3), (int)row.GetInt64(4));
}
