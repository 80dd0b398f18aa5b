using Syncline.Loading;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>The journal's rows. <c>at</c> is when an operation reached its present state.</summary>
internal static class OperationTable
{
    private const string Row = "o.id, o.connection, o.stream, o.kind, o.golden_id, o.verb, o.target_id, o.fields, o.desired, o.before, o.cleared, o.removes_list_values, o.run_id, o.sync, o.state, o.at, o.remote_id, o.detail, o.ordinal";

    public static async Task AddAsync(Statements on, string sync, long runId, IReadOnlyList<Operation> operations, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Statement add = on.Of("""
            INSERT INTO operation (id, run_id, sync, connection, stream, kind, golden_id, verb, target_id, fields, desired, before, cleared, removes_list_values, state, at, remote_id)
            VALUES (@id, @run_id, @sync, @connection, @stream, @kind, @golden_id, @verb, @target_id, @fields, @desired, @before, @cleared, @removes_list_values, 'Intended', @at, @target_id)
            """);
        foreach (Operation o in operations)
        {
            await add.With(
                o.Id, runId, sync, o.Stream.Connection, o.Stream.Name, o.Kind.Name, o.GoldenId, o.Verb.ToString(), o.RemoteId, FieldJson.Write(o.Fields), FieldJson.Write(o.Desired), FieldJson.Write(o.Before),
                StoredJson.Write(o.Cleared), Columns.Number(o.RemovesListValues), Columns.Milliseconds(now)).RunAsync(cancellationToken);
        }
    }

    /// <summary>False when there is no such operation.</summary>
    public static async Task<bool> SettleAsync(Statements on, Settlement settlement, DateTimeOffset now, CancellationToken cancellationToken) =>
        await on.Of("UPDATE operation SET state = @state, remote_id = COALESCE(@remote_id, remote_id), detail = @detail, at = @at WHERE id = @id")
            .With(settlement.State.ToString(), settlement.RemoteId, settlement.Detail, Columns.Milliseconds(now), settlement.OperationId).RunAsync(cancellationToken) == 1;

    public static Task<List<JournalEntry>> OpenAsync(Statements on, string connection, CancellationToken cancellationToken) =>
        on.Of($"SELECT {Row} FROM operation AS o WHERE o.connection = @connection AND o.state = 'Intended' ORDER BY o.ordinal")
            .With(connection).ListAsync(Read, cancellationToken);

    public static Task<List<JournalEntry>> OfRecordAsync(Statements on, long goldenId, CancellationToken cancellationToken) =>
        on.Of($"SELECT {Row} FROM operation AS o WHERE o.golden_id = @golden_id ORDER BY o.ordinal").With(goldenId).ListAsync(Read, cancellationToken);

    public static Task<List<(long Ordinal, JournalEntry Entry)>> OfRunAsync(Statements on, long runId, long before, int take, CancellationToken cancellationToken) =>
        on.Of($"SELECT {Row} FROM operation AS o WHERE o.run_id = @run_id AND o.ordinal < @before ORDER BY o.ordinal DESC LIMIT @take")
            .With(runId, before, (long)take).ListAsync(ReadNumbered, cancellationToken);

    public static Task<List<(Records.StreamId Stream, Verb Verb, long Count)>> CountOfRunAsync(Statements on, long runId, CancellationToken cancellationToken) =>
        on.Of("SELECT connection, stream, verb, COUNT(*) FROM operation WHERE run_id = @run_id AND state = 'Done' GROUP BY connection, stream, verb ORDER BY connection, stream, verb")
            .With(runId).ListAsync(r => (new Records.StreamId(r.GetString(0), r.GetString(1)), r.Named<Verb>(2), r.GetInt64(3)), cancellationToken);

    /// <summary>Created by the sync, not taken back, and neither removed by a later operation nor found gone at the remote.</summary>
    public static Task<List<(long Ordinal, JournalEntry Entry)>> CreatedAsync(Statements on, string sync, long before, int take, CancellationToken cancellationToken) =>
        on.Of($"""
            SELECT {Row} FROM operation AS o
            WHERE o.sync = @sync AND o.verb IN ('Create', 'Replace') AND o.state = 'Done' AND o.ordinal < @before
            AND NOT EXISTS (SELECT 1 FROM operation AS d WHERE d.connection = o.connection AND d.stream = o.stream AND d.target_id = o.remote_id
                AND d.verb IN ('Delete', 'Replace') AND d.state = 'Done' AND d.ordinal > o.ordinal)
            AND NOT EXISTS (SELECT 1 FROM link AS l WHERE l.connection = o.connection AND l.stream = o.stream AND l.id = o.remote_id AND l.state = 'Gone')
            ORDER BY o.ordinal DESC LIMIT @take
            """).With(sync, before, (long)take).ListAsync(ReadNumbered, cancellationToken);

    private static (long Ordinal, JournalEntry Entry) ReadNumbered(Row row) => (row.GetInt64(18), Read(row));

    private static JournalEntry Read(Row row) =>
        new(ReadOperation(row), row.GetInt64(12), row.GetString(13), row.Named<OperationState>(14), row.Time(15), row.TextOrNull(16), row.TextOrNull(17));

    private static Operation ReadOperation(Row row) =>
        new(row.GetString(0), new(row.GetString(1), row.GetString(2)), new(row.GetString(3)), row.GetInt64(4), row.Named<Verb>(5), FieldJson.ReadSet(row.Utf8(7)))
        {
            RemoteId = row.TextOrNull(6),
            Desired = FieldJson.ReadSet(row.Utf8(8)),
            Before = FieldJson.ReadSet(row.Utf8(9)),
            Cleared = StoredJson.ReadNames(row.GetString(10)),
            RemovesListValues = row.Flag(11),
        };
}
