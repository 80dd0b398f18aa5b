using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Planning;

/// <summary>One field's golden value, as it would be written, and its remote value.</summary>
public readonly record struct Sides(FieldValue? Golden, FieldValue? Remote);

/// <summary>What to do with one field at one destination.</summary>
public enum FieldAction
{
    /// <summary>Nothing has moved, or the remote's own value stays.</summary>
    Keep,

    Write,

    /// <summary>Both sides hold the same; only the base is brought up to date.</summary>
    Agree,

    /// <summary>Both sides moved, and the policy left the remote's value.</summary>
    Yield,

    /// <summary>Both sides moved, and the policy wrote ours.</summary>
    Overrule,
}

/// <summary>The three-way comparison of one field: the base, the golden record now, the remote now.</summary>
public static class FieldDiff
{
    /// <param name="last">The golden value written then and what the remote answered: providers normalise, so the two may differ. Our own write, read back, has
    /// therefore not moved: that is the whole echo suppression. Both null before the first write.</param>
    /// <param name="isGoldenLater">True when the golden value is known to have changed after the remote record did.</param>
    /// <param name="isDecided">True when what the remote holds now was read as a source, so that the golden value was decided in its knowledge.</param>
    public static FieldAction Compare(Sides last, Sides now, FieldPolicy policy, bool isGoldenLater = false, bool isDecided = false)
    {
        bool goldenMoved = now.Golden != last.Golden;
        bool remoteMoved = now.Remote != last.Remote;
        return (goldenMoved, remoteMoved) switch
        {
            (false, false) => FieldAction.Keep,
            (true, _) when now.Golden == now.Remote => FieldAction.Agree,
            (true, false) => policy == FieldPolicy.FillOnly && now.Remote is not null ? FieldAction.Keep : FieldAction.Write,
            // The hub owns what it has said: a value it never had is no reason to empty the remote's.
            (false, true) => policy == FieldPolicy.HubWins && now.Golden is not null && now.Remote != now.Golden ? FieldAction.Overrule : FieldAction.Keep,
            _ when now.Golden is null && policy != FieldPolicy.HubWins => FieldAction.Keep,
            _ => policy switch
            {
                FieldPolicy.HubWins => FieldAction.Overrule,
                FieldPolicy.FillOnly => FieldAction.Keep,
                FieldPolicy.Latest when isGoldenLater => FieldAction.Overrule,
                FieldPolicy.PeopleWin when isDecided => FieldAction.Overrule,
                _ => FieldAction.Yield,
            },
        };
    }

    /// <summary>The list to write: what the remote holds now, with what we gained since the base and without what we lost. The remote's own value, whatever its type, when nothing is to be done.</summary>
    public static FieldValue? MergeList(Sides last, Sides now)
    {
        IEnumerable<FieldValue> gained = Items(now.Golden).Except(Items(last.Golden));
        IEnumerable<FieldValue> lost = Items(last.Golden).Except(Items(now.Golden));
        FieldValue? merged = FieldValue.List(Items(now.Remote).Except(lost).Union(gained));
        // A provider may answer a list of one as a single value: that is no difference, or it would be written again for ever.
        return merged == FieldValue.List(Items(now.Remote)) ? now.Remote : merged;
    }

    private static IEnumerable<FieldValue> Items(FieldValue? value) => value is null ? [] : value.Items;
}
