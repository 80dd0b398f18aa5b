using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>Completes threads for one reading: the messages that the listing leaves out, the sender and the campaigns.</summary>
internal sealed class HeyReachThreads(HeyReachApi api, HeyReachOptions options)
{
    // A chatroom that cannot be had leaves its thread to the next run; several in a row mean that the provider is down, and then so is this run.
    private const int MostLostChatrooms = 3;

    private readonly HeyReachLookups _lookups = new(api, options.LooksUpCampaigns);
    private int _lostChatrooms;

    public async Task AddAsync(HeyReachPage page, SelectedThread selected, CancellationToken cancellationToken)
    {
        int gaps = _lookups.Gaps;
        HeyReachThread thread = await CompleteAsync(selected.Conversation, cancellationToken);
        WireSender? sender = await _lookups.SenderOfAsync(selected.Conversation, cancellationToken);
        IReadOnlyList<HeyReachCampaign> campaigns = await _lookups.CampaignsOfAsync(selected.Conversation, selected.Person, cancellationToken);
        bool isComplete = thread.Messages.Count >= selected.Conversation.Total && thread.Timeless == 0 && _lookups.Gaps == gaps;
        page.Add(selected, thread, sender, campaigns, isComplete);
    }

    /// <summary>The listing's messages, with the chatroom's where the listing shows fewer than it counts. The chatroom may be hours behind, so the listing's go first.</summary>
    private async Task<HeyReachThread> CompleteAsync(WireConversation conversation, CancellationToken cancellationToken)
    {
        HeyReachThread listed = HeyReachThread.Of(conversation.Sent);
        if (conversation.Sent.Count() >= conversation.Total || conversation.SenderId is not { } account) return listed;
        return await ChatroomAsync(account, conversation.Id!, cancellationToken) is { } chatroom ? listed.With(HeyReachThread.Of(chatroom.Sent)) : listed;
    }

    private async Task<WireConversation?> ChatroomAsync(long account, string id, CancellationToken cancellationToken)
    {
        try
        {
            WireConversation? chatroom = await api.FindChatroomAsync(account, id, cancellationToken);
            _lostChatrooms = 0;
            return chatroom?.Id is null || chatroom.Id == id ? chatroom : null;
        }
        catch (ProviderException failure) when (failure.Recovery == Recovery.RetryLater && ++_lostChatrooms < MostLostChatrooms)
        {
            return null;
        }
    }
}
