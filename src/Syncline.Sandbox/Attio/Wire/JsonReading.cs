using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Attio.Wire;

/// <summary>Looks into sent JSON without ever throwing a cast error.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool? Flag(this JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static double? Number(this JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && double.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;

    public static int? Whole(this JsonNode? node) =>
        node.Number() is { } number && Math.Abs(number) <= int.MaxValue && Math.Floor(number) == number ? (int)number : null;

    public static bool IsScalar(this JsonNode? node) => node is JsonValue;

    /// <summary>The kind of a key's value in the words of a validation message; <c>undefined</c> when the key is absent.</summary>
    public static string KindOf(JsonObject parent, string name) => parent.TryGetPropertyValue(name, out JsonNode? node) ? KindOf(node) : "undefined";

    public static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind kind => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>A required text key of <c>data</c>.</summary>
    public static string NeedText(this JsonObject data, string name) =>
        data[name].Text() ?? throw Refuse.Body("Required", "string", KindOf(data, name), "data", name);

    public static bool NeedFlag(this JsonObject data, string name) =>
        data[name].Flag() ?? throw Refuse.Body("Required", "boolean", KindOf(data, name), "data", name);
}
