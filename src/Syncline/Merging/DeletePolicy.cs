namespace Syncline.Merging;

/// <summary>What becomes of a destination's record when its source records are deleted.</summary>
/// <param name="Propagates">True removes the record there, if one of our writes made it and nobody has changed it since; false keeps it.</param>
/// <param name="MostShare">The share, 0 to 1, of a stream's records that one run may remove, and that one complete reading may miss and still be believed.</param>
public sealed record DeletePolicy(bool Propagates, double MostShare)
{
    // A share of a handful is nothing: so many may always go.
    private const long AlwaysAllowed = 5;

    public static DeletePolicy Keep { get; } = new(false, 0.1);

    /// <summary>The most of so many.</summary>
    public long MostOf(long known) => Math.Max(AlwaysAllowed, (long)(known * MostShare));
}
