using System.Collections.ObjectModel;
using Syncline.Sandbox.Lemlist.Hooks;

namespace Syncline.Sandbox.Lemlist;

/// <summary>One attempt to deliver an event: a POST of JSON without any signature.</summary>
/// <param name="Number">Of the delivery, the same at every attempt; it does not go over the wire.</param>
/// <param name="Type">The event, or the lead-state group it was told as.</param>
/// <param name="Attempt">From 1.</param>
public sealed record LemlistHook(long Number, string Type, Uri Url, string Body, int Attempt, DateTimeOffset At);

/// <summary>What became of a delivery, for those who only look.</summary>
/// <param name="Status">pending, sending, success, failed or lost.</param>
/// <param name="Attempts">The statuses answered, oldest first; 0 for no answer.</param>
public sealed record LemlistDeliveryView(long Number, string WebhookId, string Type, string Status, IReadOnlyList<int> Attempts, DateTimeOffset? DueAt);

/// <summary>The hooks that lemlist sends. Nothing is sent by itself: whoever holds the clock asks for what is due.</summary>
/// <remarks>Called under the gate's lock when the simulator is served, as everything else.</remarks>
public sealed class LemlistWebhooks
{
    private readonly HookBoard _board;
    private readonly List<LemlistHook> _sent = [];

    internal LemlistWebhooks(HookBoard board, LemlistHookTrouble trouble) => (_board, Trouble) = (board, trouble);

    public LemlistHookTrouble Trouble { get; }

    /// <summary>Where <see cref="Deliver"/> sends hooks; it answers the status, 0 for no answer.</summary>
    public Func<LemlistHook, int>? Receiver { get; set; }

    /// <summary>Every hook handed out so far.</summary>
    public IReadOnlyList<LemlistHook> Sent => _sent;

    public IReadOnlyList<LemlistDeliveryView> Deliveries => [.. _board.Deliveries.Select(d => new LemlistDeliveryView(d.Number, d.Subscription.Id, d.Type, d.Status, [.. d.Attempts], d.DueAt))];

    /// <summary>When something is due next, by the simulator's clock; null when nothing is on its way.</summary>
    public DateTimeOffset? NextDueAt => _board.NextDueAt;

    /// <summary>For whoever carries them over HTTP.</summary>
    public HookSender<LemlistHook> Sender => new(TakeDue, h => new(h.Url, ReadOnlyDictionary<string, string>.Empty, h.Body), Answer, TimeSpan.FromSeconds(10));

    /// <summary>Hands out what is due. Each must be answered, or it stays under way.</summary>
    public IReadOnlyList<LemlistHook> TakeDue()
    {
        IReadOnlyList<LemlistHook> due = _board.TakeDue();
        _sent.AddRange(due);
        return due;
    }

    /// <summary>Tells what the receiver answered: 2xx accepts, anything else is tried again.</summary>
    public void Answer(LemlistHook hook, int status) => _board.Answer(hook, status);

    /// <summary>Sends everything due now to the receiver. Without a receiver nothing is reached.</summary>
    /// <returns>How many hooks were sent.</returns>
    public int Deliver()
    {
        int count = 0;
        for (IReadOnlyList<LemlistHook> due = TakeDue(); due.Count > 0; due = TakeDue())
        {
            foreach (LemlistHook hook in due) Answer(hook, Receiver?.Invoke(hook) ?? 0);
            count += due.Count;
        }
        return count;
    }
}
