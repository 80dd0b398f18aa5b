namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>An attempt that was made.</summary>
/// <param name="Status">What the receiver answered; 0 when it could not be reached.</param>
internal sealed record HookAttempt(DateTimeOffset At, int Status);

/// <summary>One event on its way to one webhook: retried until it is accepted or has failed for good.</summary>
/// <param name="number">Counts up with every delivery.</param>
internal sealed class HookDelivery(long number, string id, Subscription subscription, HookEvent hookEvent, string body)
{
    // The waits before each attempt: about 27 hours and a half in all.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
    ];

    public long Number => number;

    /// <summary>The webhook-id: the same at every attempt.</summary>
    public string Id => id;

    public Subscription Subscription => subscription;
    public HookEvent Event => hookEvent;
    public string Body => body;
    public List<HookAttempt> Attempts { get; } = [];

    /// <summary>When the next attempt is due; null while one is under way and after the last.</summary>
    public DateTimeOffset? DueAt { get; set; } = hookEvent.At;

    public bool IsUnderWay { get; set; }

    /// <summary>pending, sending, success or failed.</summary>
    public string Status => IsUnderWay ? "sending" : Attempts.Count > 0 && IsAccepted(Attempts[^1].Status) ? "success" : DueAt is null ? "failed" : "pending";

    public void Answered(int status, DateTimeOffset now, double scale)
    {
        IsUnderWay = false;
        Attempts.Add(new(now, status));
        DueAt = IsAccepted(status) || Attempts.Count >= Waits.Length ? null : now + (Waits[Attempts.Count] * scale);
    }

    private static bool IsAccepted(int status) => status is >= 200 and < 300;
}
