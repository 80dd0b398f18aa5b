using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo.Wire;

/// <summary>Looks into sent JSON without ever throwing a cast error.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool IsFlag(this JsonNode? node) => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    public static bool IsNumber(this JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number;

    /// <summary>The texts of an array of nothing but texts, or null.</summary>
    public static IReadOnlyList<string>? Texts(this JsonNode? node) =>
        node is JsonArray array && array.All(i => i.Text() is not null) ? [.. array.Select(i => i.Text()!)] : null;
}
