using System.Globalization;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Texts on the wire into values and back, by the property's type.</summary>
internal static class HubSpotValues
{
    public const string Owner = "hubspot_owner_id", Stage = "dealstage", Pipeline = "pipeline";

    /// <summary>Properties that hold more values of another one, which HubSpot adds to by itself.</summary>
    private static readonly Dictionary<string, string> Beside = new(StringComparer.Ordinal) { ["email"] = "hs_additional_emails", ["domain"] = "hs_additional_domains" };

    /// <summary>The property with the further values of this one; null for most.</summary>
    public static string? MoreOf(string property) => Beside.GetValueOrDefault(property);

    public static FieldValue? Read(HubSpotProperty? property, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return property switch
        {
            { IsMany: true } => FieldValue.List(Parts(text).Select(FieldValue.Of)),
            { Type: "number" } when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => FieldValue.Of(number),
            { Type: "bool" } when text is "true" or "false" => FieldValue.Of(text == "true"),
            { Type: "date" } when Time(text) is { } time => FieldValue.Of(DateOnly.FromDateTime(time.UtcDateTime)),
            { Type: "datetime" } when Time(text) is { } time => FieldValue.Of(time),
            _ => FieldValue.TextOrNone(text),
        };
    }

    /// <summary>The value as the property takes it.</summary>
    /// <param name="before">What the property held: of several values one that is still wanted stays.</param>
    /// <returns>Null where the property need not change.</returns>
    public static string? Write(HubSpotProperty? property, FieldValue value, FieldValue? before = null)
    {
        if (property is { IsMany: true }) return string.Join(';', value.Items.Select(i => Write(property, i)));
        if (value.Type != FieldType.List) return Write(property, value);
        return before is not null && value.Items.Any(i => i.Text == before.Items[0].Text) ? null : Write(property, value.Items[0]);
    }

    public static IEnumerable<string> Parts(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Write(HubSpotProperty? property, FieldValue value) => property?.Type switch
    {
        "date" when value.Type == FieldType.Time => DateOnly.FromDateTime(value.AsTime().UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "datetime" when value.Type == FieldType.Date => $"{value.Text}T00:00:00Z",
        "datetime" when value.Type == FieldType.Time => value.AsTime().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        "enumeration" => OptionOf(property, value.Text) ?? value.Text,
        _ => value.Text,
    };

    /// <summary>The first of these values that is none of the property's options; null where all are, or where the options are kept elsewhere.</summary>
    public static string? NoOption(HubSpotProperty? property, FieldValue value) =>
        property is not { Type: "enumeration", Options.Count: > 0, ExternalOptions: not true } ? null : (property.IsMany ? value.Items : value.Items.Take(1)).FirstOrDefault(i => OptionOf(property, i.Text) is null)?.Text;

    /// <summary>Options are told apart by their value, with its case; people know them by their label, and other systems spell them their own way ("IT services" for <c>IT_SERVICES</c>).</summary>
    private static string? OptionOf(HubSpotProperty property, string text)
    {
        if (property.Options.Any(o => o.Value == text)) return text;
        string plain = Plain(text);
        return property.Options.FirstOrDefault(o => text.Equals(o.Value, StringComparison.OrdinalIgnoreCase) || text.Equals(o.Label, StringComparison.OrdinalIgnoreCase))?.Value
            ?? property.Options.FirstOrDefault(o => plain.Length > 0 && (plain == Plain(o.Value) || plain == Plain(o.Label)))?.Value;
    }

    private static string Plain(string? text) => string.Concat((text ?? "").Replace("&", " and ", StringComparison.Ordinal).Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static DateTimeOffset? Time(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long milliseconds)) return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;
    }
}
