using System.Text.Json.Nodes;

namespace Syncline.Sandbox.HeyReach.Hooks;

/// <summary>One event on its way to one webhook: tried about five times more within 24 hours.</summary>
internal sealed class HookDelivery(long number, Subscription subscription, string eventType, long eventNumber, JsonObject body, DateTimeOffset dueAt) : HookJourney(number, dueAt, Waits)
{
    // 23 hours and 35 minutes in all. An assumption: only their number and the 24 hours are reported.
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(15)];

    public Subscription Subscription => subscription;
    public string EventType => eventType;
    public long EventNumber => eventNumber;
    public JsonObject Body => body;
}
