namespace Syncline.Sandbox.HeyReach.Hooks;

/// <summary>What HeyReach makes of a change: which events it is.</summary>
/// <remarks>All but replies in general and tags belong to campaigns: in a conversation of no campaign they do not happen.</remarks>
internal sealed class WorkspaceEvents(Workspace workspace, HookBoard board)
{
    /// <summary>Messages that HeyReach has learned of, one after the other.</summary>
    /// <param name="before">The thread without them.</param>
    public void Came(Conversation conversation, IReadOnlyList<HeyReachMessage> before, IReadOnlyList<HeyReachMessage> added, DateTimeOffset at)
    {
        if (board.Subscriptions.Count == 0) return;
        for (int index = 0; index < added.Count; index++)
        {
            HeyReachMessage[] thread = [.. before.Concat(added.Take(index + 1)).OrderBy(m => m.CreatedAt)];
            Came(conversation, thread, added[index], at);
        }
    }

    /// <summary>A lead's way through a campaign went on.</summary>
    public void Moved(string type, CampaignLead row, DateTimeOffset at) =>
        board.Raise(new(type, at) { Campaign = row.Campaign, Sender = row.Sender, Lead = row.Lead });

    public void Completed(Campaign campaign, DateTimeOffset at) => board.Raise(new(EventTypes.CampaignCompleted, at) { Campaign = campaign });

    /// <summary>Told only where the tags are others than before.</summary>
    public void Tagged(Lead lead, IReadOnlyCollection<string> before, DateTimeOffset at)
    {
        if (!lead.Tags.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(before)) board.Raise(new(EventTypes.TagUpdated, at) { Lead = lead });
    }

    private void Came(Conversation conversation, HeyReachMessage[] thread, HeyReachMessage message, DateTimeOffset at)
    {
        bool isInMail = message.IsInMail || thread[0].IsInMail;
        HookEvent happened = new("", at)
        {
            Campaign = conversation.CampaignId is { } id ? workspace.FindCampaign(id) : null,
            Sender = conversation.Sender,
            Lead = conversation.Lead,
            ConversationId = conversation.Id,
            IsInMail = isInMail,
            Thread = thread,
            Trigger = message,
        };
        foreach (string type in TypesOf(message, thread, isInMail).Where(t => EventTypes.IsOfWorkspace(t) || happened.Campaign is not null)) board.Raise(happened with { Type = type });
    }

    private static IEnumerable<string> TypesOf(HeyReachMessage message, HeyReachMessage[] thread, bool isInMail)
    {
        if (message.Sender == HeyReachSide.Me)
        {
            yield return isInMail ? EventTypes.InMailSent : EventTypes.MessageSent;
            yield break;
        }
        bool isFirst = thread.Count(m => m.Sender == HeyReachSide.Correspondent) == 1;
        if (isFirst) yield return isInMail ? EventTypes.FirstInMailReply : EventTypes.FirstReply;
        yield return EventTypes.EveryReply;
    }
}
