using Syncline.Records;

namespace Syncline.Matching;

/// <summary>The identity keys that a record's canonical fields yield.</summary>
public static class IdentityKeys
{
    /// <summary>Strongest first, each once; every value of a list counts. A value that does not normalise is no key: an external id without its namespace, a malformed address.</summary>
    public static IReadOnlyList<(IdentityKey Key, bool IsWeak)> Of(RecordKind kind, FieldSet canonical) =>
    [
        .. CanonicalSchema.Keys(kind).SelectMany(field => Values(field, canonical), (field, value) => (new IdentityKey(kind, field.KeyType, value), field.IsWeakKey)).Distinct(),
    ];

    private static IEnumerable<string> Values(FieldDefinition field, FieldSet canonical) =>
        canonical[field.Name] is { } value ? value.Items.Select(item => field.Normalise(item.Text)).OfType<string>() : [];
}
