using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>One run's reading of the inbox: what it remembers from page to page, which is little however large the inbox is.</summary>
internal sealed class HeyReachReading(HeyReachApi api, HeyReachOptions options, string connection, ReadRequest request)
{
    private readonly HeyReachListing _listing = new(api, options.PageSize);
    private readonly HeyReachThreads _threads = new(api, options);
    private readonly StreamId _conversations = new(connection, HeyReachConversations.Stream);
    private readonly Queue<Dictionary<string, string?>> _recent = new();
    private int _people;
    private int _pages;

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
        foreach (SelectedThread thread in selection.Threads) await _threads.AddAsync(page, thread, cancellationToken);

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
}
