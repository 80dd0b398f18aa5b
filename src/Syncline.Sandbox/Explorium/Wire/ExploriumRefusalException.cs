using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Wire;

/// <summary>A request that Explorium would not carry out.</summary>
internal sealed class ExploriumRefusalException(int status, JsonObject body, string message) : InvalidOperationException(message)
{
    public int Status => status;
    public JsonObject Body => body;

    /// <summary>What to wait, on a 429.</summary>
    public int? RetryAfter { get; init; }
}

/// <summary>One entry of a 422.</summary>
/// <param name="At">Names and indexes from the body on.</param>
internal sealed record BodyFault(IReadOnlyList<JsonNode> At, string Message, string Type, JsonObject? Context = null)
{
    public JsonObject Json()
    {
        JsonObject shown = new() { ["loc"] = JsonText.Array(["body", .. At.Select(a => a.DeepClone())]), ["msg"] = Message, ["type"] = Type };
        if (Context is not null) shown["ctx"] = Context.DeepClone();
        return shown;
    }
}

/// <summary>The refusals in their forms.</summary>
internal static class Refuse
{
    private const string OutOfCredits = "You have insufficient credits to perform this operation. Please purchase additional credits.";

    public static ExploriumRefusalException Details(int status, string text, string correlationId) =>
        new(status, new() { ["details"] = text, ["correlation_id"] = correlationId }, text);

    public static ExploriumRefusalException NoCredits(string correlationId) => Details(403, OutOfCredits, correlationId);

    public static ExploriumRefusalException Invalid(IEnumerable<BodyFault> faults) =>
        new(422, new() { ["detail"] = JsonText.Array(faults.Select(f => f.Json())) }, "The body is invalid");

    public static ExploriumRefusalException Throttled(int seconds, ThrottleForm form)
    {
        const string text = "Rate limit exceeded. Please try again later.";
        JsonObject body = form == ThrottleForm.Error ? new() { ["error"] = "rate_limit_exceeded" } : new() { ["code"] = 429 };
        (body["message"], body["retry_after"]) = (text, seconds);
        return new(429, body, text) { RetryAfter = seconds };
    }
}
