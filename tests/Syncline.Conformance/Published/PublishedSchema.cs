using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Syncline.Conformance.Published;

/// <summary>JSON Schema as far as the providers' OpenAPI documents use it. A keyword it does not know is a violation, so that a newer document is not held to half of what it says.</summary>
internal sealed class PublishedSchema(JsonNode document)
{
    private static readonly HashSet<string> Remarks = ["description", "title", "default", "deprecated", "example", "examples", "discriminator"];

    private static readonly HashSet<string> Rules =
    [
        "$ref", "allOf", "anyOf", "oneOf", "nullable", "type", "const", "enum", "format", "pattern", "minLength", "maxLength", "minimum", "maximum",
        "items", "minItems", "maxItems", "properties", "required", "additionalProperties",
    ];

    public JsonNode Resolve(JsonNode node) => node["$ref"] is { } reference
        ? Resolve(((string)reference!).TrimStart('#').Trim('/').Split('/').Aggregate(document, (at, name) => at[name.Replace("~1", "/", StringComparison.Ordinal)]!))
        : node;

    public IEnumerable<string> Check(JsonNode given, JsonNode? value, string at)
    {
        if (given is not JsonObject) return [];
        JsonObject schema = Resolve(given).AsObject();
        if (schema.Select(k => k.Key).FirstOrDefault(k => !Rules.Contains(k) && !Remarks.Contains(k)) is { } unknown) return [$"{at}: the document uses {unknown}, which is not checked"];
        if (value is null && schema["nullable"] is JsonValue nullable && (bool)nullable) return [];
        List<string> found = [.. (schema["allOf"] as JsonArray ?? []).SelectMany(part => Check(part!, value, at))];
        // Alternatives of a oneOf overlap in these documents: one that fits is enough.
        foreach (JsonArray choices in new[] { schema["anyOf"], schema["oneOf"] }.OfType<JsonArray>()) found.AddRange(Nearest(choices, value, at));
        if (schema["type"] is { } type && !Types(type).Any(t => Is(t, value))) return [.. found, $"{at}: must be {type.ToJsonString()}"];
        if (schema["const"] is { } only && !JsonNode.DeepEquals(only, value)) found.Add($"{at}: must be {only}");
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value))) found.Add($"{at}: is none of {allowed.ToJsonString()}");
        found.AddRange(value switch
        {
            JsonObject held => OfObject(schema, held, at),
            JsonArray items => OfArray(schema, items, at),
            JsonValue leaf when leaf.TryGetValue(out string? text) => OfText(schema, text, at),
            JsonValue leaf when leaf.GetValueKind() == JsonValueKind.Number => OfNumber(schema, decimal.Parse(leaf.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture), at),
            _ => [],
        });
        return found;
    }

    /// <summary>None when an alternative fits, else what the nearest one misses.</summary>
    private IReadOnlyList<string> Nearest(JsonArray choices, JsonNode? value, string at) =>
        choices.Select(c => Check(c!, value, at).ToArray()).MinBy(misses => misses.Length) ?? [];

    private IEnumerable<string> OfObject(JsonObject schema, JsonObject held, string at)
    {
        JsonObject? properties = schema["properties"]?.AsObject();
        foreach (JsonNode? name in schema["required"]?.AsArray() ?? [])
        {
            if (!held.ContainsKey((string)name!)) yield return $"{at}: lacks {name}";
        }
        foreach ((string name, JsonNode? value) in held)
        {
            JsonNode? rule = properties?[name] ?? schema["additionalProperties"];
            if (rule is JsonValue isAllowed && !(bool)isAllowed) yield return $"{at}: {name} is not allowed";
            else if (rule is JsonObject) foreach (string miss in Check(rule, value, $"{at}.{name}")) yield return miss;
        }
    }

    private IEnumerable<string> OfArray(JsonObject schema, JsonArray items, string at)
    {
        if (schema["minItems"] is { } least && items.Count < (int)least) yield return $"{at}: has fewer than {least} items";
        if (schema["maxItems"] is { } most && items.Count > (int)most) yield return $"{at}: has more than {most} items";
        for (int i = 0; i < items.Count && schema["items"] is { } each; i++)
        {
            foreach (string miss in Check(each, items[i], $"{at}[{i}]")) yield return miss;
        }
    }

    private static IEnumerable<string> OfText(JsonObject schema, string text, string at)
    {
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!)) yield return $"{at}: must match {pattern}";
        if (schema["minLength"] is { } least && text.Length < (int)least) yield return $"{at}: is shorter than {least}";
        if (schema["maxLength"] is { } most && text.Length > (int)most) yield return $"{at}: is longer than {most}";
        if (schema["format"] is { } format && !IsOf((string)format!, text)) yield return $"{at}: must be a {format}";
    }

    private static IEnumerable<string> OfNumber(JsonObject schema, decimal number, string at)
    {
        if (schema["minimum"] is { } least && number < (decimal)least) yield return $"{at}: is below {least}";
        if (schema["maximum"] is { } most && number > (decimal)most) yield return $"{at}: is above {most}";
    }

    private static bool IsOf(string format, string text) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "uri" => Uri.IsWellFormedUriString(text, UriKind.Absolute),
        "uri-reference" => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute),
        "email" => text.Split('@') is [{ Length: > 0 }, { Length: > 2 }],
        _ => false,
    };

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(t => (string)t!) : [(string)type!];

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => Regex.IsMatch(value!.ToJsonString(), "^-?[0-9]+$"),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        _ => false,
    };
}
