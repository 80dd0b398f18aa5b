using System.Globalization;
using System.Text.Json;

namespace Syncline.Connectors;

/// <summary>Values of JSON objects that hold customers' own fields beside the documented ones: taken where they are of the wanted type, and nowhere else.</summary>
internal static class JsonParts
{
    /// <summary>A text that is not blank; digits of a number as they stand; null for anything else.</summary>
    public static string? Text(this JsonElement holder, string name) => Find(holder, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()?.Trim() is { Length: > 0 } said ? said : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static bool? Flag(this JsonElement holder, string name) => Find(holder, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static long? Whole(this JsonElement holder, string name) => Find(holder, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long whole) ? whole : null;

    public static DateTimeOffset? Time(this JsonElement holder, string name) =>
        DateTimeOffset.TryParse(holder.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;

    public static JsonElement? Part(this JsonElement holder, string name) => Find(holder, name) is { ValueKind: JsonValueKind.Object } part ? part : null;

    public static IEnumerable<JsonElement> Items(this JsonElement holder, string name) => Find(holder, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <summary>The body as JSON, or null when it is none.</summary>
    public static JsonElement? Read(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Find(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out JsonElement value) ? value : null;
}
