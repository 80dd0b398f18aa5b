using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>Gathers a page's records: people, then conversations, then messages, so that each stands after what it refers to.</summary>
internal sealed class HeyReachPage(string connection)
{
    private readonly Dictionary<string, RemoteRecord> _people = new(StringComparer.Ordinal);
    private readonly List<RemoteRecord> _conversations = [];
    private readonly List<RemoteRecord> _messages = [];
    private readonly List<(RecordKey, string)> _versions = [];
    private readonly List<Rejection> _rejections = [];

    public IReadOnlyList<RemoteRecord> Records => [.. _people.Values, .. _conversations, .. _messages];

    /// <param name="isComplete">False keeps no version of the thread, so that the next sweep that meets it reads it again. One that was read by itself has the version of what it showed: had that been old, a sweep puts it right.</param>
    public void Add(SelectedThread selected, HeyReachThread thread, WireSender? sender, IReadOnlyList<HeyReachCampaign> campaigns, bool isComplete)
    {
        WireConversation conversation = selected.Conversation;
        RecordKey key = Key(HeyReachConversations.Stream, conversation.Id!);
        AddPerson(selected);
        string? seen = isComplete ? HeyReachVersion.Of(conversation) : null;
        _conversations.Add(HeyReachConversations.ToRecord(key, conversation, selected.Person, sender, campaigns) with { Version = seen ?? "" });
        foreach (PlacedMessage placed in thread.Messages)
        {
            RecordKey messageKey = Key(HeyReachMessages.Stream, HeyReachMessages.IdOf(key.Id, placed));
            bool isNewest = ReferenceEquals(placed, thread.Messages[^1]);
            _messages.Add(HeyReachMessages.ToRecord(messageKey, placed, conversation, selected.Person, sender, campaigns, isNewest));
        }
        if (thread.Timeless > 0) _rejections.Add(Timeless(key, thread.Timeless));
        if (seen is not null) _versions.Add((key, seen));
    }

    public Page Close(HeyReachCursor next, HeyReachSelection selection, InboxSlice slice) => new(Records, next.Write())
    {
        Rejections = [.. selection.Rejections, .. _rejections],
        Versions = _versions,
        Unchanged = selection.Unchanged,
        Expected = slice.Total,
        Covered = selection.Done.Count,
        CompletesSweep = next.Sweep is null && slice.At.From is null,
    };

    // One lead in several senders' inboxes is one person; the newest conversation has the newest profile.
    private void AddPerson(SelectedThread selected)
    {
        WireConversation conversation = selected.Conversation;
        bool isNewer = !_people.TryGetValue(selected.Person, out RemoteRecord? earlier) || conversation.LastAt > earlier.ModifiedAt;
        if (!isNewer) return;
        RecordKey key = Key(HeyReachPeople.Stream, selected.Person);
        _people[selected.Person] = HeyReachPeople.ToRecord(key, conversation.CorrespondentProfile!, conversation.Tags, conversation.LastAt);
    }

    private RecordKey Key(string stream, string id) => new(connection, stream, id);

    private static Rejection Timeless(RecordKey key, int count) => new(
        key,
        RecordKind.Conversation,
        "message-without-time",
        $"{count} message(s) of this thread bear no readable time, by which messages are told apart; the thread's other messages are read.");
}
