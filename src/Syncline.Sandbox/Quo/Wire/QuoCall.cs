using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo.Wire;

/// <summary>One routed request: the key it came with, the path's variable parts, and the parts of query and body that endpoints ask for.</summary>
internal sealed class QuoCall(SandboxRequest request, ApiKey key, IReadOnlyList<string> parts)
{
    public ApiKey Key => key;

    public bool IsV1 { get; } = Surface.IsV1(request.Path);

    /// <summary>The variable segments of the path, decoded, in order.</summary>
    public string this[int index] => parts[index];

    public IEnumerable<KeyValuePair<string, string>> Parameters => request.Parameters();

    public string? One(string name) => request.Parameter(name);

    public IReadOnlyList<string> All(string name) => [.. request.Parameters().Where(p => p.Key == name).Select(p => p.Value)];

    /// <summary>The body as an object.</summary>
    public JsonObject Body()
    {
        try
        {
            return JsonNode.Parse(request.Body) as JsonObject ?? throw Refuse.Bad("/body", "must be an object", type: "object");
        }
        catch (JsonException)
        {
            throw Refuse.Bad("/body", "is not JSON", type: "object");
        }
    }

    /// <summary>A whole number of the query within its bounds; without a default it must be there.</summary>
    public int Whole(string name, int most, int? otherwise = null)
    {
        string path = PathOf(name);
        if (One(name) is not { } text) return otherwise ?? throw Refuse.Bad(path, "is required", type: "integer");
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most
            ? number
            : throw Refuse.Bad(path, $"must be a whole number from 1 to {most}", text, "integer");
    }

    public DateTimeOffset? Time(string name) =>
        One(name) is not { } text ? null : WireTime.Read(text) ?? throw Refuse.Bad(PathOf(name), "must be a date-time", text);

    /// <summary>Texts sent by repeating the key. The real parser makes an object of more than twenty, and then refuses it.</summary>
    public IReadOnlyList<string> Repeated(string name, int longest)
    {
        const int most = 20;
        IReadOnlyList<string> texts = All(name);
        if (texts.Count > most) throw Refuse.Bad(PathOf(name), "Expected array", type: "array");
        if (texts.FirstOrDefault(t => t.Length == 0 || t.Length > longest) is { } wrong) throw Refuse.Bad(PathOf(name), $"must have 1 to {longest} characters", wrong);
        return texts;
    }

    /// <summary>The path's id; one of another kind is malformed, not unknown.</summary>
    public string Id(int index, string prefix) =>
        this[index].StartsWith(prefix, StringComparison.Ordinal) ? this[index] : throw Refuse.Bad("/params/id", $"must match ^{prefix}(.*)$", this[index]);

    public static string PathOf(string parameter) => "/query/" + parameter;
}
