using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo.Wire;

/// <summary>Reads the members of a body, one object at a time, and collects what is wrong with them.</summary>
/// <param name="faults">Shared by the readers of one body.</param>
internal sealed class BodyReader(JsonObject body, string path, List<QuoFault> faults)
{
    public bool Has(string name) => body.ContainsKey(name);

    public JsonNode? this[string name] => body[name];

    public IEnumerable<string> Names => body.Select(p => p.Key);

    public void Fault(string name, string message, string type = "string") => faults.Add(new($"{path}/{name}", message, body[name], type));

    /// <summary>An optional text within its length; null is a value where it is allowed.</summary>
    public Sent<string?> Text(string name, int most = int.MaxValue, bool nullable = true)
    {
        if (!body.TryGetPropertyValue(name, out JsonNode? node)) return default;
        if (node is null && nullable) return new(null, true);
        if (node.Text() is not { } text) Fault(name, $"Expected string, received {KindOf(node)}");
        else if (most < int.MaxValue && (text.Length < 1 || text.Length > most)) Fault(name, $"must have 1 to {most} characters");
        else return new(text, true);
        return default;
    }

    public string? Needed(string name, int most = int.MaxValue, bool nullable = false)
    {
        if (!Has(name)) Fault(name, "Required");
        return Text(name, most, nullable).Value;
    }

    /// <summary>A reader for an object within; null when it is absent or something else, which is a fault.</summary>
    public BodyReader? Child(string name)
    {
        if (!Has(name)) return null;
        if (body[name] is JsonObject child) return new(child, $"{path}/{name}", faults);
        Fault(name, "Expected object", "object");
        return null;
    }

    /// <summary>Readers for the objects of an array within; not there when it is absent.</summary>
    public Sent<IReadOnlyList<BodyReader>> Children(string name)
    {
        if (!Has(name)) return new([], false);
        if (body[name] is JsonArray array && array.All(i => i is JsonObject))
        {
            return new([.. array.Select((item, i) => new BodyReader((JsonObject)item!, $"{path}/{name}/{i}", faults))], true);
        }
        Fault(name, "Expected array of objects", "array");
        return new([], false);
    }

    private static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind kind => kind.ToString().ToLowerInvariant(),
    };
}
