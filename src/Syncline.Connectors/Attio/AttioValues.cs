using System.Globalization;
using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Wire values into field values. A multiselect attribute is a list however many values it has; composite values become dotted fields.</summary>
internal sealed class AttioValues(AttioOptions options)
{
    public static IReadOnlyList<string> NameParts { get; } = ["first_name", "last_name", "full_name"];

    public static IReadOnlyList<string> LocationParts { get; } =
        ["line_1", "line_2", "line_3", "line_4", "locality", "region", "postcode", "country_code", "latitude", "longitude"];

    /// <summary>The dotted parts of a composite type; none for any other.</summary>
    public static IReadOnlyList<string> PartsOf(string type) => type switch { "personal-name" => NameParts, "location" => LocationParts, _ => [] };

    /// <param name="values">The <c>values</c> (or <c>entry_values</c>) object: slug to array.</param>
    /// <param name="wants">Which slugs are wanted; null reads all.</param>
    public FieldSet Read(JsonElement values, AttioAttributes attributes, Func<string, bool>? wants = null) =>
        FieldSet.Of(values.EnumerateObject().Where(p => wants?.Invoke(p.Name) ?? true).SelectMany(p => ReadAttribute(p.Name, attributes.Find(p.Name), p.Value)));

    /// <summary>The latest moment at which one of the values took effect: the nearest thing to a modification time there is. Null when none says.</summary>
    public static DateTimeOffset? ModifiedAt(JsonElement values)
    {
        DateTimeOffset? latest = null;
        foreach (JsonElement value in values.EnumerateObject().SelectMany(p => Elements(p.Value)))
        {
            if (Text(value, "active_from") is { } text && Time(text) is { } from && !(from <= latest)) latest = from;
        }
        return latest;
    }

    /// <summary>A wire timestamp; its nine fraction digits are cut to the seven there is room for.</summary>
    public static DateTimeOffset? Time(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        int end = dot < 0 ? -1 : text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') is >= 0 and var length ? dot + 1 + length : text.Length;
        string cut = dot >= 0 && end - dot > 8 ? text[..(dot + 8)] + text[end..] : text;
        return DateTimeOffset.TryParse(cut, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;
    }

    private IEnumerable<(string, FieldValue?)> ReadAttribute(string slug, AttioAttribute? attribute, JsonElement array)
    {
        JsonElement[] current = [.. Elements(array).Where(v => Text(v, "active_until") is null)];
        if (current.Length == 0) return [];
        string type = Text(current[0], "attribute_type") ?? attribute?.Type ?? "text";
        if (attribute?.IsMultiselect ?? current.Length > 1) return [(slug, FieldValue.List(current.Select(v => Main(type, v)).OfType<FieldValue>()))];
        return PartsOf(type) is { Count: > 0 } parts
            ? parts.Select(part => ($"{slug}.{part}", TextOf(current[0], part)))
            : [(slug, Main(type, current[0])), .. Beside(slug, type, current[0])];
    }

    private static IEnumerable<(string, FieldValue?)> Beside(string slug, string type, JsonElement value) =>
        type == "currency" ? [($"{slug}.currency_code", TextOf(value, "currency_code"))] : [];

    private FieldValue? Main(string type, JsonElement value) => type switch
    {
        "number" or "rating" => Number(value, "value"),
        "currency" => Number(value, "currency_value"),
        "checkbox" => Flag(value),
        "date" => Text(value, "value") is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", out DateOnly date) ? FieldValue.Of(date) : null,
        "timestamp" => TimeOf(value, "value"),
        "interaction" => TimeOf(value, "interacted_at"),
        "status" => Titled(value, "status"),
        "select" => Titled(value, "option"),
        "record-reference" => Text(value, "target_record_id") is { } id ? FieldValue.Reference(options.StreamOf(Text(value, "target_object") ?? ""), id) : null,
        "actor-reference" => TextOf(value, "referenced_actor_id"),
        "domain" => TextOf(value, "domain"),
        "email-address" => TextOf(value, "email_address"),
        "phone-number" => TextOf(value, "phone_number") ?? TextOf(value, "normalized_phone_number") ?? TextOf(value, "original_phone_number"),
        _ => TextOf(value, "value"),
    };

    private static FieldValue? Titled(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement held) && held.ValueKind == JsonValueKind.Object ? TextOf(held, "title") : TextOf(value, name);

    private static FieldValue? Flag(JsonElement value) => Text(value, "value") switch { "true" => FieldValue.Of(true), "false" => FieldValue.Of(false), _ => null };

    // Currency amounts are documented as numbers and shown as text: both are taken.
    private static FieldValue? Number(JsonElement value, string name) =>
        decimal.TryParse(Text(value, name), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? FieldValue.Of(number) : null;

    private static FieldValue? TimeOf(JsonElement value, string name) => Text(value, name) is { } text && Time(text) is { } time ? FieldValue.Of(time) : null;

    private static FieldValue? TextOf(JsonElement value, string name) => Text(value, name) is { Length: > 0 } text ? FieldValue.Of(text) : null;

    /// <summary>A property's text, of numbers and flags too; null when it is absent or null.</summary>
    internal static string? Text(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out JsonElement held)) return null;
        return held.ValueKind switch { JsonValueKind.String => held.GetString(), JsonValueKind.Null or JsonValueKind.Undefined => null, _ => held.GetRawText() };
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement array) => array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : default;
}
