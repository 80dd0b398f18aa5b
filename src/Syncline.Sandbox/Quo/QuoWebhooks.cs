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

/// <summary>The hooks that Quo sends. Nothing is sent by itself: whoever holds the clock asks for what is due.</summary>
/// <remarks>Called under the gate's lock when the simulator is served, as everything else.</remarks>
public sealed class QuoWebhooks
{
    private readonly HookBoard _board;
    private readonly List<QuoHook> _sent = [];

    internal QuoWebhooks(HookBoard board, QuoHookTrouble trouble) => (_board, Trouble) = (board, trouble);

    public QuoHookTrouble Trouble { get; }

    /// <summary>Where <see cref="Deliver"/> sends hooks; it answers the status, 0 for no answer.</summary>
    public Func<QuoHook, int>? Receiver { get; set; }

    /// <summary>Every hook handed out so far.</summary>
    public IReadOnlyList<QuoHook> Sent => _sent;

    public IReadOnlyList<QuoDeliveryView> Deliveries =>
        [.. _board.Deliveries.Select(d => new QuoDeliveryView(d.Id, d.Subscription.Id, d.Event.Type, d.Event.ResourceId, d.Status, [.. d.Attempts.Select(a => a.Status)], d.DueAt))];

    /// <summary>When something is due next, by the simulator's clock; null when nothing is on its way.</summary>
    public DateTimeOffset? NextDueAt => _board.NextDueAt;

    /// <summary>For whoever carries them over HTTP.</summary>
    public HookSender<QuoHook> Sender => new(TakeDue, h => new(h.Url, h.Headers, h.Body), Answer, TimeSpan.FromSeconds(10));

    /// <summary>Hands out what is due. Each must be answered, or it stays under way.</summary>
    public IReadOnlyList<QuoHook> TakeDue()
    {
        IReadOnlyList<QuoHook> due = _board.TakeDue();
        _sent.AddRange(due);
        return due;
    }

    /// <summary>Tells what the receiver answered: 2xx accepts, anything else is retried after the schedule's next wait.</summary>
    public void Answer(QuoHook hook, int status) => _board.Answer(hook, status);

    /// <summary>Sends everything due now to the receiver, what its answers make due now among it. Without a receiver nothing is reached.</summary>
    /// <returns>How many hooks were sent.</returns>
    public int Deliver()
    {
        int count = 0;
        for (IReadOnlyList<QuoHook> due = TakeDue(); due.Count > 0; due = TakeDue())
        {
            foreach (QuoHook hook in due) Answer(hook, Receiver?.Invoke(hook) ?? 0);
            count += due.Count;
        }
        return count;
    }
}
