namespace Syncline.Sandbox;

/// <summary>One hook on its way to its receiver: tried again until it is accepted or all attempts are spent.</summary>
/// <param name="number">Counts up with every delivery.</param>
/// <param name="waits">From one attempt to the next; the last is repeated where there are more attempts than waits.</param>
internal abstract class HookJourney(long number, DateTimeOffset dueAt, IReadOnlyList<TimeSpan> waits)
{
    public long Number => number;

    /// <summary>The statuses answered, oldest first; 0 for no answer.</summary>
    public List<int> Attempts { get; } = [];

    /// <summary>When the next attempt is due; null while one is under way and after the last.</summary>
    public DateTimeOffset? DueAt { get; private set; } = dueAt;

    public bool IsUnderWay { get; private set; }

    /// <summary>Never goes out.</summary>
    public bool IsLost { get; init; }

    /// <summary>pending, sending, success, failed or lost.</summary>
    public string Status => IsLost ? "lost" : IsUnderWay ? "sending" : Attempts.Count > 0 && IsAccepted(Attempts[^1]) ? "success" : DueAt is null ? "failed" : "pending";

    public void Leave() => (DueAt, IsUnderWay) = (null, true);

    /// <summary>The first answer to an attempt counts; of a duplicate the second changes nothing.</summary>
    /// <returns>Whether it counted.</returns>
    public bool Answered(int attempt, int status, DateTimeOffset now, HookTrouble trouble)
    {
        if (!IsUnderWay || Attempts.Count + 1 != attempt) return false;
        IsUnderWay = false;
        Attempts.Add(status);
        bool over = IsAccepted(status) || Attempts.Count >= trouble.MostAttempts;
        DueAt = over ? null : now + (waits[Math.Min(Attempts.Count, waits.Count) - 1] * trouble.RetryScale);
        return true;
    }

    private static bool IsAccepted(int status) => status is >= 200 and < 300;
}

internal static class HookJourneys
{
    /// <summary>When something is due next; null when nothing is on its way.</summary>
    public static DateTimeOffset? NextDueAt(this IEnumerable<HookJourney> journeys) => journeys.Where(j => !j.IsLost).Min(j => j.DueAt);

    /// <summary>Sets off what is due, in the order in which it fell due unless trouble turns that round.</summary>
    public static IReadOnlyList<T> TakeDue<T>(this IEnumerable<T> journeys, DateTimeOffset now, HookTrouble trouble) where T : HookJourney
    {
        List<T> due = [.. journeys.Where(j => !j.IsLost && j.DueAt <= now).OrderBy(j => j.DueAt).ThenBy(j => j.Number)];
        if (trouble.Reorder) due.Reverse();
        foreach (T journey in due) journey.Leave();
        return due;
    }
}
