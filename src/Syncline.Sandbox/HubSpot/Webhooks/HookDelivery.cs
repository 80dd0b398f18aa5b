using Syncline.Sandbox.HubSpot.Records;

namespace Syncline.Sandbox.HubSpot.Webhooks;

/// <summary>An event on its way to the app: what happened and which subscription wants it.</summary>
/// <param name="Type">As the subscription names it.</param>
internal sealed record HookEvent(long EventId, HookSubscription Subscription, PortalEvent Happened, long OccurredMs, long DueMs)
{
    public string Type => Subscription.EventType;
}

/// <summary>Up to a hundred events that go out together, and again together when they are not accepted: ten times, within a day.</summary>
internal sealed class HookDelivery(string id, IReadOnlyList<HookEvent> events)
{
    public const int MostRetries = 10;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(5), TimeSpan.FromHours(6),
    ];

    public string Id => id;
    public IReadOnlyList<HookEvent> Events => events;

    /// <summary>From 0.</summary>
    public int Attempt { get; private set; }

    /// <summary>When the next attempt is due; null while one is under way.</summary>
    public long? DueMs { get; set; }

    /// <summary>True when it is over, accepted or given up.</summary>
    public bool Answered(int status, long now, double share, double scale)
    {
        if (status is >= 200 and < 300 || Attempt >= MostRetries) return true;
        // From three quarters to five quarters of the wait: all ten stay within a day.
        DueMs = now + (long)(Waits[Attempt].TotalMilliseconds * scale * (0.75 + (share / 2)));
        Attempt++;
        return false;
    }
}
