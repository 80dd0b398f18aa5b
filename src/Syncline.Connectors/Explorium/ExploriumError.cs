using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.Explorium;

/// <summary>A refusal in any of its shapes: <c>details</c>, FastAPI's <c>detail</c> list, <c>message</c>, or an <c>error</c> object.</summary>
/// <param name="At">The place in the list that was sent which a 422 blames; null when it names none.</param>
internal sealed record ExploriumError(int Status, string Reason, int? At)
{
    private const int LongestReason = 300;

    /// <summary>Exhausted credits are a 403, as is a key that may not do this.</summary>
    public bool IsOutOfCredits => Status is 402 or 403 && Reason.Contains("credit", StringComparison.OrdinalIgnoreCase);

    public static ExploriumError Of(ProviderAnswer answer)
    {
        if (JsonParts.Read(answer.Body) is not { } said) return new(answer.Status, "no reason was given", null);
        JsonElement? detail = said.Items("detail").Select(d => (JsonElement?)d).FirstOrDefault();
        string? words = said.Text("details") ?? said.Text("detail") ?? detail?.Text("msg") ?? said.Text("message") ?? said.Part("error")?.Text("message");
        return new(answer.Status, Cut(words ?? "no reason was given"), detail is { } blamed ? PlaceOf(blamed) : null);
    }

    public ProviderException Failure(string operation) => new($"{operation} was refused ({Status}): {Reason}")
    {
        Operation = operation,
        Recovery = Recovery.StopRun,
        Hint = this switch
        {
            { IsOutOfCredits: true } => "Explorium's credits are used up. Buy more in its admin pages, or take the connection out of the sync; what was looked up is kept, and the rest is looked up by the next run.",
            { Status: 401 } => "Take a key from Explorium's admin pages and set it as api_key. If the reason names a partner, set partner_id.",
            { Status: 403 } => "The key may not use this part of the API. Ask Explorium, or leave this out of the setting facts.",
            { Status: 404 } => $"Check the connection's base_url and api_version; Explorium's own are {ExploriumOptions.DefaultBase} and v1.",
            _ => null,
        },
    };

    private static int? PlaceOf(JsonElement blamed) =>
        blamed.Items("loc").Where(l => l.ValueKind == JsonValueKind.Number).Select(l => l.TryGetInt32(out int at) ? at : (int?)null).FirstOrDefault();

    private static string Cut(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestReason ? line : line[..LongestReason];
    }
}
