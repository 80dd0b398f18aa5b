using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>What an update sends: composite attributes whole, emptied attributes apart.</summary>
internal sealed class AttioUpdate
{
    private readonly AttioAttributes _attributes;
    private readonly Operation _operation;
    private readonly HashSet<string> _touched;

    public AttioUpdate(AttioAttributes attributes, Operation operation, FieldSet? present = null)
    {
        (_attributes, _operation) = (attributes, operation);
        FieldSet fields = operation.Fields.Where(f => !operation.Cleared.Contains(f) && IsWritable(f));
        _touched = [.. fields.Select(f => f.Name).Concat(operation.Cleared.Where(IsWritable)).Where(f => f.Contains('.', StringComparison.Ordinal)).Select(AttioAttributes.SlugOf)];
        NeedsPresent = present is null && _touched.Any(slug => AttioValues.PartsOf(attributes.Find(slug)!.Type).Any(part => !IsSettled($"{slug}.{part}")));
        Fields = (present ?? FieldSet.Empty).Where(IsKept).With(fields);
        Emptied = [.. operation.Cleared.Where(IsWritable).Select(AttioAttributes.SlugOf).Distinct().Where(slug => Fields.All(f => AttioAttributes.SlugOf(f.Name) != slug))];
    }

    public FieldSet Fields { get; }

    public bool HasFields => Fields.Count > 0;

    /// <summary>Slugs that must hold nothing afterwards.</summary>
    public IReadOnlyList<string> Emptied { get; }

    /// <summary>True when part of a composite value changes: its other parts are needed, because all are written together.</summary>
    public bool NeedsPresent { get; }

    /// <summary>The same, with the parts that do not change as they are now.</summary>
    public AttioUpdate Over(FieldSet present) => new(_attributes, _operation, present);

    private bool IsWritable(string remote) => _attributes.Of(remote) is { IsWritable: true };

    private bool IsSettled(string remote) => _operation.Fields[remote] is not null || _operation.Cleared.Contains(remote);

    private bool IsKept(string remote)
    {
        string slug = AttioAttributes.SlugOf(remote);
        if (!_touched.Contains(slug) || !remote.Contains('.', StringComparison.Ordinal) || IsSettled(remote)) return false;
        // The full name follows its parts unless it is set itself.
        bool isFullName = remote.EndsWith(".full_name", StringComparison.Ordinal) && _attributes.Find(slug)!.Type == "personal-name";
        return !isFullName;
    }
}
