using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Syncline.Sandbox.Hosting.Control;

/// <summary>What the control API says to one request.</summary>
/// <param name="Problem">Why nothing was done, for people; null when it was done.</param>
/// <param name="Allow">The methods understood here, where the answer has to name them.</param>
internal sealed record ControlAnswer(int Status, string Json = "", string? Problem = null, string? Allow = null)
{
    public static ControlAnswer Done { get; } = new(204);

    public static ControlAnswer Of<T>(T value, JsonTypeInfo<T> type) => new(200, JsonSerializer.Serialize(value, type));

    public static ControlAnswer Refuse(int status, string problem) =>
        new(status, JsonSerializer.Serialize(new ProblemView(problem), Readable.Json.ProblemView), problem);

    public SandboxResponse ToResponse()
    {
        SandboxResponse response = new(Status, Json, Json.Length > 0 ? "application/json; charset=utf-8" : null);
        return response with { Headers = HeadersWith(Allow) };
    }

    private static Dictionary<string, string> HeadersWith(string? allow)
    {
        Dictionary<string, string> headers = new() { ["Cache-Control"] = "no-store", ["X-Content-Type-Options"] = "nosniff" };
        if (allow is not null) headers["Allow"] = allow;
        return headers;
    }
}
