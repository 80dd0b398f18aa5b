using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Planning;

/// <summary>What one golden record lacks at one destination.</summary>
public abstract record PlannedRecord(GoldenRecord Golden)
{
    /// <summary>Fields of it that wait for a person's decision.</summary>
    public IReadOnlyList<Conflict> Waiting { get; init; } = [];

    /// <summary>It is not there: make it.</summary>
    public sealed record Create(GoldenRecord Golden, FieldSet Fields) : PlannedRecord(Golden);

    /// <summary>It is there and differs.</summary>
    /// <param name="Link">Null when it was found by a key just now; the link of a record that was merged into this one.</param>
    /// <param name="Replaces">True when the remote record cannot be changed in place.</param>
    public sealed record Update(GoldenRecord Golden, string RemoteId, Link? Link, RecordDiff Diff, bool Replaces) : PlannedRecord(Golden);

    /// <summary>It is there and needs no write; the base is brought up to date.</summary>
    /// <param name="IsNew">True when it was found by a key just now.</param>
    public sealed record Settle(GoldenRecord Golden, Link Link, bool IsNew, int Conflicts) : PlannedRecord(Golden)
    {
        /// <summary>The record that was merged into this one there; its link is forgotten.</summary>
        public RecordKey? Former { get; init; }
    }

    /// <summary>What it came from is deleted at its sources; ours, and nobody's since, it goes too.</summary>
    /// <param name="Before">What the remote record holds, for whoever wants it back.</param>
    public sealed record Delete(GoldenRecord Golden, Link Link, FieldSet Before) : PlannedRecord(Golden);

    /// <summary>Nothing to do, nothing to note.</summary>
    public sealed record Unchanged(GoldenRecord Golden) : PlannedRecord(Golden);

    /// <summary>A person removed it there and it stays removed, or it would be of no use there.</summary>
    public sealed record LeftAlone(GoldenRecord Golden, string Reason) : PlannedRecord(Golden);

    /// <summary>It cannot be decided or written; it becomes a dead letter.</summary>
    public sealed record Stuck(GoldenRecord Golden, string Code, string Reason) : PlannedRecord(Golden)
    {
        /// <summary>True when a later run may find it solved by itself.</summary>
        public bool RetriesItself { get; init; }
    }
}
