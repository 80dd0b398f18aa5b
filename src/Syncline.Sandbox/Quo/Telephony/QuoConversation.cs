namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>A thread of one of our numbers with the outside.</summary>
/// <param name="Number">Counts up with every conversation begun.</param>
/// <param name="Participants">The outside's numbers, E.164.</param>
internal sealed record QuoConversation(long Number, string Id, QuoNumber Line, IReadOnlyList<string> Participants, DateTimeOffset CreatedAt)
{
    public DateTimeOffset LastActivityAt { get; set; } = CreatedAt;

    /// <summary>The newest call or message; null before the first.</summary>
    public string? LastActivityId { get; set; }
}
