using Syncline.Merging;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>The change feed. One writer at a time gives the numbers, so that a lower one never becomes visible after a higher one.</summary>
internal static class FeedTable
{
    public static async Task AppendAsync(Statements on, List<Change> changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (changes.Count == 0) return;
        long at = Columns.Milliseconds(now);
        Statement append = on.Of("INSERT INTO feed (at, run_id, golden_id, kind, changes) VALUES (@at, @run_id, @golden_id, @kind, @changes)");
        foreach (Change change in changes) await append.With(at, change.RunId, change.GoldenId, change.Kind.Name, LineageJson.Write(change.Fields)).RunAsync(cancellationToken);
    }

    public static Task<List<FeedEntry>> ReadAsync(Statements on, long after, int take, CancellationToken cancellationToken) =>
        on.Of("SELECT sequence, at, run_id, golden_id, kind, changes FROM feed WHERE sequence > @after ORDER BY sequence LIMIT @take")
            .With(after, (long)take).ListAsync(Read, cancellationToken);

    public static Task<List<FeedEntry>> OfRunAsync(Statements on, long runId, long before, int take, CancellationToken cancellationToken) =>
        on.Of("SELECT sequence, at, run_id, golden_id, kind, changes FROM feed WHERE run_id = @run_id AND sequence < @before ORDER BY sequence DESC LIMIT @take")
            .With(runId, before, (long)take).ListAsync(Read, cancellationToken);

    public static Task<List<FeedEntry>> OfRecordAsync(Statements on, long goldenId, CancellationToken cancellationToken) =>
        on.Of("SELECT sequence, at, run_id, golden_id, kind, changes FROM feed WHERE golden_id = @golden_id ORDER BY sequence").With(goldenId).ListAsync(Read, cancellationToken);

    public static Task<long> LastAsync(Statements on, CancellationToken cancellationToken) =>
        on.Of("SELECT COALESCE(MAX(sequence), 0) FROM feed").NumberAsync(cancellationToken);

    private static FeedEntry Read(Row row) =>
        new(row.GetInt64(0), row.Time(1), new(row.GetInt64(3), new(row.Name(4)), row.GetInt64(2), LineageJson.ReadChanges(row.Utf8(5))));
}
