using Syncline.Mapping;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Composition.Mappings;

/// <summary>All that is known of one record when a map is tried on it.</summary>
internal sealed record Evidence(FieldMap Map)
{
    /// <summary>The remote record as its source shows it; null where that was not read.</summary>
    public FieldSet? Shown { get; init; }

    /// <summary>The golden record as a candidate for the destination; null where nothing is written.</summary>
    public Candidate? Candidate { get; init; }

    /// <summary>What the planner makes of it.</summary>
    public PlannedRecord? Planned { get; init; }

    /// <summary>The remote record as the destination reads it; null where it is not there.</summary>
    public FieldSet? Held { get; init; }
}

/// <summary>What a map makes of a field on its way in.</summary>
/// <param name="Remotes">The remote fields its rules read, in order of preference.</param>
/// <param name="Read">What they hold.</param>
/// <param name="Gives">The canonical value; null where there is none.</param>
/// <param name="Refused">Remote fields that hold a value which the rule's transform takes for none.</param>
internal sealed record InwardEffect(IReadOnlyList<string> Remotes, FieldSet Read, FieldValue? Gives, IReadOnlyList<string> Refused);

/// <summary>What a map makes of a field on its way out, at one remote field.</summary>
/// <param name="Sends">The value the record is to have there; null where there is none.</param>
/// <param name="Holds">What it has there now.</param>
internal sealed record OutwardEffect(string Remote, FieldValue? Sends, FieldValue? Holds)
{
    /// <summary>The golden value is one that the rule's transform takes for none.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The next run would write it.</summary>
    public bool IsWritten { get; init; }

    /// <summary>It differs, and the policy leaves what is there.</summary>
    public bool IsKept => !IsWritten && Sends is not null && Sends != Holds;
}

/// <summary>One rule on one record.</summary>
/// <param name="Inward">Null where values do not come in.</param>
/// <param name="Outward">One for each remote field that values go out to.</param>
internal sealed record RuleEffect(InwardEffect? Inward, IReadOnlyList<OutwardEffect> Outward)
{
    /// <summary>Decides with the maps, transforms and plan of a run. Pure.</summary>
    public static RuleEffect Of(string field, Evidence evidence) => new(InwardOf(field, evidence), [.. evidence.Candidate is { } candidate ? OutwardOf(field, evidence, candidate) : []]);

    /// <summary>True when the two read or give something else.</summary>
    public bool ComesInOtherwise(RuleEffect other) => Inward?.Gives != other.Inward?.Gives;

    /// <summary>True when the two send something else, or to another field.</summary>
    public bool GoesOutOtherwise(RuleEffect other) => !Sent().SequenceEqual(other.Sent());

    private IEnumerable<(string, FieldValue?, bool)> Sent() => Outward.Where(o => o.Sends is not null || o.IsWritten).Select(o => (o.Remote, o.Sends, o.IsWritten));

    private static InwardEffect? InwardOf(string field, Evidence evidence)
    {
        FieldRule[] rules = [.. evidence.Map.Rules.Where(r => r.Canonical == field && r.Direction != MapDirection.Out && r.Path is null)];
        if (evidence.Shown is not { } shown || rules.Length == 0) return null;
        string[] refused = [.. rules.Where(r => shown[r.Remote] is { } value && Transform.Apply(r.Inward, value) is null).Select(r => r.Remote)];
        return new([.. rules.Select(r => r.Remote)], FieldSet.Of(rules.Select(r => (r.Remote, shown[r.Remote]))), evidence.Map.ToCanonical(shown)[field], refused);
    }

    private static IEnumerable<OutwardEffect> OutwardOf(string field, Evidence evidence, Candidate candidate) =>
        from rule in evidence.Map.Rules
        where rule.Canonical == field && rule is { Direction: not MapDirection.In, IsLookupOnly: false }
        select new OutwardEffect(rule.Remote, candidate.Desired[rule.Remote], evidence.Held?[rule.Remote])
        {
            IsRefused = candidate.Canonical[field] is { } golden && Transform.Apply(rule.Outward, golden) is null,
            IsWritten = evidence.Planned is PlannedRecord.Update update && update.Diff.Writes.Any(w => w.Remote == rule.Remote),
        };
}
