using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>One run's reading of the inbox: what it remembers from page to page, which is little however large the inbox is.</summary>
internal sealed class HeyReachReading(HeyReachApi api, HeyReachOptions options, string connection, ReadRequest request)
{
    // A chatroom that cannot be had leaves its thread to the next run; several in a row mean that the provider is down, and then so is this run.
    private const int MostLostChatrooms = 3;

    private readonly HeyReachListing _listing = new(api, options.PageSize);
    private readonly HeyReachLookups _lookups = new(api, options.LooksUpCampaigns);
    private readonly StreamId _conversations = new(connection, HeyReachConversations.Stream);
    private readonly Queue<Dictionary<string, string?>> _recent = new();
    private int _people;
    private int _pages;
    private int _lostChatrooms;

    public bool IsAtLimit => (request.MaxPages is { } pages and > 0 && _pages >= pages) || (request.MaxRecords is { } people and > 0 && _people >= people);

    /// <summary>The next page of the cursor's sweep, and the cursor after it.</summary>
    public async Task<(Page Page, HeyReachCursor Cursor)> NextAsync(HeyReachCursor cursor, CancellationToken cancellationToken)
    {
        InboxSlice slice = await _listing.FetchAsync(cursor.Sweep!, cancellationToken);
        List<InboxItem> items = Fresh(slice);
        IReadOnlyDictionary<string, string> known = await KnownAsync(slice.At, items, cancellationToken);
        int people = request.MaxRecords is { } most and > 0 ? most - _people : int.MaxValue;
        HeyReachSelection selection = HeyReachSelection.Of(_conversations, items, known, people);
        HeyReachPage page = new(connection);
        foreach (SelectedThread thread in selection.Threads) await AddAsync(page, thread, cancellationToken);

        HeyReachCursor reached = cursor.Reach(selection.IsCut ? slice.At with { Done = [.. slice.At.Done, .. selection.Done] } : slice.Next);
        _pages++;
        _people += selection.People;
        return (page.Close(reached, selection, slice), reached);
    }

    // Pages overlap on purpose (V2) or because the inbox moved; a thread already read in its present version is left out without a word.
    private List<InboxItem> Fresh(InboxSlice slice)
    {
        HashSet<string> done = [.. slice.At.Done];
        List<InboxItem> fresh = [.. slice.Items.Where(i => !done.Contains(i.Id) && !IsRecent(i)).DistinctBy(i => i.Id)];
        if (_recent.Count == 2) _recent.Dequeue();
        _recent.Enqueue(fresh.ToDictionary(i => i.Id, VersionOf));
        return fresh;
    }

    private bool IsRecent(InboxItem item) => _recent.Any(page => page.TryGetValue(item.Id, out string? version) && version == VersionOf(item));

    private static string? VersionOf(InboxItem item) => item.Conversation is null ? null : HeyReachVersion.Of(item.Conversation);

    private async Task<IReadOnlyDictionary<string, string>> KnownAsync(HeyReachSweep sweep, List<InboxItem> items, CancellationToken cancellationToken)
    {
        string[] ids = [.. items.Where(i => i.Id.Length > 0).Select(i => i.Id)];
        bool readsAll = sweep.IsFull || ids.Length == 0;
        return readsAll ? new Dictionary<string, string>() : await request.Known.FindAsync(_conversations, ids, cancellationToken);
    }

    private async Task AddAsync(HeyReachPage page, SelectedThread selected, CancellationToken cancellationToken)
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
