using Syncline.Sandbox.HeyReach.Hooks;

namespace Syncline.Sandbox.HeyReach;

/// <summary>One attempt to deliver an event: a POST of JSON without any signature.</summary>
/// <param name="Number">Of the delivery, the same at every attempt; it does not go over the wire.</param>
/// <param name="EventType">As the webhook was made for it, <c>EVERY_MESSAGE_REPLY_RECEIVED</c>.</param>
/// <param name="Headers">What a person gave the webhook; none from HeyReach itself.</param>
/// <param name="Attempt">From 1.</param>
public sealed record HeyReachHook(
    long Number, string EventType, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body, int Attempt, DateTimeOffset At);

/// <summary>What became of a delivery, for those who only look.</summary>
/// <param name="Status">pending, sending, success, failed or lost.</param>
/// <param name="Attempts">The statuses answered, oldest first; 0 for no answer.</param>
public sealed record HeyReachDeliveryView(long Number, int WebhookId, string EventType, string Status, IReadOnlyList<int> Attempts, DateTimeOffset? DueAt);

/// <summary>The hooks that HeyReach sends. They are made over the API, <c>/webhooks/CreateWebhook</c>.</summary>
public sealed class HeyReachWebhooks : HookOutlet<HeyReachHook>
{
    private readonly HookBoard _board;
    private readonly InboxWrites _writes;

    // A few seconds are assumed; no document tells HeyReach's patience.
    internal HeyReachWebhooks(HookBoard board, InboxWrites writes) : base(TimeSpan.FromSeconds(5)) => (_board, _writes) = (board, writes);

    public HeyReachHookTrouble Trouble => _board.Trouble;

    public IReadOnlyList<HeyReachDeliveryView> Deliveries =>
        [.. _board.Deliveries.Select(d => new HeyReachDeliveryView(d.Number, d.Subscription.Id, d.EventType, d.Status, [.. d.Attempts], d.DueAt))];

    /// <summary>When something is due next; a message that waits to be sent counts, for a hook may tell of it.</summary>
    public override DateTimeOffset? NextDueAt => new[] { _board.Deliveries.NextDueAt(), _writes.NextDueAt }.Min();

    /// <summary>A person gives a webhook a request header in the app; the API has no confirmed way.</summary>
    /// <exception cref="ArgumentException">There is no such webhook.</exception>
    public void SetHeader(int webhookId, string name, string value) =>
        (_board.Find(webhookId) ?? throw new ArgumentException($"There is no webhook {webhookId}.", nameof(webhookId))).Headers[name] = value;

    public override void Answer(HeyReachHook hook, int status) => _board.Answer(hook, status);

    private protected override IReadOnlyList<HeyReachHook> HandOut()
    {
        _writes.DeliverDue();
        return _board.TakeDue();
    }

    private protected override HookPost PostOf(HeyReachHook hook) => new(hook.Url, hook.Headers, hook.Body);
}
