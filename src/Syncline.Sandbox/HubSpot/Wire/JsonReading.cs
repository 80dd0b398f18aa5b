using System.Globalization;
using System.Text.Json;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>Looks into sent JSON without ever throwing a cast error.</summary>
internal static class JsonReading
{
    /// <summary>A member, or an undefined element.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) ? member : default;

    public static bool IsMissing(this JsonElement element) => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>A string, or a number or boolean as it stands; null for anything else.</summary>
    public static string? Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    public static string? Text(this JsonElement element, string name) => element.Member(name).Text();

    public static int? Whole(this JsonElement element, string name) =>
        int.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    public static bool Flag(this JsonElement element, string name) => element.Member(name).ValueKind == JsonValueKind.True;

    /// <summary>The items of an array member; none when it is absent or no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) => [.. element.Items(name).Select(i => i.Text()).OfType<string>()];

    public static string Need(this JsonElement element, string name) =>
        element.Text(name) ?? throw Refuse.Invalid($"Invalid input JSON: Some required fields were not set: [{name}]");

    public static long? ReadId(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
}
