using Syncline.Records;

namespace Syncline.Matching;

/// <summary>The identity keys that a record's canonical fields yield.</summary>
public static class IdentityKeys
{
    /// <summary>Strongest first, each once; every value of a list counts. A value that does not normalise is no key: an external id without its namespace, a malformed address.</summary>
    public static IReadOnlyList<(IdentityKey Key, bool IsWeak)> Of(RecordKind kind, FieldSet canonical)
    {
        List<(IdentityKey Key, bool IsWeak)> keys = [];
        foreach (FieldDefinition field in CanonicalSchema.Keys(kind))
        {
            if (canonical[field.Name] is not { } value) continue;
            foreach (FieldValue item in value.Items) Add(keys, kind, field, item.Text);
        }
        return keys;
    }

    private static void Add(List<(IdentityKey Key, bool IsWeak)> keys, RecordKind kind, FieldDefinition field, string text)
    {
        if (field.Normalise(text) is not { } value) return;
        (IdentityKey, bool) key = (new(kind, field.KeyType, value), field.IsWeakKey);
        // A handful at the most: quicker searched than hashed.
        if (!keys.Contains(key)) keys.Add(key);
    }
}
