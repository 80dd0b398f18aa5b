namespace Syncline.Sandbox.Lemlist.Hooks;

/// <summary>One event on its way to one webhook.</summary>
internal sealed class HookDelivery(long number, Subscription subscription, string type, string body, DateTimeOffset dueAt)
{
    // An assumption: no document tells when lemlist tries again.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    public long Number => number;
    public Subscription Subscription => subscription;
    public string Type => type;
    public string Body => body;

    /// <summary>The statuses answered, oldest first; 0 for no answer.</summary>
    public List<int> Attempts { get; } = [];

    /// <summary>When the next attempt is due; null while one is under way and after the last.</summary>
    public DateTimeOffset? DueAt { get; set; } = dueAt;

    public bool IsUnderWay { get; set; }

    /// <summary>Never goes out.</summary>
    public bool IsLost { get; init; }

    /// <summary>pending, sending, success, failed or lost.</summary>
    public string Status => IsLost ? "lost" : IsUnderWay ? "sending" : Attempts.Count > 0 && IsAccepted(Attempts[^1]) ? "success" : DueAt is null ? "failed" : "pending";

    public void Answered(int status, DateTimeOffset now, LemlistHookTrouble trouble)
    {
        IsUnderWay = false;
        Attempts.Add(status);
        bool over = IsAccepted(status) || Attempts.Count >= trouble.MostAttempts;
        DueAt = over ? null : now + (Waits[Math.Min(Attempts.Count, Waits.Length) - 1] * trouble.RetryScale);
    }

    private static bool IsAccepted(int status) => status is >= 200 and < 300;
}
