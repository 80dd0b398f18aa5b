using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Wire;

/// <summary>Reads a body strictly and gathers what is wrong with it, each with the place where it stands.</summary>
internal sealed class BodyReader
{
    private readonly List<BodyFault> _faults = [];
    private readonly JsonObject _body;

    /// <param name="known">Members besides request_context.</param>
    public BodyReader(string text, params string[] known)
    {
        _body = JsonText.ReadObject(text) ?? throw Refuse.Invalid([new([0], "Expecting value", "value_error.jsondecode")]);
        RefuseOthers(_body, [], [.. known, "request_context"]);
    }

    public JsonObject Parameters => _body["parameters"] as JsonObject ?? [];

    public JsonObject? Object(string name) => _body[name] as JsonObject;

    public void Fault(IReadOnlyList<JsonNode> at, string message, string type, JsonObject? context = null) => _faults.Add(new(at, message, type, context));

    /// <summary>Throws when anything read so far was wrong.</summary>
    public void Check()
    {
        if (_faults.Count > 0) throw Refuse.Invalid(_faults);
    }

    public string Needed(string name)
    {
        if (!_body.ContainsKey(name)) Missing(name);
        else if (_body[name].Str() is { } text) return text;
        else Fault([name], "str type expected", "type_error.str");
        return "";
    }

    public string Id(string name, Regex pattern)
    {
        string id = Needed(name);
        if (id.Length > 0 && !pattern.IsMatch(id)) BadPattern([name], pattern);
        return id;
    }

    /// <summary>The ids of an array; each that is none is a fault at its index.</summary>
    public string[] Ids(string name, Regex pattern, int most)
    {
        JsonArray items = Items(name, most);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is null) Fault([name, i], "none is not an allowed value", "type_error.none.not_allowed");
            else if (items[i].Str() is not { } id) Fault([name, i], "str type expected", "type_error.str");
            else if (!pattern.IsMatch(id)) BadPattern([name, i], pattern);
        }
        return [.. items.Select(i => i.Str() ?? "")];
    }

    /// <summary>The objects of an array, their members known and texts.</summary>
    /// <param name="nullable">Whether a member may be null.</param>
    public JsonObject[] Objects(string name, int most, string[] members, bool nullable)
    {
        JsonArray items = Items(name, most);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is not JsonObject item)
            {
                Fault([name, i], "value is not a valid dict", "type_error.dict");
                continue;
            }
            RefuseOthers(item, [name, i], members);
            foreach ((string member, JsonNode? value) in item)
            {
                if (value is null && !nullable) Fault([name, i, member], "none is not an allowed value", "type_error.none.not_allowed");
                else if (value is not null && value.Str() is null) Fault([name, i, member], "str type expected", "type_error.str");
            }
        }
        return [.. items.OfType<JsonObject>()];
    }

    /// <summary>Texts out of those allowed.</summary>
    public string[] Words(string name, IReadOnlyCollection<string> allowed)
    {
        JsonArray items = Items(name, int.MaxValue);
        for (int i = 0; i < items.Count; i++)
        {
            if (!allowed.Contains(items[i].Str() ?? "")) Fault([name, i], "value is not a valid enumeration member", "type_error.enum");
        }
        return [.. items.Select(i => i.Str() ?? "")];
    }

    /// <summary>The members of parameters: those needed there, no others than those known.</summary>
    public void CheckParameters(string[] needed, string[] allowed)
    {
        if (_body["parameters"] is not (null or JsonObject)) Fault(["parameters"], "value is not a valid dict", "type_error.dict");
        foreach (string name in needed.Where(n => !Parameters.ContainsKey(n))) Fault(["parameters", name], "field required", "value_error.missing");
        RefuseOthers(Parameters, ["parameters"], [.. needed, .. allowed]);
    }

    public void Missing(string name) => Fault([name], "field required", "value_error.missing");

    private void BadPattern(IReadOnlyList<JsonNode> at, Regex pattern) =>
        Fault(at, $"string does not match regex \"{pattern}\"", "value_error.str.regex", new() { ["pattern"] = pattern.ToString() });

    private JsonArray Items(string name, int most)
    {
        if (!_body.ContainsKey(name)) Missing(name);
        else if (_body[name] is not JsonArray items) Fault([name], "value is not a valid list", "type_error.list");
        else if (items.Count == 0) Fault([name], "ensure this value has at least 1 items", "value_error.list.min_items", new() { ["limit_value"] = 1 });
        else if (items.Count > most) Fault([name], $"ensure this value has at most {most} items", "value_error.list.max_items", new() { ["limit_value"] = most });
        else return items;
        return [];
    }

    private void RefuseOthers(JsonObject held, IReadOnlyList<JsonNode> at, string[] known)
    {
        foreach (string name in held.Select(p => p.Key).Where(k => !known.Contains(k))) Fault([.. at, name], "extra fields not permitted", "value_error.extra");
    }
}
