using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syncline.Sandbox.HeyReach;

/// <summary>HeyReach's answers in the forms they are met on the wire.</summary>
internal static class Answers
{
    // ASP.NET Core's own writer leaves letters beyond ASCII as they are.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>200 without a body: most state changes and the key check.</summary>
    public static SandboxResponse Done { get; } = new(200, "", null);

    public static SandboxResponse NoRoute { get; } = new(404, "", null);
    public static SandboxResponse MissingKey { get; } = new(401, "Missing API key", null);
    public static SandboxResponse InvalidKey { get; } = new(401, "Invalid API key", null);

    public static SandboxResponse WrongMethod(IEnumerable<string> allowed) =>
        new(405, "", null) { Headers = With("Allow", string.Join(", ", allowed)) };

    public static SandboxResponse Throttled(TimeSpan wait, HeyReachBehaviour behaviour)
    {
        SandboxResponse answer = behaviour.ThrottleText ? new(429, "Too many requests", "text/plain; charset=utf-8") : new(429, "", null);
        string seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return behaviour.RetryAfter ? answer with { Headers = With("Retry-After", seconds) } : answer;
    }

    public static SandboxResponse Ok(Action<Utf8JsonWriter> write) => new(200, Text(write));

    /// <summary>A business rule's refusal.</summary>
    public static SandboxResponse Error(int status, string message) => new(status, Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("errorMessage"u8, message);
        writer.WriteEndObject();
    }));

    /// <summary>ASP.NET Core's model validation: ProblemDetails with the fields in PascalCase.</summary>
    public static SandboxResponse Invalid(IReadOnlyDictionary<string, List<string>> errors, SandboxRequest request) => new(400, Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "https://tools.ietf.org/html/rfc9110#section-15.5.1");
        writer.WriteString("title"u8, "One or more validation errors occurred.");
        writer.WriteNumber("status"u8, 400);
        writer.WriteStartObject("errors"u8);
        foreach ((string field, List<string> reasons) in errors) writer.WriteTexts(field, reasons);
        writer.WriteEndObject();
        writer.WriteString("traceId"u8, TraceId(request));
        writer.WriteEndObject();
    }), "application/problem+json; charset=utf-8");

    /// <summary>A path or query value of the wrong form.</summary>
    public static SandboxResponse Invalid(SandboxRequest request, string name) =>
        Invalid(new Dictionary<string, List<string>> { [name] = [$"The value of {name} is not valid."] }, request);

    // W3C form, from the request itself: the same request is traced alike in every run.
    private static string TraceId(SandboxRequest request)
    {
        string hex = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Path}?{request.Query} {request.Body}")));
        return $"00-{hex[..32]}-{hex[32..48]}-00";
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using (Utf8JsonWriter writer = new(buffer, Relaxed)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static Dictionary<string, string> With(string name, string value) => new(StringComparer.OrdinalIgnoreCase) { [name] = value };
}
