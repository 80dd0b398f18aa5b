namespace Syncline.Records;

/// <summary>A canonical field that is reached through a reference: <c>company/name</c> of a person is the name of the company the person belongs to. Only written outward; no record holds it itself.</summary>
/// <param name="Reference">The field that refers to the other record. Its name is that record's kind.</param>
/// <param name="Field">The other record's field.</param>
public readonly record struct FieldPath(string Reference, string Field)
{
    public RecordKind Kind => new(Reference);

    /// <summary>The path that a canonical name stands for; null for a field of the record's own.</summary>
    public static FieldPath? Parse(string canonical) =>
        canonical.Split('/') is [{ Length: > 0 } reference, { Length: > 0 } field] && !reference.Contains('@', StringComparison.Ordinal) ? new(reference, field) : null;

    public override string ToString() => $"{Reference}/{Field}";
}
