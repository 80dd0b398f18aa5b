using Syncline.Sandbox.HubSpot.Webhooks;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot;

/// <summary>One attempt to deliver events, as it goes over the wire.</summary>
/// <param name="DeliveryId">The same at every attempt; it is not sent.</param>
/// <param name="EventTypes">Of the events in the body, up to a hundred.</param>
/// <param name="Headers">Both signatures, the time, the content type; names compare without case.</param>
/// <param name="Body">What was signed, unless it is tampered with: a JSON array. UTF-8.</param>
/// <param name="Attempt">From 0.</param>
public sealed record HubSpotHook(string DeliveryId, IReadOnlyList<string> EventTypes, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body, int Attempt, DateTimeOffset At);

/// <summary>The hooks that HubSpot sends. Nothing is sent by itself: whoever holds the clock asks for what is due.</summary>
/// <remarks>Called under the gate's lock when the simulator is served, as everything else. Public apps subscribe over the API too.</remarks>
public sealed class HubSpotWebhooks
{
    private readonly HookBoard _board;
    private readonly HubSpotPortal _portal;
    private readonly List<HubSpotHook> _sent = [];

    internal HubSpotWebhooks(HookBoard board, HubSpotPortal portal) => (_board, _portal) = (board, portal);

    public HubSpotHookTrouble Trouble => _board.Trouble;

    /// <summary>The app's one address for all hooks; null sends nothing.</summary>
    public Uri? Target
    {
        get => _board.Target;
        set => _board.Target = value;
    }

    /// <summary>Where <see cref="Deliver"/> sends hooks; it answers the status, 0 for no answer.</summary>
    public Func<HubSpotHook, int>? Receiver { get; set; }

    /// <summary>Every hook handed out so far.</summary>
    public IReadOnlyList<HubSpotHook> Sent => _sent;

    /// <summary>When something is due next, by the simulator's clock; null when nothing is on its way.</summary>
    public DateTimeOffset? NextDueAt => _board.NextDueMs is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    /// <summary>Subscribes the app, as a person does in its settings.</summary>
    /// <param name="eventType"><c>contact.creation</c>; generic ones are <c>object.creation</c> with a type.</param>
    /// <param name="propertyName">Needed for propertyChange, one a subscription.</param>
    /// <param name="objectType">Needed for generic ones, by any of its names.</param>
    public void Subscribe(string eventType, string? propertyName = null, string? objectType = null)
    {
        if (!EventTypes.IsKnown(eventType)) throw new ArgumentException($"There is no event {eventType}.", nameof(eventType));
        _board.Subscribe(eventType, propertyName, objectType is null ? null : _portal.Types.Find(objectType) ?? throw Refuse.UnknownType(objectType), isActive: true);
    }

    /// <summary>For whoever carries them over HTTP.</summary>
    public HookSender<HubSpotHook> Sender => new(TakeDue, h => new(h.Url, h.Headers, h.Body), Answer, TimeSpan.FromSeconds(5));

    /// <summary>Hands out what is due. Each must be answered, or it stays under way and takes one of the places there are.</summary>
    public IReadOnlyList<HubSpotHook> TakeDue()
    {
        _portal.ApplyDue();
        IReadOnlyList<HubSpotHook> due = _board.TakeDue();
        _sent.AddRange(due);
        return due;
    }

    /// <summary>Tells what the receiver answered: 2xx accepts, anything else brings the whole body again.</summary>
    public void Answer(HubSpotHook hook, int status) => _board.Answer(hook, status);

    /// <summary>Sends everything due now to the receiver. Without a receiver nothing is reached.</summary>
    /// <returns>How many hooks were sent.</returns>
    public int Deliver()
    {
        int count = 0;
        for (IReadOnlyList<HubSpotHook> due = TakeDue(); due.Count > 0; due = TakeDue())
        {
            foreach (HubSpotHook hook in due) Answer(hook, Receiver?.Invoke(hook) ?? 0);
            count += due.Count;
        }
        return count;
    }
}
