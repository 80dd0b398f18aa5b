using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Syncline.Sandbox.Tests;

/// <summary>A provider's OpenAPI document, where it lies beside the repository, and what an answer has that does not fit it.</summary>
internal sealed class PublishedDocument
{
    private readonly JsonNode? _document;

    /// <param name="file">In <c>contracts/specs</c>.</param>
    public PublishedDocument(string file) => _document = Find(file) is { } path ? JsonNode.Parse(File.ReadAllText(path)) : null;

    public bool IsAbsent => _document is null;

    /// <summary>What is wrong with an answer; nothing when the document is absent or tells nothing of it.</summary>
    /// <param name="path">As in the document, without its server's base.</param>
    public IEnumerable<string> Violations(string method, string path, int status, JsonNode? body)
    {
        if (_document is null) return [];
        string[] segments = path.Split('/');
        string? template = _document["paths"]!.AsObject().Where(p => p.Value![method.ToLowerInvariant()] is not null).Select(p => p.Key)
            .Where(t => Fits(t.Split('/'), segments)).OrderBy(t => t.Count(c => c == '{')).FirstOrDefault();
        if (template is null) return [$"{method} {path}: no such call"];
        JsonNode? answer = _document["paths"]![template]![method.ToLowerInvariant()]!["responses"]![$"{status}"];
        if (answer is null) return [$"{method} {template}: {status} is not listed"];
        if (answer["$ref"] is { } reference) answer = Resolve((string)reference!);
        return answer["content"]?["application/json"]?["schema"] is { } schema ? Check(schema, body, $"{method} {template} {status}") : [];
    }

    private IEnumerable<string> Check(JsonNode schema, JsonNode? value, string at)
    {
        if (schema["$ref"] is { } reference) return Check(Resolve((string)reference!), value, at);
        if (value is null && schema["nullable"]?.GetValue<bool>() == true) return [];
        List<string> found = [];
        foreach (string word in (string[])["anyOf", "oneOf"])
        {
            if (schema[word] is JsonArray any && !any.Any(c => !Check(c!, value, at).Any())) found.Add($"{at}: fits none of the alternatives");
        }
        foreach (JsonNode? part in schema["allOf"]?.AsArray() ?? []) found.AddRange(Check(part!, value, at));
        if (schema["type"] is { } type && !Types(type).Any(t => Is(t, value))) return [.. found, $"{at}: must be {type.ToJsonString()}"];
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value))) found.Add($"{at}: {value} is not one of the allowed values");
        if (value is JsonValue leaf && leaf.TryGetValue(out string? text)) found.AddRange(OfText(schema, text, at));
        if (value is JsonArray items && schema["items"] is { } each) found.AddRange(items.SelectMany((item, i) => Check(each, item, $"{at}[{i}]")));
        if (value is JsonObject held) found.AddRange(OfObject(schema, held, at));
        return found;
    }

    private static IEnumerable<string> OfText(JsonNode schema, string text, string at)
    {
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!)) yield return $"{at}: must match {pattern}";
        if ((string?)schema["format"] == "date-time" && !Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")) yield return $"{at}: must be a date-time";
        // Where there is a pattern too, it is the pattern that answers keep to: some addresses go without their scheme.
        if ((string?)schema["format"] is "uri" && schema["pattern"] is null && !Uri.IsWellFormedUriString(text, UriKind.Absolute)) yield return $"{at}: must be a URI";
        if ((string?)schema["format"] is "email" && !text.Contains('@', StringComparison.Ordinal)) yield return $"{at}: must be an e-mail address";
    }

    private IEnumerable<string> OfObject(JsonNode schema, JsonObject held, string at)
    {
        foreach (JsonNode? name in schema["required"] as JsonArray ?? [])
        {
            if (!held.ContainsKey((string)name!)) yield return $"{at}: lacks {name}";
        }
        foreach ((string name, JsonNode? value) in held)
        {
            JsonNode? rule = schema["properties"]?[name] ?? (schema["additionalProperties"] is JsonObject more ? more : null);
            if (rule is null && schema["additionalProperties"] is JsonValue closed && !(bool)closed) yield return $"{at}: {name} is not allowed";
            foreach (string violation in rule is null ? [] : Check(rule, value, $"{at}.{name}")) yield return violation;
        }
    }

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(t => (string)t!) : [(string)type!];

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => Regex.IsMatch(value!.ToJsonString(), "^-?[0-9]+$"),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        _ => false,
    };

    private static bool Fits(string[] template, string[] path) => template.Length == path.Length && template.Zip(path).All(p => p.First.StartsWith('{') ? p.Second.Length > 0 : p.First == p.Second);

    private JsonNode Resolve(string reference) => reference.TrimStart('#').Trim('/').Split('/').Aggregate(_document!, (node, name) => node[name.Replace("~1", "/", StringComparison.Ordinal)]!);

    private static string? Find(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "contracts", "specs", file);
            if (File.Exists(path)) return path;
        }
        return null;
    }
}
