using System.Text.Json.Nodes;
using Syncline.Imports;

namespace Syncline.Cli.Output;

/// <summary>What changed of a record, for people and for programs.</summary>
internal static class ChangesJson
{
    public static string Lines(IEnumerable<ImportedChange> changes) => string.Join("\n", changes.Select(c => $"{c.Field}: {c.Before ?? "none"} → {c.After ?? "none"}"));

    public static JsonArray Of(IEnumerable<ImportedChange> changes) => new([.. changes.Select(change => new JsonObject { ["field"] = change.Field, ["before"] = Value(change.Before), ["after"] = Value(change.After) })]);

    private static JsonNode? Value(string? json) => json is null ? null : JsonNode.Parse(json);
}
