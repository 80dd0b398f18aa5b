namespace Syncline.Sandbox.HeyReach.Hooks;

/// <summary>Something that hooks tell of.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
internal sealed record HookEvent(string Type, DateTimeOffset At)
{
    public Campaign? Campaign { get; init; }
    public HeyReachSender? Sender { get; init; }
    public Lead? Lead { get; init; }
    public string? ConversationId { get; init; }
    public bool IsInMail { get; init; }

    /// <summary>The messages HeyReach knew when it happened, oldest first; none but for messages.</summary>
    public IReadOnlyList<HeyReachMessage> Thread { get; init; } = [];

    /// <summary>The message that it is about.</summary>
    public HeyReachMessage? Trigger { get; init; }
}
