using Syncline.Records;

namespace Syncline.Mapping;

/// <summary>Which way a rule carries values.</summary>
public enum MapDirection
{
    Both,

    /// <summary>Remote to canonical only.</summary>
    In,

    /// <summary>Canonical to remote only.</summary>
    Out,
}

/// <summary>Who wins a field when both sides moved, and what may be overwritten.</summary>
public enum FieldPolicy
{
    /// <summary>People win: a value that was changed at the remote after our last read, or stood there before we came, is kept.</summary>
    PeopleWin,

    /// <summary>The hub owns the field at the remote: figures and messages nobody edits by hand.</summary>
    HubWins,

    /// <summary>Written only while the remote has nothing there; never changed afterwards.</summary>
    FillOnly,

    /// <summary>The side that changed last.</summary>
    Latest,

    /// <summary>The remote keeps its value, and the disagreement is counted as a conflict.</summary>
    Manual,
}

/// <summary>One remote field and the canonical field it stands for.</summary>
/// <param name="Remote">The provider's name for it; parts of a composite value are dotted, <c>name.first_name</c>.</param>
/// <param name="Canonical">Our name for it.</param>
public sealed record FieldRule(string Remote, string Canonical)
{
    public MapDirection Direction { get; init; } = MapDirection.Both;

    /// <summary>Where the canonical value is another record's; such a rule only goes outward. Null for a field of the record's own.</summary>
    public FieldPath? Path { get; } = FieldPath.Parse(Canonical);

    /// <summary>Applied to a remote value on its way in; null keeps it as it is.</summary>
    public Transform? Inward { get; init; }

    /// <summary>Applied to a canonical value on its way out.</summary>
    public Transform? Outward { get; init; }

    public FieldPolicy Policy { get; init; } = FieldPolicy.PeopleWin;

    /// <summary>True for other spellings of a key: records are looked up by it, and it is neither compared nor written.</summary>
    public bool IsLookupOnly { get; init; }

    /// <summary>True when a destination without this field cannot be written at all; false lets the run go on without the field.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>How one stream's remote fields and the canonical fields of its kind correspond. Pure and total: what no rule names is left out.</summary>
/// <param name="Stream">The stream's name at the connection.</param>
/// <param name="Rules">In order of preference: of several rules with one canonical field, the first that yields a value supplies it.</param>
public sealed record FieldMap(RecordKind Kind, string Stream, IReadOnlyList<FieldRule> Rules)
{
    /// <summary>What a remote record says in canonical words.</summary>
    public FieldSet ToCanonical(FieldSet remote)
    {
        FieldSet.Builder builder = new();
        foreach (FieldRule rule in Rules)
        {
            if (rule.Direction == MapDirection.Out || rule.Path is not null || builder.Has(rule.Canonical)) continue;
            if (Transform.Apply(rule.Inward, remote[rule.Remote]) is not { } value) continue;
            builder.Set(rule.Canonical, value);
        }
        return builder.Build();
    }

    /// <summary>What the remote should hold for a golden record's fields. References are still golden ones.</summary>
    public FieldSet ToRemote(FieldSet canonical)
    {
        FieldSet.Builder builder = new();
        foreach (FieldRule rule in Rules)
        {
            if (rule.Direction == MapDirection.In) continue;
            if (Transform.Apply(rule.Outward, canonical[rule.Canonical]) is { } value) builder.Set(rule.Remote, value);
        }
        return builder.Build();
    }

    /// <summary>The policy of a remote field; people win where no rule speaks.</summary>
    public FieldPolicy PolicyOf(string remote) => Rules.FirstOrDefault(r => r.Remote == remote)?.Policy ?? FieldPolicy.PeopleWin;
}
