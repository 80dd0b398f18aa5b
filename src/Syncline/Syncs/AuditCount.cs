namespace Syncline.Syncs;

/// <summary>How one stream and the hub agree.</summary>
/// <param name="Stream"><c>connection/stream</c>.</param>
/// <param name="Compared">Records that are on either side.</param>
/// <param name="Missing">Those that should be on the other side and are not: in the hub, of a source; there, of a destination.</param>
/// <param name="Extra">Those of a source that the hub still holds and that are there no more.</param>
public sealed record StreamCount(string Stream, long Compared, long Missing, long Extra);

/// <summary>How far what a sync reads and writes agrees with the hub.</summary>
/// <param name="Streams">Sources first, then destinations.</param>
public sealed record AuditCount(IReadOnlyList<StreamCount> Streams)
{
    /// <summary>It is a drift that somebody is told of, by this audit or by one before it.</summary>
    public bool IsTold { get; init; }

    public long Compared => Streams.Sum(s => s.Compared);

    public long Missing => Streams.Sum(s => s.Missing);

    public long Extra => Streams.Sum(s => s.Extra);

    /// <summary>Missing and extra records over all that were compared, 0 to 1.</summary>
    public double Share => Compared == 0 ? 0 : (Missing + Extra) / (double)Compared;
}
