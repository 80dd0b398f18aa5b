namespace Syncline.Sandbox.HeyReach;

/// <summary>A thread of one sender with one lead. Its messages are replaced as a whole, so that an older state costs nothing to keep.</summary>
internal sealed class Conversation(string id, Lead lead, HeyReachSender sender, HeyReachMessage[] messages)
{
    private List<PastState>? _past;

    public string Id { get; } = id;
    public Lead Lead { get; } = lead;
    public HeyReachSender Sender { get; } = sender;
    public int? CampaignId { get; init; }
    public bool Read { get; set; }
    public bool GroupChat { get; init; }

    /// <summary>When HeyReach first knew of it; the earliest time for a conversation it always had.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Oldest first, never empty.</summary>
    public HeyReachMessage[] Messages { get; private set; } = messages;

    public HeyReachMessage Last => Messages[^1];
    public DateTimeOffset LastMessageAt => Messages[^1].CreatedAt;

    /// <summary>Only the inbox calls this: it keeps the order of conversations right.</summary>
    internal void Replace(HeyReachMessage[] messages, DateTimeOffset now)
    {
        (_past ??= []).Add(new(now, Messages));
        Messages = messages;
    }

    /// <summary>The messages as they were then, or null when the conversation was not known yet.</summary>
    public HeyReachMessage[]? MessagesAt(DateTimeOffset then)
    {
        if (then < Since) return null;
        PastState? past = _past?.Find(p => p.Until > then);
        return past?.Messages ?? Messages;
    }

    public HeyReachConversation View() => new(Id, Lead.View(), Sender.Id, CampaignId, Read, GroupChat, Messages);

    private sealed record PastState(DateTimeOffset Until, HeyReachMessage[] Messages);
}
