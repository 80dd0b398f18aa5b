using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic.Messages;

/// <summary>Invents JSON that fits a schema: the same for the same prompt.</summary>
internal sealed class SchemaAnswer(JsonObject root, string prompt)
{
    private const int Deepest = 12;
    private static readonly string[] Sentences =
    [
        "Lists are kept in three places and differ.", "New people wait for an answer longer than they should.", "The team spends hours on copying data.", "Reports are made by hand each month.",
        "They have opened an office this year.", "They look for people in sales.", "Their site names a new product.", "They speak of growth in their last post.",
    ];

    private readonly Random _random = new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(prompt))));

    public JsonNode? Write() => Write(root, 0);

    public static string Sentence(string prompt) => Sentences[new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(prompt)))).Next(Sentences.Length)];

    private JsonNode? Write(JsonNode? schema, int depth)
    {
        if (schema is not JsonObject held || depth > Deepest) return null;
        if (held["$ref"].Str() is { } reference) return Write(Resolve(reference), depth + 1);
        if (held["const"] is { } only) return only.DeepClone();
        if (held["enum"] is JsonArray { Count: > 0 } words) return words[_random.Next(words.Count)]?.DeepClone();
        if ((held["anyOf"] ?? held["oneOf"] ?? held["allOf"]) is JsonArray { Count: > 0 } several) return Write(several[0], depth + 1);
        return TypeOf(held) switch
        {
            "object" => Object(held, depth),
            "array" => Array(held, depth),
            "integer" => _random.Next(100),
            "number" => _random.Next(1000) / 10.0,
            "boolean" => _random.Next(2) == 0,
            "null" => null,
            _ => Text(held["format"].Str()),
        };
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        HashSet<string> required = [.. (schema["required"] as JsonArray ?? []).Select(n => n.Str() ?? "")];
        JsonObject written = [];
        foreach ((string name, JsonNode? part) in schema["properties"] as JsonObject ?? [])
        {
            if (required.Contains(name) || (depth < 3 && _random.Next(2) == 0)) written[name] = Write(part, depth + 1);
        }
        return written;
    }

    private JsonArray Array(JsonObject schema, int depth)
    {
        int count = Math.Max((int)(schema["minItems"].Whole() ?? 0), depth > 6 ? 0 : 1 + _random.Next(3));
        return JsonText.Array(Enumerable.Range(0, count).Select(_ => Write(schema["items"], depth + 1)));
    }

    private string Text(string? format) => format switch
    {
        "date" => "2026-03-01",
        "date-time" => "2026-03-01T08:00:00Z",
        "email" => "somebody@example.com",
        "uri" => "https://example.com/",
        "uuid" => "00000000-0000-4000-8000-000000000001",
        _ => Sentences[_random.Next(Sentences.Length)],
    };

    // A type may be a list of which null is one.
    private static string? TypeOf(JsonObject schema) =>
        schema["type"] is JsonArray types ? types.Select(t => t.Str()).FirstOrDefault(t => t != "null") : schema["type"].Str() ?? (schema["properties"] is null ? null : "object");

    private JsonNode? Resolve(string reference) =>
        reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)root, (node, name) => node?[name]);
}
