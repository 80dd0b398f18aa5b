using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Fields that wait for a person's decision.</summary>
internal static class ConflictTable
{
    private const string All = "golden_id, kind, field, connection, stream, id, sides, run_id, at";

    public static async Task SaveAsync(Statements on, List<Conflict> conflicts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (conflicts.Count == 0) return;
        Statement save = on.Of($"""
            INSERT INTO conflict ({All}) VALUES (@golden_id, @kind, @field, @connection, @stream, @id, @sides, @run_id, @at)
            ON CONFLICT (golden_id, field, connection, stream, id) DO UPDATE SET sides = excluded.sides, run_id = excluded.run_id, at = excluded.at
            """);
        foreach (Conflict conflict in conflicts)
        {
            FieldSet sides = FieldSet.Of(("base", conflict.Base), ("ours", conflict.Ours), ("theirs", conflict.Theirs));
            await save.With(
                conflict.GoldenId, conflict.Kind.Name, conflict.Field, conflict.Place.Connection, conflict.Place.Stream, Columns.Key(conflict.Place.Id), FieldJson.Write(sides), conflict.RunId,
                Columns.Milliseconds(conflict.At == default ? now : conflict.At)).RunAsync(cancellationToken);
        }
    }

    public static async Task SettleAsync(Statements on, List<(long GoldenId, string Field)> decided, CancellationToken cancellationToken)
    {
        foreach ((long goldenId, string field) in decided) await on.Of("DELETE FROM conflict WHERE golden_id = @golden_id AND field = @field").With(goldenId, field).RunAsync(cancellationToken);
    }

    public static async Task SettleMergedAsync(Statements on, List<(long From, long To)> merged, CancellationToken cancellationToken)
    {
        foreach ((long from, _) in merged) await on.Of("DELETE FROM conflict WHERE golden_id = @from").With(from).RunAsync(cancellationToken);
    }

    public static Task<List<Conflict>> ListAsync(Statements on, long after, int take, CancellationToken cancellationToken) =>
        on.Of($"SELECT {All} FROM conflict WHERE golden_id > @after ORDER BY golden_id, field, connection, stream, id LIMIT @take").With(after, (long)take).ListAsync(Read, cancellationToken);

    public static Task<List<Conflict>> OfRecordAsync(Statements on, long goldenId, CancellationToken cancellationToken) =>
        on.Of($"SELECT {All} FROM conflict WHERE golden_id = @golden_id ORDER BY field, connection, stream, id").With(goldenId).ListAsync(Read, cancellationToken);

    public static Task<long> CountAsync(Statements on, CancellationToken cancellationToken) => on.Of("SELECT COUNT(*) FROM conflict").With().NumberAsync(cancellationToken);

    private static Conflict Read(Row row)
    {
        FieldSet sides = FieldJson.ReadSet(row.Utf8(6));
        return new(row.GetInt64(0), new(row.GetString(1)), row.GetString(2), new(row.GetString(3), row.GetString(4), row.Key(5)))
        {
            Base = sides["base"], Ours = sides["ours"], Theirs = sides["theirs"], RunId = row.GetInt64(7), At = row.Time(8),
        };
    }
}
