namespace Syncline.Storage.Serving;

/// <summary>What is known about a request that came under a key.</summary>
public enum IdempotentState
{
    /// <summary>Nothing: it is the caller's to do now, and to finish or forget.</summary>
    New,

    /// <summary>It was answered.</summary>
    Finished,

    /// <summary>Somebody is at it.</summary>
    UnderWay,

    /// <summary>The key was used for a request that said something else.</summary>
    UsedForAnother,
}

/// <summary>The answer a request had.</summary>
public sealed record IdempotentAnswer(int Status, string? ContentType, ReadOnlyMemory<byte> Body);

/// <param name="Answer">With <see cref="IdempotentState.Finished"/> and with nothing else.</param>
public sealed record IdempotentVerdict(IdempotentState State, IdempotentAnswer? Answer = null);

/// <summary>Answers to requests that may be repeated, by caller and by the key the caller gave.</summary>
public sealed class IdempotentAnswers(SqliteDatabase database)
{
    /// <summary>How long a request that was begun counts as under way: whoever began it may have died.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Of many that try at once, one is told that it is new.</summary>
    /// <param name="requestDigest">Of all that the request says.</param>
    public Task<IdempotentVerdict> TryBeginAsync(string who, string key, string requestDigest, CancellationToken cancellationToken) => database.WriteAsync(
        async on =>
        {
            DateTimeOffset now = database.Clock.GetUtcNow();
            Begun? known = await FindAsync(on, who, key, cancellationToken);
            IdempotentVerdict verdict = Judge(known, requestDigest, now);
            if (verdict.State == IdempotentState.New) await BeginAsync(on, who, key, requestDigest, now, cancellationToken);
            return verdict;
        },
        cancellationToken);

    /// <summary>Keeps the answer of a request that was begun. The first one stays.</summary>
    public Task FinishAsync(string who, string key, int status, string? contentType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("UPDATE idempotent_answer SET status = @status, content_type = @content_type, body = @body WHERE who = @who AND key = @key AND status IS NULL")
            .With((long)status, contentType, Parameter.Bytes(body), who, key).RunAsync(cancellationToken),
        cancellationToken);

    /// <summary>Gives the key of a request free that was begun and failed without effect. An answer that is kept stays.</summary>
    public Task ForgetAsync(string who, string key, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("DELETE FROM idempotent_answer WHERE who = @who AND key = @key AND status IS NULL").With(who, key).RunAsync(cancellationToken), cancellationToken);

    /// <summary>Removes what was begun before a time, but for what is under way.</summary>
    /// <returns>How many rows that was.</returns>
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("DELETE FROM idempotent_answer WHERE begun_at < @before AND (status IS NOT NULL OR begun_at <= @lapsed)")
            .With(Columns.Milliseconds(before), Columns.Milliseconds(database.Clock.GetUtcNow() - Lease)).RunAsync(cancellationToken),
        cancellationToken);

    private static IdempotentVerdict Judge(Begun? known, string digest, DateTimeOffset now) => known switch
    {
        null => new(IdempotentState.New),
        _ when known.Digest != digest => new(IdempotentState.UsedForAnother),
        { Answer: { } answer } => new(IdempotentState.Finished, answer),
        _ => new(known.At + Lease > now ? IdempotentState.UnderWay : IdempotentState.New),
    };

    private static Task<Begun?> FindAsync(Statements on, string who, string key, CancellationToken cancellationToken) =>
        on.Of("SELECT digest, begun_at, status, content_type, body FROM idempotent_answer WHERE who = @who AND key = @key").With(who, key)
            .FirstAsync(static r => new Begun(r.GetString(0), r.Time(1), r.IsNull(2) ? null : new((int)r.GetInt64(2), r.TextOrNull(3), r.Bytes(4))), cancellationToken);

    private static Task<int> BeginAsync(Statements on, string who, string key, string digest, DateTimeOffset now, CancellationToken cancellationToken) =>
        on.Of("""
            INSERT INTO idempotent_answer (who, key, digest, begun_at) VALUES (@who, @key, @digest, @begun_at)
            ON CONFLICT (who, key) DO UPDATE SET begun_at = excluded.begun_at
            """).With(who, key, digest, Columns.Milliseconds(now)).RunAsync(cancellationToken);

    private sealed record Begun(string Digest, DateTimeOffset At, IdempotentAnswer? Answer);
}
