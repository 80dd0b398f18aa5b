using Syncline.Records;

namespace Syncline.Merging;

/// <summary>A field on which the hub and one remote record disagree, and that waits for a person because its policy says so.</summary>
/// <param name="Field">The canonical field.</param>
/// <param name="Place">The remote record that says otherwise.</param>
public sealed record Conflict(long GoldenId, RecordKind Kind, string Field, RecordKey Place)
{
    /// <summary>What both held when they last agreed; null when they never did, or it is not known.</summary>
    public FieldValue? Base { get; init; }

    /// <summary>The golden value.</summary>
    public FieldValue? Ours { get; init; }

    /// <summary>The remote record's value, in canonical form.</summary>
    public FieldValue? Theirs { get; init; }

    public long RunId { get; init; }

    /// <summary>When it was met.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>The open conflicts of a hub. A new one about the same field and place takes the place of the old.</summary>
public interface IConflicts
{
    /// <summary>By record and field, after a record's number.</summary>
    Task<IReadOnlyList<Conflict>> ListAsync(long after, int take, CancellationToken cancellationToken);

    Task<IReadOnlyList<Conflict>> OfRecordAsync(long goldenId, CancellationToken cancellationToken);

    Task<long> CountAsync(CancellationToken cancellationToken);
}
