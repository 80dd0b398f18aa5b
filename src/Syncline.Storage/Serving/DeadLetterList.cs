using Syncline.Loading;
using Syncline.Storage.Tables;

namespace Syncline.Storage.Serving;

/// <summary>Which letters are listed; what is null is not asked for.</summary>
public sealed record DeadLetterFilter
{
    public string? Sync { get; init; }

    /// <summary>The side that refused.</summary>
    public string? Connection { get; init; }

    public string? Code { get; init; }

    /// <summary>The run that set it aside last.</summary>
    public long? RunId { get; init; }

    public long? GoldenId { get; init; }

    /// <summary>What was left out by rule, in the place of failures.</summary>
    public bool Skipped { get; init; }
}

/// <summary>A letter with the number it is chosen by; the number stays while the same subject fails again.</summary>
public sealed record NumberedLetter(long Id, DeadLetter Letter);

/// <summary>How many letters share a sync, a connection and a code.</summary>
public sealed record DeadLetterCount(string Sync, string Connection, string Code, long Count);

/// <summary>The dead letters as people look through them and choose some.</summary>
public sealed class DeadLetterList(SqliteDatabase database)
{
    /// <summary>Those first whose subject was set aside last.</summary>
    /// <param name="beforeId">The letter after which a listing goes on; null from the newest.</param>
    public async Task<IReadOnlyList<NumberedLetter>> ListAsync(DeadLetterFilter filter, long? beforeId, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => DeadLetterTable.ListAsync(on, filter, beforeId ?? long.MaxValue, take, cancellationToken));

    /// <summary>The most first. <see cref="DeadLetterFilter.Skipped"/> alone counts of the filter.</summary>
    public async Task<IReadOnlyList<DeadLetterCount>> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => DeadLetterTable.CountByCodeAsync(on, filter.Skipped, cancellationToken));

    /// <summary>Those of these that are still there.</summary>
    public async Task<IReadOnlyList<NumberedLetter>> LoadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => DeadLetterTable.LoadAsync(on, ids, cancellationToken));

    /// <summary>Lets the next run of their sync try these again, also those that only a person lets be tried.</summary>
    public Task MakeDueAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(on => DeadLetterTable.MakeDueAsync(on, ids, database.Clock.GetUtcNow(), cancellationToken), cancellationToken);
}
