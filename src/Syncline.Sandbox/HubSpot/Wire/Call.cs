using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>One routed request: who sends it, the path's variable parts, and the body.</summary>
internal sealed class Call(SandboxRequest request, ApiVersion version, Credential? credential, IReadOnlyList<string> parts) : IDisposable
{
    private static readonly JsonElement NoBody = JsonElement.Parse("{}");

    private JsonDocument? _document;

    public SandboxRequest Request => request;
    public ApiVersion Version => version;

    /// <summary>2026-09 alone enforces the portal's admin rules and normalises dates.</summary>
    public bool IsNewest => version == ApiVersion.Dated202609;

    public Credential Credential => credential ?? throw new InvalidOperationException("The endpoint is open: it has no credential.");

    public ChangeSource Source => Credential.Source;

    /// <summary>The variable segments of the path, decoded, in order.</summary>
    public string this[int index] => parts[index];

    /// <summary>The JSON body; an empty one is an empty object.</summary>
    public JsonElement Body => string.IsNullOrWhiteSpace(request.Body) ? NoBody : (_document ??= Read()).RootElement;

    public string? Parameter(string name) => request.Query.Length == 0 ? null : request.Parameter(name);

    public bool Flag(string name) => Parameter(name) == "true";

    /// <summary>The names of a list parameter, sent with commas or repeated.</summary>
    public IReadOnlyList<string> Names(string name) => request.Query.Length == 0 ? [] :
        [.. request.Parameters().Where(p => p.Key == name).SelectMany(p => p.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>A whole number of the query within its bounds, or the default.</summary>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Parameter(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Refuse.Invalid($"Invalid value for {name}: {text}. It must be between {least} and {most}.");
    }

    public void Dispose() => _document?.Dispose();

    private JsonDocument Read()
    {
        if (request.Header("Content-Type") is not { } type || !type.Contains("json", StringComparison.OrdinalIgnoreCase)) throw Refuse.WrongContent(request.Header("Content-Type"));
        try
        {
            return JsonDocument.Parse(request.Body);
        }
        catch (JsonException unreadable)
        {
            throw Refuse.Invalid($"Invalid input JSON on line {unreadable.LineNumber + 1}, column {unreadable.BytePositionInLine + 1}");
        }
    }
}
