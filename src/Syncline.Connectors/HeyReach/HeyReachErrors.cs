using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>What HeyReach's refusals say, read with care: a 401 is bare text without a content type, a 400 has one of three shapes.</summary>
internal static class HeyReachErrors
{
    /// <summary>The failure that an answer without success stands for.</summary>
    public static ProviderException Of(string operation, ProviderAnswer answer) => answer.Status switch
    {
        401 or 403 => new($"{operation} was refused ({answer.Status}): {ReasonOf(answer)}.")
        {
            Operation = operation,
            Recovery = Recovery.StopRun,
            Hint = "The API key is missing, wrong, deleted or of another workspace. Take it from HeyReach under Integrations, HeyReach API; the MCP key is a different one and does not work here.",
        },
        404 or 405 or 501 => new($"{operation} is not there ({answer.Status}): {ReasonOf(answer)}.")
        {
            Operation = operation,
            Recovery = Recovery.StopRun,
            Hint = $"Check the connection's base_url; HeyReach's own is {HeyReachOptions.DefaultBase}.",
        },
        _ => new($"{operation} was refused ({answer.Status}): {ReasonOf(answer)}.") { Operation = operation, Recovery = Recovery.StopStream },
    };

    /// <summary>The provider's own words where they are in a known place, at most 300 characters; never the raw body.</summary>
    public static string ReasonOf(ProviderAnswer answer)
    {
        string text = System.Text.Encoding.UTF8.GetString(answer.Body).Trim();
        if (answer.Status == 401) return text is "Missing API key" or "Invalid API key" ? text : "the key was not accepted";
        if (!text.StartsWith('{')) return text.Length == 0 ? "no reason was given" : "the answer is not JSON";
        return Cut(Words(text) ?? "no reason was given");
    }

    /// <summary>An answer that was to be JSON of a known shape and is not.</summary>
    public static ProviderException Unreadable(string operation, JsonException cause) => new($"{operation} answered something that is not the JSON it documents.", cause)
    {
        Operation = operation,
        Recovery = Recovery.RetryLater,
        Hint = "A proxy or a sign-in page may stand between this machine and HeyReach; check base_url and try again.",
    };

    private static string? Words(string json)
    {
        try
        {
            WireError? error = JsonSerializer.Deserialize(json, HeyReachWire.Default.WireError);
            return error?.ErrorMessage ?? error?.Detail ?? Validation(error);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Only the names of the fields: the texts beside them may repeat what was sent.
    private static string? Validation(WireError? error)
    {
        if (error?.Errors is not { ValueKind: JsonValueKind.Object } errors) return error?.Title;
        string fields = string.Join(", ", errors.EnumerateObject().Select(p => p.Name));
        return $"{error.Title ?? "validation failed"} Fields: {fields}";
    }

    private static string Cut(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return line.Length <= 300 ? line : line[..300];
    }
}
