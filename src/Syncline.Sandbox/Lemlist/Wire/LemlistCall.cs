using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Wire;

/// <summary>One routed request: who calls, the path's variable parts, and the parts of query and body that endpoints ask for.</summary>
internal sealed class LemlistCall(SandboxRequest request, ApiKey key, IReadOnlyList<string> parts, LemlistBehaviour behaviour)
{
    /// <summary>The user behind the key.</summary>
    public LemlistUser User => key.User!;

    /// <summary>The variable segments of the path, decoded, in order.</summary>
    public string this[int index] => parts[index];

    public IEnumerable<KeyValuePair<string, string>> Parameters => request.Parameters();

    public string? One(string name) => request.Parameter(name) is { Length: > 0 } text ? text : null;

    /// <summary>The values of a parameter that may be repeated or hold a comma list.</summary>
    public IReadOnlyList<string> Several(string name) =>
        [.. request.Parameters().Where(p => p.Key == name).SelectMany(p => p.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public bool IsTrue(string name) => One(name) == "true";

    /// <summary>A whole number of the query, or the default.</summary>
    public int Whole(string name, int otherwise, int least = 0)
    {
        if (One(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least ? number : throw Refuse.Bad($"invalid {name} parameter");
    }

    /// <summary>The size of a page; above the most it is refused or cut.</summary>
    public int Limit(int most, int? otherwise = null)
    {
        int limit = Whole("limit", otherwise ?? most, least: 1);
        if (limit > most && behaviour.OverLimit == OutOfBounds.Refuse) throw Refuse.Bad("limit is too high");
        return Math.Min(limit, most);
    }

    public DateTimeOffset? Time(string name) => One(name) is not { } text ? null : WireTime.Read(text) ?? throw Refuse.Bad($"invalid {name} parameter");

    public JsonObject Body() => JsonText.ReadObject(request.Body) ?? throw Refuse.Bad("the body is not a JSON object");
}
