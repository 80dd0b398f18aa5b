namespace Syncline.Connectors.HeyReach;

/// <summary>A message in its place.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Ordinal">1, and more only for another message of the same side at exactly the same time.</param>
internal sealed record PlacedMessage(WireMessage Message, DateTimeOffset At, int Ordinal);

/// <summary>A thread's messages, told apart and in order. HeyReach gives them no id: time and side are their identity, their place among equals the rest.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Timeless">How many messages bear no readable time and are not among them.</param>
internal sealed record HeyReachThread(IReadOnlyList<PlacedMessage> Messages, int Timeless)
{
    public static HeyReachThread Of(IEnumerable<WireMessage> messages)
    {
        List<(WireMessage Message, DateTimeOffset? At)> timed = [.. messages.Select(m => (m, WireTime.Parse(m.CreatedAt)))];
        List<(WireMessage Message, DateTimeOffset At)> known = [.. timed.Where(m => m.At is not null).Select(m => (m.Message, m.At!.Value))];
        // Some answers list the newest first. Turned round before the stable sort, equal times keep the thread's order either way.
        if (known.Count > 1 && known[0].At > known[^1].At) known.Reverse();
        return new([.. Place(known.OrderBy(m => m.At))], timed.Count - known.Count);
    }

    /// <summary>This thread with what only the other reading of it holds. Where both hold a message this one's stands.</summary>
    public HeyReachThread With(HeyReachThread other)
    {
        HashSet<(DateTimeOffset, bool, int)> here = [.. Messages.Select(Identity)];
        IEnumerable<PlacedMessage> all = Messages.Concat(other.Messages.Where(m => !here.Contains(Identity(m))));
        return this with { Messages = [.. all.OrderBy(m => m.At).ThenBy(m => m.Ordinal)] };
    }

    private static (DateTimeOffset At, bool IsOurs, int Ordinal) Identity(PlacedMessage placed) => (placed.At, placed.Message.IsOurs, placed.Ordinal);

    private static IEnumerable<PlacedMessage> Place(IEnumerable<(WireMessage Message, DateTimeOffset At)> ordered)
    {
        Dictionary<(DateTimeOffset, bool), int> met = [];
        foreach ((WireMessage message, DateTimeOffset at) in ordered)
        {
            int ordinal = met[(at, message.IsOurs)] = met.GetValueOrDefault((at, message.IsOurs)) + 1;
            yield return new(message, at, ordinal);
        }
    }
}
