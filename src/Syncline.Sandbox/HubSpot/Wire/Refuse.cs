using System.Globalization;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>The refusals that several endpoints share, with the texts seen on the wire where they are known.</summary>
internal static class Refuse
{
    public static readonly LimitPolicy TenSecondly = new("TEN_SECONDLY_ROLLING", "ten_secondly_rolling"), Secondly = new("SECONDLY", "secondly"), Daily = new("DAILY", "daily");

    public static HubSpotRefusalException Invalid(string message) => new(400, "VALIDATION_ERROR", message);

    public static HubSpotRefusalException Invalid(string message, params IReadOnlyList<ErrorDetail> details) => new(400, "VALIDATION_ERROR", message) { Details = details };

    public static HubSpotRefusalException NotFound(string message = "resource not found") => new(404, "OBJECT_NOT_FOUND", message);

    public static HubSpotRefusalException UnknownPath(string path) => new(404, "OBJECT_NOT_FOUND", $"No handler is registered for {path}");

    public static HubSpotRefusalException WrongMethod(string method) => new(405, "INVALID_METHOD", $"HTTP 405 Method Not Allowed: {method}");

    public static HubSpotRefusalException WrongContent(string? type) => new(415, "INVALID_CONTENT_TYPE", $"HTTP 415 Unsupported Media Type: {type ?? "none"}");

    public static HubSpotRefusalException NoCredentials() => new(401, "INVALID_AUTHENTICATION",
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview");

    public static HubSpotRefusalException Expired(DateTimeOffset at, DateTimeOffset now) => new(401, "EXPIRED_AUTHENTICATION",
        $"The OAuth token used to make this call expired {((long)(now - at).TotalSeconds).ToString(CultureInfo.InvariantCulture)} second(s) ago.")
    {
        Context = Naming("expire time", WireTime.Write(at.ToUnixTimeMilliseconds())),
    };

    public static HubSpotRefusalException MissingScopes(IReadOnlyList<string> scopes)
    {
        const string message = "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.";
        return new(403, "MISSING_SCOPES", message)
        {
            Details = [new("One or more of the following scopes are required.") { Context = new Dictionary<string, IReadOnlyList<string>> { ["requiredGranularScopes"] = scopes } }],
        };
    }

    public static HubSpotRefusalException Throttled(LimitPolicy policy, int? retryAfter = null) =>
        new(429, "RATE_LIMITS", $"You have reached your {policy.Words} limit.") { Policy = policy, RetryAfter = retryAfter };

    public static HubSpotRefusalException Locked() => new(423, "LOCKED", "The record is locked because of a high volume of writes. Try again after 2 seconds.");

    public static HubSpotRefusalException UnknownType(string name) => Invalid($"Unable to infer object type from: {name}");

    public static HubSpotRefusalException ContactExists(long? id) => id is { } known
        ? new(409, "CONFLICT", $"Contact already exists. Existing ID: {known}") { Context = Naming("existingId", $"{known}") }
        : new(409, "CONFLICT", "Contact already exists");

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Naming(string name, params IReadOnlyList<string> values) =>
        new Dictionary<string, IReadOnlyList<string>> { [name] = values };
}
