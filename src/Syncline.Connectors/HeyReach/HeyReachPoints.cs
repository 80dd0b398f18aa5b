using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>Reads single conversations as they are now.</summary>
internal sealed class HeyReachPoints(HeyReachApi api, HeyReachOptions options, string connection)
{
    private static readonly Dictionary<string, string> NothingKnown = [];

    /// <summary>The records of those that are there: people, conversations, messages. A conversation bears the version of what was read, which may be older than what the listing shows. Group chats and leads without a profile are left to the listing, which says why.</summary>
    public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IEnumerable<HeyReachThreadId> ids, CancellationToken cancellationToken)
    {
        HeyReachThreads threads = new(api, options);
        HeyReachPage page = new(connection);
        List<InboxItem> found = [];
        foreach (HeyReachThreadId id in ids.DistinctBy(i => i.Conversation))
        {
            if (await FindAsync(id, cancellationToken) is { } conversation) found.Add(new(id.Conversation, conversation));
        }
        HeyReachSelection selection = HeyReachSelection.Of(new(connection, HeyReachConversations.Stream), found, NothingKnown, int.MaxValue);
        foreach (SelectedThread thread in selection.Threads) await threads.AddAsync(page, thread, cancellationToken);
        return page.Records;
    }

    /// <summary>From the listing where the lead is known, for the chatroom may be hours behind it.</summary>
    private async Task<WireConversation?> FindAsync(HeyReachThreadId id, CancellationToken cancellationToken)
    {
        WireConversation? listed = id.Lead is { } lead ? (await api.ListOfLeadAsync(id.Account, lead, cancellationToken)).FirstOrDefault(c => c.Id == id.Conversation) : null;
        if (listed is not null) return listed;
        WireConversation? chatroom = await api.FindChatroomAsync(id.Account, id.Conversation, cancellationToken);
        return chatroom?.Id is null || chatroom.Id == id.Conversation ? Complete(chatroom, id) : null;
    }

    // A chatroom need not repeat what it was asked for.
    private static WireConversation? Complete(WireConversation? chatroom, HeyReachThreadId id) =>
        chatroom is null ? null : chatroom with { Id = id.Conversation, LinkedInAccountId = chatroom.SenderId ?? id.Account };
}
