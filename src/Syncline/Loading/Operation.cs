using Syncline.Records;

namespace Syncline.Loading;

/// <summary>What a write does.</summary>
public enum Verb
{
    Create,
    Update,

    /// <summary>A new record in the place of one that cannot be changed; the old one is removed afterwards.</summary>
    Replace,

    Delete,
}

/// <summary>One write, as data, decided before anything is sent.</summary>
/// <param name="Id">Unique over all runs of this hub; the intent's name.</param>
/// <param name="Fields">Remote fields to set. For a create all of them, for an update only what changes; a value of a list field is the whole new list.</param>
public sealed record Operation(string Id, StreamId Stream, RecordKind Kind, long GoldenId, Verb Verb, FieldSet Fields)
{
    /// <summary>The remote record to change, replace or delete; null for a create.</summary>
    public string? RemoteId { get; init; }

    /// <summary>All that the record should hold after this write: becomes the base's sent half.</summary>
    public FieldSet Desired { get; init; } = FieldSet.Empty;

    /// <summary>The values this write replaces, for undo; empty for a create.</summary>
    public FieldSet Before { get; init; } = FieldSet.Empty;

    /// <summary>Fields of <see cref="Fields"/> that must end up empty.</summary>
    public IReadOnlyList<string> Cleared { get; init; } = [];

    /// <summary>True when a list in <see cref="Fields"/> lacks a value that the remote holds now, so that adding is not enough.</summary>
    public bool RemovesListValues { get; init; }

    /// <summary>True when a record holds all that this write sets. A list may hold more: others add to it.</summary>
    public bool IsShownBy(FieldSet now) => Fields.All(f => now[f.Name] == f.Value || (f.Value.Type == FieldType.List && !f.Value.Items.Except(now[f.Name]?.Items ?? []).Any()));
}

/// <summary>What became of one operation.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome() { }

    /// <summary>Done. The record is as the provider answered it.</summary>
    public sealed record Written(RemoteRecord Record) : WriteOutcome;

    /// <summary>Done: the record is no longer there.</summary>
    public sealed record Deleted : WriteOutcome;

    /// <summary>The provider said no, and nothing has happened.</summary>
    /// <param name="Code">The provider's code, or ours.</param>
    /// <param name="Reason">What it said and what the user can do; no message body, no secret.</param>
    public sealed record Refused(string Code, string Reason) : WriteOutcome
    {
        /// <summary>True when the whole batch was refused for one of its records: it is split until that record is alone.</summary>
        public bool IsWholeBatch { get; init; }

        /// <summary>The remote record the provider says already holds a value that must be unique; null when it does not say.</summary>
        public string? ConflictingId { get; init; }

        /// <summary>A field the record could do without and be accepted; null when it is not known or needed.</summary>
        public string? OptionalField { get; init; }

        /// <summary>True when nothing is wrong with the optional field's value but that it has no place there (an owner who is no user of that system): it is listed as left out by rule, not as a failure.</summary>
        public bool IsByRule { get; init; }
    }

    /// <summary>The record to change is not there any more (deleted or merged).</summary>
    public sealed record Gone(string Reason) : WriteOutcome;

    /// <summary>Somebody changed the record after the write was planned: nothing has happened, and it is planned anew.</summary>
    public sealed record Outdated(string Reason) : WriteOutcome;

    /// <summary>It may have happened or not: only reading back can tell, after the stream's settle time.</summary>
    public sealed record Unknown(string Reason) : WriteOutcome;
}
