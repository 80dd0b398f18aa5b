using System.Text;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>A refusal in any of its shapes: a sentence as plain text, <c>{"success":false,"error":{…}}</c>, <c>{"error":"…"}</c>, <c>{"ok":false,"message"}</c> or a bare JSON string.</summary>
/// <param name="Code">Lemlist's code, or <c>http_NNN</c> where the answer has none.</param>
internal sealed record LemlistError(int Status, string Code, string Reason)
{
    private const int LongestReason = 200;

    /// <summary>What a write to a person who has unsubscribed is answered, with status 500.</summary>
    public const string Graveyard = "Lead in graveyard";

    private const string Blocked = "User linked to this API key is blocked", NoUser = "No user found for this API key", NoKey = "No API key provided";

    /// <summary>True where nothing can succeed under this key.</summary>
    public bool IsAboutTheKey => Status is 401 or 403 || Reason is Blocked or NoUser or NoKey or "Bad team";

    public bool IsGraveyard => Reason == Graveyard;

    /// <summary>Reads a refusal. What is neither a short sentence nor JSON (a proxy's page) never gets into a message.</summary>
    public static LemlistError Of(ProviderAnswer answer)
    {
        (string? code, string? words) = JsonParts.Read(answer.Body) is { } json ? Said(json) : (null, Sentence(answer.Body));
        return new(answer.Status, code ?? $"http_{answer.Status}", words is null ? "no reason was given" : Cut(words));
    }

    /// <summary>The failure that this refusal is when no record is to blame for it.</summary>
    public ProviderException Failure(string operation) => new($"{operation} was refused ({Status}): {Reason}")
    {
        Operation = operation,
        Recovery = IsAboutTheKey || Status is 402 or 404 or 405 ? Recovery.StopRun : Recovery.StopStream,
        Hint = Hint,
    };

    public static ProviderException Unreadable(string operation) => new($"{operation}: the answer is not the JSON that was expected.")
    {
        Operation = operation,
        Recovery = Recovery.RetryLater,
        Hint = "A proxy or a sign-in page may stand between this machine and Lemlist; check base_url and try again.",
    };

    private string? Hint => this switch
    {
        { Status: 402 } => "Lemlist's plan of this team does not include this part of the API, or has ended. Change the plan in Lemlist under Settings, Billing; running again does not help.",
        { Reason: Blocked } => "Unblock the user in Lemlist, or make a key as another user.",
        { IsAboutTheKey: true } => "Take the key from Lemlist under Settings, Integrations, and set it as api_key, as it is.",
        { Status: 404 or 405 } => $"Check the connection's base_url; Lemlist's own is {LemlistOptions.DefaultBase}.",
        _ => null,
    };

    private static (string? Code, string? Words) Said(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => (null, json.GetString()),
        JsonValueKind.Object when json.Part("error") is { } error => (error.Text("code"), error.Text("message")),
        JsonValueKind.Object => (null, json.Text("error") ?? json.Text("message")),
        _ => (null, null),
    };

    private static string? Sentence(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body).Trim();
        return text.Length is > 0 and <= LongestReason && text.AsSpan().IndexOfAny('<', '{') < 0 ? text : null;
    }

    private static string Cut(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestReason ? line : line[..LongestReason];
    }
}
