using System.Text.Json;
using System.Text.RegularExpressions;
using Syncline.Connectors.Http;

namespace Syncline.Connectors.HubSpot;

/// <summary>A refusal, taken apart: of a call, or of one row of a batch. HubSpot promises none of its fields.</summary>
/// <param name="Code">The most telling code it has: <c>INVALID_OPTION</c>, else the category, else <c>http_NNN</c>.</param>
internal sealed partial record HubSpotError(int Status, string Code, string Message)
{
    private const int LongestReason = 400;

    public string Category { get; init; } = "";

    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The properties it blames.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>The records it is about: one error may stand for many.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The rows it is about, by their own mark.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The record that holds the value which must be unique; null when it is not said.</summary>
    public string? ExistingId { get; init; }

    public bool IsConflict => Category == "CONFLICT" || Status == 409 || Codes.Contains("CONFLICTING_UNIQUE_VALUE") || Message.Contains("already", StringComparison.OrdinalIgnoreCase);

    public bool IsNotFound => Status == 404 || Category == "OBJECT_NOT_FOUND";

    public string Reason => Message.Length <= LongestReason ? Message : Message[..LongestReason];

    /// <summary>A body that is not HubSpot's own (a proxy's page) never gets into a message.</summary>
    public static HubSpotError Of(ProviderAnswer answer)
    {
        try
        {
            return Of(answer.Status, JsonElement.Parse(answer.Body));
        }
        catch (JsonException)
        {
            return new(answer.Status, $"http_{answer.Status}", "no reason was given");
        }
    }

    public static HubSpotError Of(int status, JsonElement body)
    {
        string message = Text(body, "message") ?? "no reason was given", category = Text(body, "category") ?? Text(body, "errorType") ?? "";
        JsonElement[] parts = [body, .. Elements(body, "errors"), .. Inside(message)];
        string[] codes = [.. parts.SelectMany(p => new[] { Text(p, "code"), Text(p, "error") }).OfType<string>().Distinct()];
        return new(status, codes.FirstOrDefault() ?? (category.Length > 0 ? category : $"http_{status}"), message.ReplaceLineEndings(" ").Trim())
        {
            Category = category,
            Codes = codes,
            Properties = [.. parts.SelectMany(p => Context(p, "propertyName").Append(p.ValueKind == JsonValueKind.Object && Text(p, "error") is not null ? Text(p, "name") : null)).OfType<string>().Distinct()],
            Ids = [.. parts.SelectMany(p => Context(p, "ids").Concat(Context(p, "id"))).Distinct()],
            TraceIds = [.. parts.SelectMany(p => Context(p, "objectWriteTraceId")).Distinct()],
            Scopes = [.. parts.SelectMany(p => Context(p, "requiredGranularScopes").Concat(Context(p, "requiredScopes"))).Distinct()],
            ExistingId = parts.SelectMany(p => Context(p, "existingId")).FirstOrDefault() ?? (Existing.Match(message) is { Success: true } match ? match.Groups[1].Value : null),
        };
    }

    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement held) && held.ValueKind == JsonValueKind.String ? held.GetString() : null;

    /// <summary>Validation messages are JSON inside of a text: <c>Property values were not valid: [{"error":"INVALID_OPTION","name":"x"}]</c>.</summary>
    private static IEnumerable<JsonElement> Inside(string message)
    {
        int open = message.IndexOf("[{", StringComparison.Ordinal), close = message.LastIndexOf("}]", StringComparison.Ordinal);
        if (open < 0 || close < open) return [];
        try
        {
            return [.. JsonElement.Parse(message[open..(close + 2)]).EnumerateArray()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<JsonElement> Elements(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement held) && held.ValueKind == JsonValueKind.Array ? held.EnumerateArray() : [];

    private static IEnumerable<string> Context(JsonElement part, string name)
    {
        if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("context", out JsonElement context) || context.ValueKind != JsonValueKind.Object || !context.TryGetProperty(name, out JsonElement held)) return [];
        return held.ValueKind == JsonValueKind.Array ? held.EnumerateArray().Select(TextOf) : [TextOf(held)];
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    [GeneratedRegex(@"Existing ID:\s*([0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Existing { get; }
}
