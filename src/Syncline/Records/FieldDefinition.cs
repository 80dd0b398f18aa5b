namespace Syncline.Records;

/// <summary>One canonical field of a kind.</summary>
/// <param name="Type">The type of its value, or of each value of a list.</param>
public sealed record FieldDefinition(string Name, FieldType Type)
{
    public bool IsList { get; init; }

    /// <summary>True when a value identifies the record it stands in.</summary>
    public bool IsKey { get; init; }

    /// <summary>Among the keys of a kind, the strongest has the lowest order.</summary>
    public int KeyOrder { get; init; }

    /// <summary>True for a key that suggests an identity and does not prove it: a company's name.</summary>
    public bool IsWeakKey { get; init; }

    /// <summary>The type its keys have in the identity map; differs from the name where two fields hold one kind of key.</summary>
    public string KeyType { get => field ?? Name; init; }

    /// <summary>The form in which two spellings of one value are equal; null means that the text is no such value.</summary>
    public Func<string, string?> Normalise { get; init; } = Trimmed;

    private static string? Trimmed(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
