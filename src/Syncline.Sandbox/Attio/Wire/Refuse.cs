namespace Syncline.Sandbox.Attio.Wire;

/// <summary>The refusals of the API, with the texts seen on the wire where they are known.</summary>
internal static class Refuse
{
    private const string InvalidRequest = "invalid_request_error";
    private const string Auth = "auth_error";

    public static AttioRefusalException Bad(string code, string message) => new(400, InvalidRequest, code, message);

    public static AttioRefusalException Unauthorized(string message) => new(401, Auth, "unauthorized", message);

    // Neither code nor text of a missing scope is documented: the wording says that it is the sandbox's own.
    public static AttioRefusalException MissingScope(string scope) =>
        new(403, Auth, "unauthorized", $"Sandbox wording: the token lacks the scope \"{scope}\" that this endpoint needs.");

    public static AttioRefusalException NotFound(string message) => new(404, InvalidRequest, "not_found", message);

    /// <summary>A 404 about a record that a merge takes or took away.</summary>
    public static AttioRefusalException Gone(string code, string message) => new(404, InvalidRequest, code, message);

    public static AttioRefusalException NoRecord(string id) => NotFound($"Record with ID \"{id}\" not found.");

    public static AttioRefusalException Conflict(string message) => new(409, InvalidRequest, "slug_conflict", message);

    public static AttioRefusalException TooLarge(string message) => new(413, InvalidRequest, "validation_type", message);

    public static AttioRefusalException Throttled() =>
        new(429, "rate_limit_error", "rate_limit_exceeded", "Rate limit exceeded, please try again later");

    public static AttioRefusalException Body(string message, string expected, string received, params IReadOnlyList<string> path) =>
        Body(new ValidationFault("invalid_type", path, message, expected, received));

    public static AttioRefusalException Body(params IReadOnlyList<ValidationFault> faults) =>
        new(400, InvalidRequest, "validation_type", "Body payload validation error.") { Faults = faults };

    public static AttioRefusalException Query(string parameter, string message) =>
        new(400, InvalidRequest, "validation_type", "Query params validation error.")
        {
            Faults = [new("invalid_type", [parameter], message)],
        };

    public static AttioRefusalException Value(string slug, string message, string code = "invalid_value") =>
        new(400, InvalidRequest, "validation_type", $"An invalid value was passed to attribute with slug \"{slug}\".")
        {
            Faults = [new(code, [slug], message)],
        };

    public static AttioRefusalException NoAttribute(string name) => Bad("value_not_found", $"Cannot find attribute with slug/ID \"{name}\".");

    public static AttioRefusalException Missing(Guid attribute) =>
        Bad("missing_value", $"Required value for attribute with ID \"{attribute}\" was not provided.");

    public static AttioRefusalException Filter(string code, string message, IReadOnlyList<string> path) =>
        new(400, InvalidRequest, code, message) { FilterPath = path };
}
