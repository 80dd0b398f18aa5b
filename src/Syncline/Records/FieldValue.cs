using System.Collections.Immutable;
using System.Globalization;

namespace Syncline.Records;

/// <summary>The types a field's value can have.</summary>
public enum FieldType
{
    Text,
    Number,
    Flag,
    Time,
    Date,

    /// <summary>Another record: <c>person/42</c> among golden records, <c>people/&lt;remote id&gt;</c> in one connection.</summary>
    Reference,

    /// <summary>Several values without order or repetition; kept sorted so that equal sets are equal values.</summary>
    List,
}

/// <summary>One value of one field: immutable, compared by type and canonical text. An absent value is no value; there is no empty one.</summary>
public sealed class FieldValue : IEquatable<FieldValue>, IComparable<FieldValue>
{
    private FieldValue(FieldType type, string text, ImmutableArray<FieldValue> items)
    {
        Type = type;
        Text = text;
        Items = items;
    }

    public FieldType Type { get; }

    /// <summary>The canonical text: invariant number, <c>true</c>/<c>false</c>, UTC time in ISO 8601 with up to 7 fraction digits, <c>yyyy-MM-dd</c>, <c>scope/id</c>; empty for a list.</summary>
    public string Text { get; }

    /// <summary>A list's values in order; a single value is its own only item.</summary>
    public ImmutableArray<FieldValue> Items => Type == FieldType.List ? field : [this];

    public static FieldValue Of(string text) => new(FieldType.Text, text, []);

    public static FieldValue Of(decimal number) => new(FieldType.Number, (number / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture), []);

    public static FieldValue Of(bool flag) => new(FieldType.Flag, flag ? "true" : "false", []);

    public static FieldValue Of(DateTimeOffset time) => new(FieldType.Time, time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture), []);

    public static FieldValue Of(DateOnly date) => new(FieldType.Date, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), []);

    /// <param name="scope">A kind's name among golden records, a stream's name in one connection.</param>
    /// <param name="id">The record's id within that scope.</param>
    public static FieldValue Reference(string scope, string id) => new(FieldType.Reference, $"{scope}/{id}", []);

    /// <summary>A set of values; null when there are none, because an empty list is no value.</summary>
    public static FieldValue? List(IEnumerable<FieldValue> values)
    {
        // One value is sorted and distinct already: most lists are an address or a number.
        if (values is IReadOnlyList<FieldValue> { Count: 1 } only) return only[0].Type == FieldType.List ? only[0] : new(FieldType.List, "", [only[0]]);
        ImmutableArray<FieldValue> items = [.. values.SelectMany(v => v.Items).Distinct().Order()];
        return items.IsEmpty ? null : new(FieldType.List, "", items);
    }

    /// <summary>Trimmed text, or null when nothing is left: providers pad names and send empty strings for "none".</summary>
    public static FieldValue? TextOrNone(string? text)
    {
        string? trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : Of(trimmed);
    }

    /// <summary>Rebuilds a value from its stored parts; the text must be canonical already.</summary>
    public static FieldValue Restore(FieldType type, string text) => new(type, text, []);

    /// <summary>Rebuilds a list from its stored items, which must be at least one, sorted and distinct already.</summary>
    public static FieldValue Restore(ImmutableArray<FieldValue> items) => new(FieldType.List, "", items);

    /// <summary>The id part of a reference.</summary>
    public string ReferencedId => Text[(Text.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The scope part of a reference.</summary>
    public string ReferencedScope => Text[..Text.IndexOf('/', StringComparison.Ordinal)];

    public decimal AsNumber() => decimal.Parse(Text, CultureInfo.InvariantCulture);

    public DateTimeOffset AsTime() => DateTimeOffset.Parse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public bool Equals(FieldValue? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Type == other.Type && Text == other.Text && (Type != FieldType.List || Items.AsSpan().SequenceEqual(other.Items.AsSpan())));

    public override bool Equals(object? obj) => Equals(obj as FieldValue);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Type);
        hash.Add(Text, StringComparer.Ordinal);
        if (Type == FieldType.List)
        {
            foreach (FieldValue item in Items) hash.Add(item);
        }
        return hash.ToHashCode();
    }

    public int CompareTo(FieldValue? other) =>
        other is null ? 1 : Type != other.Type ? Type.CompareTo(other.Type) : string.CompareOrdinal(Text, other.Text);

    public static bool operator ==(FieldValue? left, FieldValue? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(FieldValue? left, FieldValue? right) => !(left == right);

    public override string ToString() => Type == FieldType.List ? string.Join(", ", Items) : Text;
}
