namespace Syncline.Limits;

/// <summary>A published limit: so many permits in any window of that length.</summary>
/// <param name="Name">Unique within a credential, <c>writes</c>.</param>
public sealed record RateBudget(string Name, int Permits, TimeSpan Window);

/// <summary>Where the slots of a budget that several processes share are handed out.</summary>
public interface IRateLedger
{
    /// <summary>Takes <paramref name="count"/> consecutive slots, <paramref name="spacing"/> apart, none before <paramref name="earliest"/>; returns the first one's time.</summary>
    /// <param name="budget">The credential and the budget's name.</param>
    Task<DateTimeOffset> ReserveAsync(string budget, int count, TimeSpan spacing, DateTimeOffset earliest, CancellationToken cancellationToken);
}
