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

/// <summary>The hooks that HubSpot sends. One that is not answered takes one of the places there are for hooks under way.</summary>
/// <remarks>Public apps subscribe over the API too.</remarks>
public sealed class HubSpotWebhooks : HookOutlet<HubSpotHook>
{
    private readonly HookBoard _board;
    private readonly HubSpotPortal _portal;

    internal HubSpotWebhooks(HookBoard board, HubSpotPortal portal) : base(TimeSpan.FromSeconds(5)) => (_board, _portal) = (board, portal);

    public HubSpotHookTrouble Trouble => _board.Trouble;

    /// <summary>The app's one address for all hooks; null sends nothing.</summary>
    public Uri? Target
    {
        get => _board.Target;
        set => _board.Target = value;
    }

    public override DateTimeOffset? NextDueAt => _board.NextDueMs is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    /// <summary>Subscribes the app, as a person does in its settings.</summary>
    /// <param name="eventType"><c>contact.creation</c>; generic ones are <c>object.creation</c> with a type.</param>
    /// <param name="propertyName">Needed for propertyChange, one a subscription.</param>
    /// <param name="objectType">Needed for generic ones, by any of its names.</param>
    public void Subscribe(string eventType, string? propertyName = null, string? objectType = null)
    {
        if (!EventTypes.IsKnown(eventType)) throw new ArgumentException($"There is no event {eventType}.", nameof(eventType));
        _board.Subscribe(eventType, propertyName, objectType is null ? null : _portal.Types.Find(objectType) ?? throw Refuse.UnknownType(objectType), isActive: true);
    }

    public override void Answer(HubSpotHook hook, int status) => _board.Answer(hook, status);

    private protected override IReadOnlyList<HubSpotHook> HandOut()
    {
        _portal.ApplyDue();
        return _board.TakeDue();
    }

    private protected override HookPost PostOf(HubSpotHook hook) => new(hook.Url, hook.Headers, hook.Body);
}
