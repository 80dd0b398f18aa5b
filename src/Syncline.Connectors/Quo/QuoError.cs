using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>A refusal, taken apart.</summary>
/// <param name="Code">Quo's code, <c>0800404</c>, or <c>http_NNN</c> when the answer has none.</param>
/// <param name="Paths">Where in the request the mistakes are, as Quo names the places.</param>
internal sealed record QuoError(int Status, string Code, string Reason, IReadOnlyList<string> Paths)
{
    private const int LongestReason = 400;

    private const string NewKey = "A new key begins to work about 30 seconds after it was made: if it is that new, try again in half a minute. ";

    /// <summary>Reads a refusal in any of its shapes. The body of anything else (a proxy's page) never gets into a message.</summary>
    public static QuoError Of(ProviderAnswer answer)
    {
        QuoErrorBody? said = Read(answer.Body) is { } body ? body.Error ?? body : null;
        IReadOnlyList<QuoErrorDetail> details = said?.Errors ?? [];
        string reason = string.Join(" ", details.Select(d => $"{d.Path}: {d.Message}").Prepend(said?.Message ?? said?.Title).OfType<string>()).ReplaceLineEndings(" ").Trim();
        if (reason.Length == 0) reason = "no reason was given";
        return new(answer.Status, said?.Code ?? said?.Key ?? $"http_{answer.Status}", reason.Length <= LongestReason ? reason : reason[..LongestReason], [.. details.Select(d => d.Path).OfType<string>()]);
    }

    /// <summary>The failure that this refusal is when no record is to blame for it.</summary>
    public ProviderException Failure(string operation) => new($"{operation} was refused ({Status}): {Reason}")
    {
        Operation = operation,
        Recovery = Status is 401 or 402 or 403 or 404 ? Recovery.StopRun : Recovery.StopStream,
        Hint = Status switch
        {
            401 => $"{NewKey}Else make a new one in Quo (workspace settings, API) and set it as api_key, as it is, without 'Bearer'.",
            402 => "The workspace's subscription has ended. Renew it in Quo under workspace settings, Plan & billing.",
            403 => $"{NewKey}Else the key may not do this: have an owner or admin of the workspace make one (workspace settings, API).",
            404 => $"Check the connection's base_url; Quo's own is {QuoOptions.DefaultBase}, without a version.",
            _ => null,
        },
    };

    public static ProviderException Unreadable(string operation, Exception cause) => new($"{operation}: the answer is not the JSON that was expected.", cause)
    {
        Operation = operation,
        Recovery = Recovery.RetryLater,
        Hint = "A proxy or a sign-in page may stand between this machine and Quo; check base_url and try again.",
    };

    private static QuoErrorBody? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, QuoJson.Default.QuoErrorBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
