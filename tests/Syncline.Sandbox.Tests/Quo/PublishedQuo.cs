using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Holds answers against Quo's published v1 document, where it lies beside the repository: only the keywords that its answers use.</summary>
internal static class PublishedQuo
{
    private static readonly JsonNode? Document = Find() is { } file ? JsonNode.Parse(File.ReadAllText(file)) : null;

    public static bool IsAbsent => Document is null;

    public static IEnumerable<string> Violations(string method, string path, int status, JsonNode? body)
    {
        if (Document is null) return [];
        string[] segments = path.Trim('/').Split('/');
        string? template = Document["paths"]!.AsObject().Select(p => p.Key).Where(t => Fits(t.Trim('/').Split('/'), segments)).OrderBy(t => t.Count(c => c == '{')).FirstOrDefault();
        if (template is null || Document["paths"]![template]![method.ToLowerInvariant()] is not { } call) return status is 404 or 401 or 429 ? [] : [$"{method} {path}: no such call answered {status}"];
        JsonNode? answer = call["responses"]![$"{status}"];
        // The document lists one 400 a call and no 429; a body that is merely malformed is answered with the usual code.
        if (answer is null || (status == 400 && ((string?)body?["code"])?.EndsWith("00400", StringComparison.Ordinal) == true)) return status is 400 or 402 or 429 ? [] : [$"{method} {template}: {status} is not listed"];
        JsonNode? schema = answer["content"]?["application/json"]?["schema"];
        if (schema is null) return body is null ? [] : [$"{method} {template} {status}: has a body"];
        return Check(schema, body, $"{method} {template} {status}");
    }

    public static IEnumerable<string> Check(JsonNode schema, JsonNode? value, string at)
    {
        if (schema["$ref"] is { } reference) return Check(Resolve((string)reference!), value, at);
        List<string> found = [];
        if (schema["anyOf"] is JsonArray any && !any.Any(c => !Check(c!, value, at).Any())) found.Add($"{at}: fits none of the alternatives");
        foreach (JsonNode? part in schema["allOf"]?.AsArray() ?? []) found.AddRange(Check(part!, value, at));
        if (schema["type"] is { } type && !Is((string)type!, value)) return [.. found, $"{at}: must be {type}"];
        if (schema["const"] is { } only && !JsonNode.DeepEquals(only, value)) found.Add($"{at}: must be {only}");
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value))) found.Add($"{at}: not one of the allowed values");
        if (value is JsonValue leaf && leaf.TryGetValue(out string? text)) found.AddRange(OfText(schema, text, at));
        if (value is JsonArray items) found.AddRange(OfArray(schema, items, at));
        if (value is JsonObject held) found.AddRange(OfObject(schema, held, at));
        return found;
    }

    private static IEnumerable<string> OfText(JsonNode schema, string text, string at)
    {
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!)) yield return $"{at}: must match {pattern}";
        if (schema["maxLength"] is { } most && text.Length > (int)most) yield return $"{at}: is too long";
        if (schema["minLength"] is { } least && text.Length < (int)least) yield return $"{at}: is too short";
        if ((string?)schema["format"] == "date-time" && !Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")) yield return $"{at}: must be a date-time";
        if ((string?)schema["format"] == "uri" && !Uri.IsWellFormedUriString(text, UriKind.Absolute)) yield return $"{at}: must be a URI";
    }

    private static IEnumerable<string> OfArray(JsonNode schema, JsonArray items, string at)
    {
        if (schema["maxItems"] is { } most && items.Count > (int)most) yield return $"{at}: has too many items";
        for (int i = 0; i < items.Count && schema["items"] is { } each; i++)
        {
            foreach (string violation in Check(each, items[i], $"{at}[{i}]")) yield return violation;
        }
    }

    private static IEnumerable<string> OfObject(JsonNode schema, JsonObject held, string at)
    {
        JsonObject? properties = schema["properties"]?.AsObject();
        foreach (JsonNode? name in schema["required"]?.AsArray() ?? [])
        {
            if (!held.ContainsKey((string)name!)) yield return $"{at}: lacks {name}";
        }
        foreach ((string name, JsonNode? value) in held)
        {
            if (properties?[name] is not { } rule)
            {
                if (schema["additionalProperties"] is JsonValue closed && !(bool)closed) yield return $"{at}: {name} is not allowed";
                continue;
            }
            foreach (string violation in Check(rule, value, $"{at}.{name}")) yield return violation;
        }
    }

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => Regex.IsMatch(value!.ToJsonString(), "^-?[0-9]+$"),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        _ => false,
    };

    private static bool Fits(string[] template, string[] path) => template.Length == path.Length && template.Zip(path).All(p => p.First.StartsWith('{') || p.First == p.Second);

    private static JsonNode Resolve(string reference) => reference.TrimStart('#').Trim('/').Split('/').Aggregate(Document!, (node, name) => node[name]!);

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "shared", "contracts", "specs", "quo.openapi.json");
            if (File.Exists(file)) return file;
        }
        return null;
    }
}
