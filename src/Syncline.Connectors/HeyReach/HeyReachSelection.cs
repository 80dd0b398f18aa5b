using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>A thread that is handed on.</summary>
/// <param name="Person">The id of the lead's person record.</param>
internal sealed record SelectedThread(WireConversation Conversation, string Person);

/// <summary>Which conversations of a page are handed on, and what becomes of the others.</summary>
internal sealed class HeyReachSelection
{
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);

    public List<SelectedThread> Threads { get; } = [];

    public List<Rejection> Rejections { get; } = [];

    /// <summary>Every conversation of the page that is dealt with, by id.</summary>
    public List<string> Done { get; } = [];

    public int Unchanged { get; private set; }

    public int People => _people.Count;

    /// <summary>True when the limit stopped the page before its end.</summary>
    public bool IsCut { get; private set; }

    /// <param name="known">The committed version of each thread that may be passed over when it still has it.</param>
    /// <param name="people">How many people may be handed on.</param>
    public static HeyReachSelection Of(StreamId conversations, IEnumerable<InboxItem> items, IReadOnlyDictionary<string, string> known, int people)
    {
        HeyReachSelection selection = new();
        foreach (InboxItem item in items)
        {
            if (!selection.Take(conversations.Key(item.Id), item.Conversation, known, people))
            {
                selection.IsCut = true;
                break;
            }
            selection.Done.Add(item.Id);
        }
        return selection;
    }

    // The order of the questions matters: a thread that is out of scope is told of even when it has not changed, since none of those has a version.
    private bool Take(RecordKey key, WireConversation? conversation, IReadOnlyDictionary<string, string> known, int people)
    {
        if (conversation is null) Reject(key, "unreadable", "HeyReach lists this conversation in a form that cannot be read; it is read again with the next sweep that meets it.");
        else if (conversation.GroupChat == true) Reject(key, "group-chat", "A group chat has no one lead it could belong to.", isSkip: true);
        else if (HeyReachVersion.Of(conversation) is { } version && known.GetValueOrDefault(key.Id) == version) Unchanged++;
        else if (HeyReachPeople.IdOf(conversation.CorrespondentProfile) is not { } person) Reject(key, "no-usable-profile", NoProfile);
        else return Take(conversation, person, people);
        return true;
    }

    private const string NoProfile = "The lead has neither a LinkedIn member id nor a linkedin.com/in/ address in HeyReach, so nobody can be matched; open the conversation there and complete the profile.";

    private bool Take(WireConversation conversation, string person, int people)
    {
        if (!_people.Contains(person) && _people.Count >= people) return false;
        _people.Add(person);
        Threads.Add(new(conversation, person));
        return true;
    }

    private void Reject(RecordKey key, string code, string reason, bool isSkip = false) =>
        Rejections.Add(new(key.Id.Length > 0 ? key : key with { Id = "(no id)" }, RecordKind.Conversation, code, reason) { IsSkip = isSkip });
}
