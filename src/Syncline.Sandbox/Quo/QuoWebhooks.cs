using Syncline.Sandbox.Quo.Webhooks;

namespace Syncline.Sandbox.Quo;

/// <summary>One attempt to deliver an event, as it goes over the wire.</summary>
/// <param name="DeliveryId">The webhook-id: the same at every attempt.</param>
/// <param name="Headers">The signature and, on the dated surface, id and timestamp; names compare without case.</param>
/// <param name="Body">What was signed, unless it is tampered with. UTF-8.</param>
/// <param name="Attempt">From 1.</param>
public sealed record QuoHook(string DeliveryId, string EventType, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body, int Attempt, DateTimeOffset At);

/// <summary>What became of a delivery, for those who only look.</summary>
/// <param name="Status">pending, sending, success or failed.</param>
/// <param name="Attempts">The statuses answered, oldest first; 0 for no answer.</param>
public sealed record QuoDeliveryView(string Id, string WebhookId, string EventType, string ResourceId, string Status, IReadOnlyList<int> Attempts, DateTimeOffset? DueAt);

/// <summary>The hooks that Quo sends.</summary>
public sealed class QuoWebhooks : HookOutlet<QuoHook>
{
    private readonly HookBoard _board;

    internal QuoWebhooks(HookBoard board, QuoHookTrouble trouble) : base(TimeSpan.FromSeconds(10)) => (_board, Trouble) = (board, trouble);

    public QuoHookTrouble Trouble { get; }

    public IReadOnlyList<QuoDeliveryView> Deliveries =>
        [.. _board.Deliveries.Select(d => new QuoDeliveryView(d.Id, d.Subscription.Id, d.Event.Type, d.Event.ResourceId, d.Status, [.. d.Attempts.Select(a => a.Status)], d.DueAt))];

    public override DateTimeOffset? NextDueAt => _board.NextDueAt;

    public override void Answer(QuoHook hook, int status) => _board.Answer(hook, status);

    private protected override IReadOnlyList<QuoHook> HandOut() => _board.TakeDue();

    private protected override HookPost PostOf(QuoHook hook) => new(hook.Url, hook.Headers, hook.Body);
}
