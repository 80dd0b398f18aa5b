using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Planning;

/// <summary>One field a plan wants to change at a destination.</summary>
public sealed record FieldWrite(string Remote, FieldValue? Before, FieldValue? After, FieldAction Action);

/// <summary>How one golden record and its remote record differ, and what is to be done about it.</summary>
/// <param name="Writes">Fields to change, in name order.</param>
/// <param name="Sent">The base's sent half if the writes succeed.</param>
/// <param name="Answered">The base's answered half but for the written fields, whose answer is not known yet.</param>
public sealed record RecordDiff(IReadOnlyList<FieldWrite> Writes, FieldSet Sent, FieldSet Answered)
{
    /// <summary>Fields where both sides had moved.</summary>
    public int Conflicts { get; init; }

    /// <summary>Those of them, by remote name, whose policy leaves the decision to a person.</summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];

    /// <summary>The values to set; emptied fields are in <see cref="Cleared"/>.</summary>
    public FieldSet Fields => FieldSet.Of(Writes.Select(w => (w.Remote, w.After)));

    public IReadOnlyList<string> Cleared => [.. Writes.Where(w => w.After is null).Select(w => w.Remote)];

    public FieldSet Before => FieldSet.Of(Writes.Select(w => (w.Remote, w.Before)));

    /// <summary>True when a list loses a value that the remote holds.</summary>
    public bool RemovesListValues => Writes.Any(w => w.Before?.Type == FieldType.List && w.Before.Items.Except(w.After?.Items ?? []).Any());

    /// <summary>Compares field by field.</summary>
    /// <param name="desired">What the golden record wants the remote to hold.</param>
    /// <param name="sent">The base's first half.</param>
    /// <param name="answered">The base's second half.</param>
    /// <param name="now">The remote record's fields now.</param>
    /// <param name="isGoldenLater">Whether the golden value behind a remote field changed after the remote record did; null when nobody knows.</param>
    /// <param name="isDecided">Whether what a remote field holds now was read as a source, so that the golden value was decided in its knowledge.</param>
    /// <param name="isOrdered">Whether a person wants the golden value of a remote field there, whatever it holds now.</param>
    public static RecordDiff Of(FieldMap map, FieldSet desired, FieldSet sent, FieldSet answered, FieldSet now, Func<string, bool>? isGoldenLater = null, Func<string, bool>? isDecided = null, Func<string, bool>? isOrdered = null)
    {
        List<FieldWrite> writes = [];
        List<string> waiting = [];
        FieldSet agreed = answered;
        int conflicts = 0;
        foreach (string name in map.Rules.Where(r => r.Direction != MapDirection.In && !r.IsLookupOnly).Select(r => r.Remote).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Sides last = new(sent[name], answered[name]);
            Sides current = new(desired[name], now[name]);
            // What the remote made of our own word is not ordered again.
            bool isOrder = current.Golden != current.Remote && current != last && isOrdered?.Invoke(name) == true;
            FieldWrite? write = isOrder ? new(name, current.Remote, current.Golden, FieldAction.Write) : Decide(name, last, current, map.PolicyOf(name), isGoldenLater, isDecided);
            if (write is null) continue;
            if (write.Action is FieldAction.Yield && map.PolicyOf(name) == FieldPolicy.Manual) waiting.Add(name);
            if (write.Action is FieldAction.Yield or FieldAction.Overrule) conflicts++;
            if (write.Action is FieldAction.Write or FieldAction.Overrule) writes.Add(write);
            if (write.Action is FieldAction.Agree) agreed = agreed.With(name, now[name]);
        }
        return new(writes, desired, agreed) { Conflicts = conflicts, Waiting = waiting };
    }

    private static FieldWrite? Decide(string name, Sides last, Sides now, FieldPolicy policy, Func<string, bool>? isGoldenLater, Func<string, bool>? isDecided)
    {
        bool isList = now.Golden?.Type == FieldType.List || last.Golden?.Type == FieldType.List;
        if (isList && policy is FieldPolicy.PeopleWin or FieldPolicy.Latest)
        {
            FieldValue? merged = FieldDiff.MergeList(last, now);
            if (merged != now.Remote) return new(name, now.Remote, merged, FieldAction.Write);
            return now.Golden == last.Golden ? null : new(name, now.Remote, merged, FieldAction.Agree);
        }
        FieldAction action = FieldDiff.Compare(last, now, policy, policy == FieldPolicy.Latest && isGoldenLater?.Invoke(name) == true, policy == FieldPolicy.PeopleWin && isDecided?.Invoke(name) == true);
        return action == FieldAction.Keep ? null : new(name, now.Remote, now.Golden, action);
    }
}
