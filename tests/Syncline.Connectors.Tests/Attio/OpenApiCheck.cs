using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Syncline.Connectors.Tests.Attio;

/// <summary>Holds requests against a published OpenAPI document: is there such a call, and does its body have the declared shape? Only the keywords that Attio's bodies use.</summary>
internal sealed class OpenApiCheck(JsonNode document)
{
    private readonly List<(string[] Segments, string Template)> _paths =
        [.. document["paths"]!.AsObject().Select(p => (p.Key.Trim('/').Split('/'), p.Key))];

    /// <summary>Attio's document where it lies beside the repository; null where it does not.</summary>
    public static OpenApiCheck? Shared { get; } = Of("attio");

    /// <summary>A provider's document where it lies beside the repository; null where it does not.</summary>
    public static OpenApiCheck? Of(string provider) => Find($"{provider}.openapi.json") is { } file ? new(JsonNode.Parse(File.ReadAllText(file))!) : null;

    public IEnumerable<string> Violations(string method, string pathAndQuery, JsonNode? body)
    {
        string[] segments = pathAndQuery.Split('?')[0].Trim('/').Split('/');
        // A literal segment goes before a placeholder: records/search is no record id.
        string? template = _paths.Where(p => Fits(p.Segments, segments)).OrderBy(p => p.Segments.Count(IsPlaceholder)).Select(p => p.Template).FirstOrDefault();
        JsonNode? operation = template is null ? null : document["paths"]![template]![method.ToLowerInvariant()];
        if (operation is null) return [$"{method} {pathAndQuery}: no such call"];
        JsonNode? schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        if (schema is null) return body is null ? [] : [$"{method} {template}: takes no body"];
        return Check(schema, body, $"{method} {template}");
    }

    private static bool Fits(string[] template, string[] path) => template.Length == path.Length && template.Zip(path).All(p => IsPlaceholder(p.First) || p.First == p.Second);

    private static bool IsPlaceholder(string segment) => segment.StartsWith('{');

    private IEnumerable<string> Check(JsonNode schema, JsonNode? value, string at)
    {
        if (schema["$ref"] is { } reference) return Check(Resolve((string)reference!), value, at);
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray choices)
        {
            return choices.Any(c => !Check(c!, value, at).Any()) ? [] : [$"{at}: fits none of the alternatives"];
        }
        if (schema["type"] is { } type && !Types(type).Any(t => Is(t, value))) return [$"{at}: must be {type.ToJsonString()}"];
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value))) return [$"{at}: not one of the allowed values"];
        if (schema["format"] is { } format && (string)format! == "uuid" && value is not null && !Guid.TryParse((string)value!, out _)) return [$"{at}: must be a UUID"];
        return value switch
        {
            JsonObject held => Object(schema, held, at),
            JsonArray items when schema["items"] is { } each => items.SelectMany((item, i) => Check(each, item, $"{at}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> Object(JsonNode schema, JsonObject value, string at)
    {
        JsonObject? properties = schema["properties"]?.AsObject();
        foreach (JsonNode? name in schema["required"]?.AsArray() ?? [])
        {
            if (!value.ContainsKey((string)name!)) yield return $"{at}: lacks {name}";
        }
        foreach ((string name, JsonNode? held) in value)
        {
            JsonNode? rule = properties?[name] ?? schema["additionalProperties"];
            if (rule is JsonValue isAllowed && isAllowed.TryGetValue(out bool allowed))
            {
                if (!allowed) yield return $"{at}: {name} is not allowed";
            }
            else if (rule is not null)
            {
                foreach (string violation in Check(rule, held, $"{at}.{name}")) yield return violation;
            }
        }
    }

    private JsonNode Resolve(string reference) => reference.TrimStart('#').Trim('/').Split('/').Aggregate(document, (node, name) => node[name]!);

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(t => (string)t!) : [(string)type!];

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) or ("object", System.Text.Json.JsonValueKind.Object) or ("array", System.Text.Json.JsonValueKind.Array) or ("string", System.Text.Json.JsonValueKind.String) => true,
        ("number", System.Text.Json.JsonValueKind.Number) => true,
        ("integer", System.Text.Json.JsonValueKind.Number) => Regex.IsMatch(value!.ToJsonString(), "^-?[0-9]+$"),
        ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
        _ => false,
    };

    private static string? Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string[] places = [Path.Combine(folder.FullName, "shared"), Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared")];
            string? file = places.Select(p => Path.Combine(p, "contracts", "specs", name)).FirstOrDefault(File.Exists);
            if (file is not null) return file;
        }
        return null;
    }
}
