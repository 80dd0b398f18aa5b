using System.Text.Json.Nodes;
using Syncline.Sandbox.Anthropic.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic.Messages;

/// <summary>What a schema must be for an answer to be held to it.</summary>
internal static class SchemaRules
{
    private static readonly string[] NotTaken = ["minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "maxItems"];

    public static void Check(JsonNode? schema, string at)
    {
        if (schema is not JsonObject held) return;
        if (held["type"].Str() == "object" && held["additionalProperties"]?.GetValueKind() != System.Text.Json.JsonValueKind.False)
        {
            throw Refuse.Bad($"{at}: For 'object' type, 'additionalProperties' must be explicitly set to false");
        }
        if (NotTaken.FirstOrDefault(held.ContainsKey) is { } word) throw Refuse.Bad($"{at}: property '{word}' is not supported");
        if (held["minItems"].Whole() is > 1) throw Refuse.Bad($"{at}: 'minItems' other than 0 or 1 is not supported");
        foreach (string holder in (string[])["properties", "$defs", "definitions"])
        {
            foreach ((string name, JsonNode? part) in held[holder] as JsonObject ?? []) Check(part, $"{at}.{holder}.{name}");
        }
        Check(held["items"], at + ".items");
        foreach (string several in (string[])["anyOf", "allOf", "oneOf"])
        {
            foreach (JsonNode? part in held[several] as JsonArray ?? []) Check(part, $"{at}.{several}");
        }
    }
}
