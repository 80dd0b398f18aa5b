using Syncline.Loading;
using Syncline.Records;
using Syncline.Storage.Json;
using Syncline.Storage.Serving;

namespace Syncline.Storage.Tables;

/// <summary>Records set aside, one letter a subject.</summary>
internal static class DeadLetterTable
{
    // Attempts after which a record is only tried again by hand: with a quarter of an hour before the second one, the last is some 32 hours after the one before.
    private const long MostAttempts = 8;

    /// <summary>Replaces what was known about the subject; the same code again counts as one more attempt, and each attempt of a record doubles the wait before the next.</summary>
    public static async Task SaveAsync(Statements on, List<DeadLetter> letters, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (letters.Count == 0) return;
        Statement save = on.Of("""
            INSERT INTO dead_letter (sync, connection, subject, kind, stage, code, reason, run_id, golden_id, attempts, retry_at, at)
            VALUES (@sync, @connection, @subject, @kind, @stage, @code, @reason, @run_id, @golden_id, @attempts, @retry_at, @at)
            ON CONFLICT (sync, connection, subject) DO UPDATE SET kind = excluded.kind, stage = excluded.stage, code = excluded.code, reason = excluded.reason,
            run_id = excluded.run_id, golden_id = excluded.golden_id, at = excluded.at,
            retry_at = CASE
                WHEN dead_letter.code <> excluded.code OR excluded.golden_id IS NULL OR excluded.retry_at <= excluded.at + 1000 THEN excluded.retry_at
                WHEN dead_letter.attempts >= @most THEN NULL
                ELSE excluded.at + ((excluded.retry_at - excluded.at) << dead_letter.attempts) END,
            attempts = CASE WHEN dead_letter.code = excluded.code THEN dead_letter.attempts + 1 ELSE excluded.attempts END
            """);
        foreach (DeadLetter letter in letters)
        {
            await save.With(
                letter.Key.Sync, letter.Key.Connection, Columns.Key(letter.Key.Subject), letter.Kind.Name, letter.Stage, letter.Code, letter.Reason, letter.RunId, letter.GoldenId,
                (long)letter.Attempts, Columns.MillisecondsAfter(letter.RetryAt), Columns.Milliseconds(letter.At == default ? now : letter.At), MostAttempts).RunAsync(cancellationToken);
        }
    }

    public static async Task SettleAsync(Statements on, List<DeadLetterKey> keys, CancellationToken cancellationToken)
    {
        // Nearly every record of nearly every page has no letter to settle: none is looked for in an empty table, and all of them by one statement.
        if (keys.Count == 0 || await on.Of("SELECT COUNT(*) FROM (SELECT 1 FROM dead_letter LIMIT 1) AS any_letter").With().NumberAsync(cancellationToken) == 0) return;
        await on.Of("""
            DELETE FROM dead_letter WHERE ordinal IN (
                SELECT d.ordinal FROM json_each(@keys) AS k CROSS JOIN dead_letter AS d
                WHERE d.sync = k.value->>0 AND d.connection = k.value->>1 AND d.subject = k.value->>2)
            """).With(KeyJson.Of(keys)).RunAsync(cancellationToken);
    }

    public static async Task SettleMergedAsync(Statements on, List<(long From, long To)> merged, CancellationToken cancellationToken)
    {
        foreach ((long from, _) in merged) await on.Of("DELETE FROM dead_letter WHERE golden_id = @from").With(from).RunAsync(cancellationToken);
    }

    /// <summary>A subject begins with its stream's name, <c>people/people/line 7</c>.</summary>
    public static async Task SettleStreamsAsync(Statements on, List<(string Sync, StreamId Stream)> streams, CancellationToken cancellationToken)
    {
        if (streams.Count == 0) return;
        Statement settle = on.Of("""
            DELETE FROM dead_letter WHERE sync = @sync AND connection = @connection AND golden_id IS NULL
            AND substr(subject, 1, length(CAST(@prefix AS text))) = CAST(@prefix AS text)
            """);
        foreach ((string sync, StreamId stream) in streams) await settle.With(sync, stream.Connection, stream.Key("").ToString()).RunAsync(cancellationToken);
    }

    public static Task<DeadLetter?> FindAsync(Statements on, DeadLetterKey key, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT sync, connection, subject, kind, stage, code, reason, run_id, golden_id, attempts, retry_at, at FROM dead_letter
            WHERE sync = @sync AND connection = @connection AND subject = @subject
            """).With(key.Sync, key.Connection, Columns.Key(key.Subject)).FirstAsync(Read, cancellationToken);

    public static Task<List<DeadLetter>> LatestAsync(Statements on, string? sync, bool skipped, int take, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT sync, connection, subject, kind, stage, code, reason, run_id, golden_id, attempts, retry_at, at FROM dead_letter
            WHERE (CAST(@sync AS text) IS NULL OR sync = @sync) AND (stage = @stage) = (@skipped = 1) ORDER BY at DESC, ordinal DESC LIMIT @take
            """).With(sync, DeadLetter.SkippedStage, Columns.Number(skipped), (long)take).ListAsync(Read, cancellationToken);

    public static Task<long> CountAsync(Statements on, string sync, CancellationToken cancellationToken) =>
        on.Of("SELECT COUNT(*) FROM dead_letter WHERE sync = @sync AND stage <> @skipped").With(sync, DeadLetter.SkippedStage).NumberAsync(cancellationToken);

    /// <summary>The longest untouched first, so that none is starved by others that fail again and again; those that a batch under way asks about are not due.</summary>
    public static Task<List<DeadLetter>> DueAsync(Statements on, string sync, string connection, DateTimeOffset now, bool force, int take, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT sync, connection, subject, kind, stage, code, reason, run_id, golden_id, attempts, retry_at, at FROM dead_letter
            WHERE sync = @sync AND connection = @connection AND golden_id IS NOT NULL AND (@force = 1 OR retry_at <= @now)
            AND NOT EXISTS (
                SELECT 1 FROM enrichment_batch_record AS r JOIN enrichment_batch AS b ON b.ordinal = r.batch
                WHERE r.golden_id = dead_letter.golden_id AND b.enricher = dead_letter.connection AND b.state <> 'Collected')
            ORDER BY at, ordinal LIMIT @take
            """).With(sync, connection, Columns.Number(force), Columns.Milliseconds(now), (long)take).ListAsync(Read, cancellationToken);

    /// <summary>Those with one of these codes, in the order in which their subjects were first set aside, after an ordinal; null leaves a condition out.</summary>
    public static Task<List<(long Ordinal, DeadLetter Letter)>> OfCodesAsync(
        Statements on, IReadOnlyCollection<string> codes, string? sync, string? connection, RecordKind? kind, long after, int take, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT sync, connection, subject, kind, stage, code, reason, run_id, golden_id, attempts, retry_at, at, ordinal FROM dead_letter
            WHERE ordinal > @after AND code IN (SELECT k.value->>0 FROM json_each(@codes) AS k) AND (CAST(@sync AS text) IS NULL OR sync = @sync)
            AND (CAST(@connection AS text) IS NULL OR connection = @connection) AND (CAST(@kind AS text) IS NULL OR kind = @kind)
            ORDER BY ordinal LIMIT @take
            """).With(after, KeyJson.Of(codes), sync, connection, kind?.Name, (long)take).ListAsync(r => (r.GetInt64(12), Read(r)), cancellationToken);

    /// <summary>By ordinal, downwards.</summary>
    public static Task<List<NumberedLetter>> ListAsync(Statements on, DeadLetterFilter filter, long before, int take, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT sync, connection, subject, kind, stage, code, reason, run_id, golden_id, attempts, retry_at, at, ordinal FROM dead_letter
            WHERE ordinal < @before AND (stage = @stage) = (@skipped = 1) AND (CAST(@sync AS text) IS NULL OR sync = @sync)
            AND (CAST(@connection AS text) IS NULL OR connection = @connection) AND (CAST(@code AS text) IS NULL OR code = @code)
            AND (CAST(@run_id AS bigint) IS NULL OR run_id = @run_id) AND (CAST(@golden_id AS bigint) IS NULL OR golden_id = @golden_id)
            ORDER BY ordinal DESC LIMIT @take
            """).With(before, DeadLetter.SkippedStage, Columns.Number(filter.Skipped), filter.Sync, filter.Connection, filter.Code, filter.RunId, filter.GoldenId, (long)take).ListAsync(ReadNumbered, cancellationToken);

    public static Task<List<DeadLetterCount>> CountByCodeAsync(Statements on, bool skipped, CancellationToken cancellationToken) =>
        on.Of("SELECT sync, connection, code, COUNT(*) FROM dead_letter WHERE (stage = @stage) = (@skipped = 1) GROUP BY sync, connection, code ORDER BY COUNT(*) DESC, sync, connection, code")
            .With(DeadLetter.SkippedStage, Columns.Number(skipped)).ListAsync(r => new DeadLetterCount(r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3)), cancellationToken);

    public static Task<List<NumberedLetter>> LoadAsync(Statements on, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        on.Of("""
            SELECT sync, connection, subject, kind, stage, code, reason, run_id, golden_id, attempts, retry_at, at, ordinal
            FROM json_each(@ids) AS k CROSS JOIN dead_letter WHERE ordinal = CAST(k.value->>0 AS bigint) ORDER BY ordinal
            """).With(KeyJson.Of(ids)).ListAsync(ReadNumbered, cancellationToken);

    public static Task<int> MakeDueAsync(Statements on, IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        on.Of("UPDATE dead_letter SET retry_at = @now WHERE ordinal IN (SELECT CAST(k.value->>0 AS bigint) FROM json_each(@ids) AS k)")
            .With(Columns.Milliseconds(now), KeyJson.Of(ids)).RunAsync(cancellationToken);

    private static NumberedLetter ReadNumbered(Row row) => new(row.GetInt64(12), Read(row));

    private static DeadLetter Read(Row row) =>
        new(new(row.GetString(0), row.GetString(1), row.Key(2)), new(row.GetString(3)), row.GetString(4), row.GetString(5), row.GetString(6), row.GetInt64(7))
        {
            GoldenId = row.NumberOrNull(8),
            Attempts = (int)row.GetInt64(9),
            RetryAt = row.TimeOrNull(10),
            At = row.Time(11),
        };
}
