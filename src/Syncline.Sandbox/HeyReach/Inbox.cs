namespace Syncline.Sandbox.HeyReach;

/// <summary>A conversation's place in the order of the inbox.</summary>
internal readonly record struct Place(long Ticks, string Id);

/// <summary>All conversations, newest message first, ties by id.</summary>
/// <remarks>
/// The order is a sorted array: a page is a binary search and a walk, at any depth. A change moves one element, at 100,000 conversations some
/// 20 microseconds of memory copying; a balanced tree would change faster and make offsets walk.
/// </remarks>
internal sealed class Inbox
{
    private readonly Dictionary<string, Conversation> _byId = new(StringComparer.Ordinal);
    private readonly List<Conversation> _order = [];

    public IReadOnlyList<Conversation> Newest => _order;

    public Conversation? Find(string id) => _byId.GetValueOrDefault(id);

    public void Add(Conversation conversation)
    {
        _byId.Add(conversation.Id, conversation);
        _order.Insert(IndexOf(PlaceOf(conversation)), conversation);
    }

    /// <summary>Adds many and sorts once.</summary>
    public void AddRange(IReadOnlyCollection<Conversation> conversations)
    {
        foreach (Conversation conversation in conversations) _byId.Add(conversation.Id, conversation);
        _order.AddRange(conversations);
        _order.Sort((a, b) => Compare(PlaceOf(a), PlaceOf(b)));
    }

    public void Remove(Conversation conversation)
    {
        _byId.Remove(conversation.Id);
        _order.RemoveAt(IndexOf(PlaceOf(conversation)));
    }

    /// <summary>Gives a conversation other messages; they are sorted here, equal times keep the order given.</summary>
    public void Replace(Conversation conversation, IEnumerable<HeyReachMessage> messages, DateTimeOffset now)
    {
        _order.RemoveAt(IndexOf(PlaceOf(conversation)));
        conversation.Replace([.. messages.OrderBy(m => m.CreatedAt)], now);
        _order.Insert(IndexOf(PlaceOf(conversation)), conversation);
    }

    /// <summary>The index of the first conversation at that place or after it.</summary>
    public int IndexOf(Place place)
    {
        int low = 0, high = _order.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Compare(PlaceOf(_order[middle]), place) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The index of the first conversation after that place.</summary>
    public int IndexAfter(Place place)
    {
        int index = IndexOf(place);
        return index < _order.Count && PlaceOf(_order[index]) == place ? index + 1 : index;
    }

    /// <summary>The index of the first conversation whose last message is not later than that.</summary>
    public int IndexAtOrBefore(DateTimeOffset time) => IndexOf(new(time.UtcTicks, ""));

    public static Place PlaceOf(Conversation conversation) => new(conversation.LastMessageAt.UtcTicks, conversation.Id);

    private static int Compare(Place a, Place b)
    {
        int newerFirst = b.Ticks.CompareTo(a.Ticks);
        return newerFirst != 0 ? newerFirst : string.CompareOrdinal(a.Id, b.Id);
    }
}
