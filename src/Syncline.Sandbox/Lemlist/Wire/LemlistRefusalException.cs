using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Lemlist.Wire;

/// <summary>A request that lemlist would not carry out. Thrown before anything is stored, so that a refusal never leaves half an effect.</summary>
internal sealed class LemlistRefusalException(int status, string message) : InvalidOperationException(message)
{
    public int Status { get; } = status;

    /// <summary>The body where it is JSON; null where it is the message as plain text.</summary>
    public JsonNode? Body { get; init; }
}

/// <summary>The refusals in their three forms.</summary>
internal static class Refuse
{
    public static LemlistRefusalException Text(int status, string message) => new(status, message);

    public static LemlistRefusalException Bad(string what) => new(400, $"Bad params ({what})");

    public static LemlistRefusalException NotFound(string what) => new(404, $"{what} not found");

    /// <summary>The form of contacts and companies.</summary>
    public static LemlistRefusalException Crm(int status, string code, string message) =>
        new(status, message) { Body = new JsonObject { ["success"] = false, ["error"] = new JsonObject { ["code"] = code, ["message"] = message } } };

    /// <summary>The form of <c>/fields</c>.</summary>
    public static LemlistRefusalException Fields(int status, string message) => new(status, message) { Body = new JsonObject { ["success"] = false, ["error"] = message } };

    public static LemlistRefusalException Throttled() => new(429, "Too many requests");

    public static LemlistRefusalException Broken() => new(500, "Internal server error");
}
