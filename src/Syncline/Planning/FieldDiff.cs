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
    public static FieldAction Compare(Sides last, Sides now, FieldPolicy policy)
    {
        bool goldenMoved = now.Golden != last.Golden;
        bool remoteMoved = now.Remote != last.Remote;
        return (goldenMoved, remoteMoved) switch
        {
            (false, false) => FieldAction.Keep,
            (true, false) => policy == FieldPolicy.FillOnly && now.Remote is not null ? FieldAction.Keep : FieldAction.Write,
            (false, true) => policy == FieldPolicy.HubWins && now.Remote != now.Golden ? FieldAction.Overrule : FieldAction.Keep,
            _ when now.Golden == now.Remote => FieldAction.Agree,
            // A value somebody else has emptied, or that was never there, is no value to protect before our first write.
            _ when now.Remote is null && last.Remote is null => FieldAction.Write,
            _ when now.Golden is null => FieldAction.Keep,
            _ => policy switch
            {
                FieldPolicy.HubWins => FieldAction.Overrule,
                FieldPolicy.FillOnly => FieldAction.Keep,
                _ => FieldAction.Yield,
            },
        };
    }

    /// <summary>The list to write: what the remote holds now, with what we gained since the base and without what we lost. Equal to the remote's when nothing is to be done.</summary>
    public static FieldValue? MergeList(Sides last, Sides now)
    {
        IEnumerable<FieldValue> gained = Items(now.Golden).Except(Items(last.Golden));
        IEnumerable<FieldValue> lost = Items(last.Golden).Except(Items(now.Golden));
        return FieldValue.List(Items(now.Remote).Except(lost).Union(gained));
    }

    private static IEnumerable<FieldValue> Items(FieldValue? value) => value is null ? [] : value.Items;
}
