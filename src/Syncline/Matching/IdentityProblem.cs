namespace Syncline.Matching;

/// <summary>The codes of dead letters that ask who is who, at whatever stage they arose.</summary>
public static class IdentityProblem
{
    /// <summary>A record's keys belong to several golden records.</summary>
    public const string Ambiguous = "ambiguous-identity";

    /// <summary>A key says one golden record, a stronger one denies it.</summary>
    public const string Contradicting = "contradicting-identity";

    /// <summary>Two golden records match one record of a destination.</summary>
    public const string ClaimedTwice = "claimed-twice";

    /// <summary>Several records of a destination match one golden record.</summary>
    public const string AmbiguousAtDestination = "ambiguous-at-destination";

    /// <summary>Nothing that could tell a record from others at a destination.</summary>
    public const string NoMatchKey = "no-match-key";

    /// <summary>A destination refused a value that must be unique: another record there holds it. The code is the provider's.</summary>
    public const string ValueTaken = "uniqueness_conflict";

    public static IReadOnlyList<string> All { get; } = [Ambiguous, Contradicting, ClaimedTwice, AmbiguousAtDestination, NoMatchKey, ValueTaken];
}
