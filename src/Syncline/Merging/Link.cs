using Syncline.Records;

namespace Syncline.Merging;

/// <summary>How a link stands.</summary>
public enum LinkState
{
    Live,

    /// <summary>A second remote record of one thing in one place, since a person said that two are one: read like any other, written only when the first is gone.</summary>
    Double,

    /// <summary>The remote record is deleted there; it is kept so that nobody recreates what a person removed.</summary>
    Gone,
}

/// <summary>One remote record known to be one golden record, with what each side last held (the <i>base</i>).</summary>
/// <param name="GoldenId">The golden record it is.</param>
public sealed record Link(RecordKey Key, RecordKind Kind, long GoldenId)
{
    /// <summary>As a source: the canonical fields this remote record last showed us.</summary>
    public FieldSet Seen { get; init; } = FieldSet.Empty;

    /// <summary>As a destination: the remote fields we last asked it to hold …</summary>
    public FieldSet Sent { get; init; } = FieldSet.Empty;

    /// <summary>… and what it answered to that. Providers normalise, so the two may differ without anything having moved.</summary>
    public FieldSet Answered { get; init; } = FieldSet.Empty;

    /// <summary>The change time of what <see cref="Seen"/> shows, when the source gave one.</summary>
    public DateTimeOffset? SeenModifiedAt { get; init; }

    public LinkState State { get; init; }

    /// <summary>True when its own system is known to have deleted it: by an event of that system, or by two complete readings in a row that missed it. Only that is ever carried on to others.</summary>
    public bool IsDeletionProven { get; init; }

    /// <summary>True when one of our writes created the remote record: only such records are ever removed by a clean-up or an undo.</summary>
    public bool IsOurs { get; init; }
}
