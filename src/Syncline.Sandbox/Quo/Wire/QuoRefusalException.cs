using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo.Wire;

/// <summary>One entry of an answer's <c>errors</c>.</summary>
/// <param name="Path">A JSON pointer, <c>/query/limit</c>.</param>
/// <param name="Type">What the schema asked for.</param>
internal sealed record QuoFault(string Path, string Message, JsonNode? Value, string Type);

/// <summary>A request that Quo would not carry out. Thrown before anything is stored, so that a refusal never leaves half an effect.</summary>
internal sealed class QuoRefusalException(int status, string message) : InvalidOperationException(message)
{
    public int Status { get; } = status;

    /// <summary>What follows the family's two digits in the v1 code, <c>01400</c>; null for the usual one.</summary>
    public string? Code { get; init; }

    public string? Title { get; init; }

    public IReadOnlyList<QuoFault> Faults { get; init; } = [];
}

/// <summary>The refusals of both surfaces. Texts are the sandbox's own: no document gives them.</summary>
internal static class Refuse
{
    public static QuoRefusalException Bad(string path, string message, JsonNode? value = null, string type = "string") =>
        Bad([new(path, message, value, type)]);

    public static QuoRefusalException Bad(IReadOnlyList<QuoFault> faults) =>
        new(400, string.Join("; ", faults.Select(f => $"{f.Path}: {f.Message}"))) { Faults = faults };

    public static QuoRefusalException CustomField(IReadOnlyList<QuoFault> faults) =>
        new(400, "Invalid custom field item") { Code = "01400", Title = "Invalid Custom Field Item", Faults = faults };

    public static QuoRefusalException TooManyParticipants() =>
        new(400, "Calls with more than two parties are not supported") { Code = "01400", Title = "Too Many Participants" };

    public static QuoRefusalException Unauthorized(string message) => new(401, message);

    public static QuoRefusalException Forbidden(string message) => new(403, message);

    /// <summary>Unknown here, or another workspace's: Quo does not tell them apart.</summary>
    public static QuoRefusalException NotFound(string what) => new(404, $"{what} not found");

    public static QuoRefusalException Conflict() => new(409, "Conflict");

    public static QuoRefusalException Throttled() => new(429, "Too many requests");

    public static QuoRefusalException Broken() => new(500, "An unknown error occurred");
}
