using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Attio.Wire;

/// <summary>One routed request: who sends it, the path's variable parts, and the parts of the body that endpoints ask for.</summary>
internal sealed class Call(SandboxRequest request, AttioToken token, IReadOnlyList<string> parts)
{
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    public AttioActor Actor => token.Actor;
    public AttioToken Token => token;

    /// <summary>The variable segments of the path, decoded, in order.</summary>
    public string this[int index] => parts[index];

    /// <summary>The body as an object; an empty body is an empty object.</summary>
    public JsonObject Body => field ??= ReadBody();

    /// <summary>The <c>data</c> object that every create and update wraps.</summary>
    public JsonObject Data() => Child(Body, "data", "data");

    /// <summary>An object under <c>data</c>; no key but it and <paramref name="others"/> may stand there when <paramref name="strict"/>.</summary>
    public JsonObject DataPart(string name, bool strict, params IReadOnlyList<string> others)
    {
        JsonObject data = Data();
        JsonObject part = Child(data, name, "data", name);
        if (strict) RefuseExtra(data, [name, .. others]);
        return part;
    }

    public static void RefuseExtra(JsonObject data, IReadOnlyCollection<string> known)
    {
        string[] extra = [.. data.Select(p => p.Key).Where(k => !known.Contains(k))];
        if (extra.Length == 0) return;
        string names = string.Join(", ", extra.Select(k => $"'{k}'"));
        throw Refuse.Body(new ValidationFault("unrecognized_keys", ["data"], $"Unrecognized key(s) in object: {names}"));
    }

    public string? Parameter(string name) => request.Parameter(name);

    public bool Flag(string name) => Parameter(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Refuse.Query(name, "Expected boolean"),
    };

    /// <summary>A whole number of the query string within its bounds, or the default.</summary>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Parameter(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Refuse.Query(name, $"Expected an integer from {least} to {most}");
    }

    private static JsonObject Child(JsonObject parent, string name, params string[] path) =>
        parent[name] as JsonObject ?? throw Refuse.Body("Required", "object", JsonReading.KindOf(parent, name), path);

    private JsonObject ReadBody()
    {
        if (string.IsNullOrWhiteSpace(request.Body)) return [];
        try
        {
            return JsonNode.Parse(request.Body, documentOptions: NoDuplicates) as JsonObject ?? throw Refuse.Body("Expected object", "object", "other");
        }
        catch (JsonException unreadable)
        {
            throw Refuse.Body(new ValidationFault("invalid_json", [], unreadable.Message));
        }
    }
}
