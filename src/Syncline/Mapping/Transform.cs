using Syncline.Records;

namespace Syncline.Mapping;

/// <summary>A named, pure change of one value. Null out means the value is no value here.</summary>
public sealed record Transform(string Name, Func<FieldValue, FieldValue?> Change)
{
    public static FieldValue? Apply(Transform? transform, FieldValue? value) => value is null || transform is null ? value : transform.Change(value);

    /// <summary>This transform, then another.</summary>
    public Transform Then(Transform next) => new($"{Name} | {next.Name}", v => Change(v) is { } changed ? next.Change(changed) : null);

    public bool Equals(Transform? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
