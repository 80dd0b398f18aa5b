using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Anthropic.Wire;

/// <summary>A request that would not be carried out.</summary>
internal sealed class AnthropicRefusalException(int status, string type, string message) : InvalidOperationException(message)
{
    public int Status => status;
    public string Type => type;

    /// <summary>The code in the error's details, or null.</summary>
    public string? Code { get; init; }

    /// <summary>Seconds of retry-after, or null.</summary>
    public int? RetryAfter { get; init; }

    public JsonObject Error()
    {
        JsonObject error = new() { ["type"] = type, ["message"] = Message };
        if (Code is not null) error["details"] = new JsonObject { ["error_code"] = Code };
        return error;
    }
}

/// <summary>The refusals.</summary>
internal static class Refuse
{
    public static AnthropicRefusalException Bad(string message) => new(400, "invalid_request_error", message);

    public static AnthropicRefusalException Unauthorized(string message) => new(401, "authentication_error", message);

    public static AnthropicRefusalException NotFound(string message) => new(404, "not_found_error", message);

    public static AnthropicRefusalException TooLarge() => new(413, "request_too_large", "Request exceeds the maximum size");

    public static AnthropicRefusalException Throttled(string what, int? seconds) =>
        new(429, "rate_limit_error", $"This request would exceed your rate limit of {what}") { RetryAfter = seconds };

    public static AnthropicRefusalException Of(AnthropicFault fault, int retryAfter) => fault switch
    {
        AnthropicFault.RateLimited => Throttled("requests per minute", retryAfter > 0 ? retryAfter : null),
        AnthropicFault.SpendLimit => new(429, "rate_limit_error", "The spend limit is reached") { Code = "enforced_spend_limit_reached", RetryAfter = retryAfter > 0 ? retryAfter : null },
        AnthropicFault.Overloaded => new(529, "overloaded_error", "Overloaded"),
        AnthropicFault.TimeoutAfterWork => new(504, "timeout_error", "The request timed out"),
        _ => new(500, "api_error", "Internal server error"),
    };
}
