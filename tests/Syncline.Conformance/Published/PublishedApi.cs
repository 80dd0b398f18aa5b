using System.Text.Json.Nodes;

namespace Syncline.Conformance.Published;

/// <summary>A provider's published OpenAPI document, to hold calls against: what a connector sends, and what a simulator answers.</summary>
public sealed class PublishedApi
{
    private readonly JsonNode _document;
    private readonly PublishedSchema _schema;
    private readonly (string[] Segments, string Template)[] _paths;

    private PublishedApi(JsonNode document)
    {
        (_document, _schema) = (document, new(document));
        _paths = [.. document["paths"]!.AsObject().Select(p => (p.Key.Trim('/').Split('/'), p.Key))];
    }

    /// <summary>The document where it lies beside the repository, which it is no part of; null where it does not.</summary>
    public static PublishedApi? Find(string provider)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "shared", "contracts", "specs", $"{provider}.openapi.json");
            if (File.Exists(file)) return new(JsonNode.Parse(File.ReadAllText(file))!);
        }
        return null;
    }

    /// <summary>What of a request the document does not provide for; each with the call it is about in front.</summary>
    /// <param name="query">Without its question mark.</param>
    public IEnumerable<string> OfRequest(string method, string path, string query, string body)
    {
        if (CallOf(method, path) is not ({ } call, var template)) return [$"{method} {path}: no such call"];
        string at = $"{method} {template}";
        JsonNode? schema = call["requestBody"]?["content"]?["application/json"]?["schema"];
        JsonNode? sent = body.Length == 0 ? null : JsonNode.Parse(body);
        IEnumerable<string> ofBody = schema is not null ? _schema.Check(schema, sent, at) : sent is null ? [] : [$"{at}: takes no body"];
        return [.. OfQuery(template, call, query, at), .. ofBody];
    }

    /// <summary>What of an answer the document does not provide for.</summary>
    public IEnumerable<string> OfAnswer(string method, string path, int status, string body)
    {
        if (CallOf(method, path) is not ({ } call, var template)) return [$"{method} {path}: no such call"];
        string at = $"{method} {template} {status}";
        if (call["responses"]![$"{status}"] is not { } said) return [$"{at}: is not listed"];
        JsonNode? schema = _schema.Resolve(said)["content"]?["application/json"]?["schema"];
        JsonNode? answered = body.Length == 0 ? null : JsonNode.Parse(body);
        return schema is not null ? _schema.Check(schema, answered, at) : answered is null ? [] : [$"{at}: has no body"];
    }

    private IEnumerable<string> OfQuery(string template, JsonNode call, string query, string at)
    {
        JsonNode[] declared = [.. new[] { _document["paths"]![template]!["parameters"], call["parameters"] }.OfType<JsonArray>().SelectMany(p => p).Select(p => _schema.Resolve(p!)).Where(p => (string?)p["in"] == "query")];
        (string Name, string Value)[] sent = [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => (Uri.UnescapeDataString(p[0]), Uri.UnescapeDataString(p.Length > 1 ? p[1] : "")))];
        foreach (string name in sent.Select(s => s.Name).Distinct().Where(n => declared.All(d => (string?)d["name"] != n))) yield return $"{at}?{name}: is not declared";
        foreach (JsonNode parameter in declared)
        {
            string name = (string)parameter["name"]!;
            string[] values = [.. sent.Where(s => s.Name == name).Select(s => s.Value)];
            if (values.Length == 0 && parameter["required"] is JsonValue required && (bool)required) yield return $"{at}?{name}: is required";
            JsonNode schema = _schema.Resolve(parameter["schema"]!);
            foreach (string miss in Misses(schema, values, $"{at}?{name}")) yield return miss;
        }
    }

    private IEnumerable<string> Misses(JsonNode schema, string[] values, string at)
    {
        if (values.Length == 0) return [];
        if ((string?)schema["type"] == "array") return _schema.Check(schema, new JsonArray([.. values.Select(v => JsonValue.Create(v))]), at);
        if (values.Length > 1) return [$"{at}: is repeated"];
        bool isText = (string?)schema["type"] is null or "string";
        return isText || long.TryParse(values[0], out _) || bool.TryParse(values[0], out _) ? _schema.Check(schema, isText ? JsonValue.Create(values[0]) : JsonNode.Parse(values[0]), at) : [$"{at}: must be {schema["type"]}"];
    }

    private (JsonNode? Call, string Template) CallOf(string method, string path)
    {
        string[] segments = path.Trim('/').Split('/');
        // A literal segment goes before a placeholder: records/search is no record id.
        string? template = _paths.Where(p => Fits(p.Segments, segments)).OrderBy(p => p.Segments.Count(s => s.StartsWith('{'))).Select(p => p.Template).FirstOrDefault();
        return template is null ? (null, "") : (_document["paths"]![template]![method.ToLowerInvariant()], template);
    }

    private static bool Fits(string[] template, string[] path) => template.Length == path.Length && template.Zip(path).All(p => p.First.StartsWith('{') || p.First == p.Second);
}
