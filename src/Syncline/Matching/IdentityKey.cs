using Syncline.Records;

namespace Syncline.Matching;

/// <summary>A normalised value that belongs to one golden record of its kind at the most: an e-mail address, a LinkedIn slug.</summary>
/// <param name="Type">The canonical field it comes from.</param>
public readonly record struct IdentityKey(RecordKind Kind, string Type, string Value)
{
    /// <summary>Of the value alone, in which nearly all keys differ.</summary>
    public override int GetHashCode() => Value is null ? 0 : Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Kind}:{Type}:{Value}";
}
