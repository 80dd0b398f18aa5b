using System.Text.Json;
using System.Text.RegularExpressions;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>A refusal, taken apart. It never carries a value we sent other than what the provider's own sentence repeats.</summary>
/// <param name="Code">The provider's code, or <c>http_NNN</c> when the body is not its own (a proxy's page).</param>
internal sealed partial record AttioError(int Status, string Code, string Message, IReadOnlyList<string> Details)
{
    private const int LongestReason = 500;

    /// <summary>Slugs that the message or a validation path names.</summary>
    public IReadOnlyList<string> Slugs { get; init; } = [];

    /// <summary>The record that holds a value which must be unique; null when the answer does not say.</summary>
    public string? ConflictingId => ConflictingIds.Match(Message) is { Success: true } match ? match.Groups[1].Value : null;

    public bool IsMissingObject => Status == 404 && Message.StartsWith("Object with slug", StringComparison.OrdinalIgnoreCase);

    public bool IsMerging => Code == "merge_in_progress";

    /// <summary>Message and details in one text, cut; texts of the record that the provider repeats are taken out.</summary>
    /// <param name="sent">What was sent.</param>
    public string Reason(FieldSet sent)
    {
        string text = string.Join(" ", [Message, .. Details]);
        foreach (string value in sent.SelectMany(f => f.Value.Items).Where(v => v.Type == FieldType.Text).Select(v => v.Text).Where(t => t.Length >= 40))
        {
            text = text.Replace(value, "…", StringComparison.Ordinal);
        }
        return text.Length <= LongestReason ? text : text[..LongestReason];
    }

    public static AttioError Parse(int status, byte[] body)
    {
        AttioErrorBody? said = Read(body);
        if (said?.Code is null) return new(status, $"http_{status}", $"The answer was {status} without an error of Attio's own.", []);
        IReadOnlyList<AttioValidationError> errors = said.ValidationErrors ?? [];
        string message = said.Message ?? "";
        return new(status, said.Code, message, [.. errors.Select(Describe)])
        {
            Slugs = [.. AttributeSlugs.Matches(message).Select(m => m.Groups[1].Value), .. errors.SelectMany(PathOf).Where(p => p is not ("data" or "values" or "entry_values"))],
        };
    }

    [GeneratedRegex("""Conflicting record IDs?:\s*([0-9a-fA-F-]{36})""")]
    private static partial Regex ConflictingIds { get; }

    [GeneratedRegex("attribute with slug(?:/ID)? \"([^\"]+)\"")]
    private static partial Regex AttributeSlugs { get; }

    private static string Describe(AttioValidationError error) => $"{string.Join('.', PathOf(error))}: {error.Message}";

    private static IEnumerable<string> PathOf(AttioValidationError error) =>
        (error.Path ?? []).Select(p => p.ValueKind == JsonValueKind.String ? p.GetString()! : p.GetRawText());

    private static AttioErrorBody? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, AttioJson.Default.AttioErrorBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
