using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Filters;

/// <summary>Reads a filter, shorthand or verbose, and refuses what the service refuses with the same codes.</summary>
internal sealed class FilterParser(AttioWorkspace workspace, AttioTable table)
{
    private static readonly Dictionary<string, Operators> ByName = new(StringComparer.Ordinal)
    {
        ["$eq"] = Operators.Eq, ["$in"] = Operators.In, ["$not_empty"] = Operators.NotEmpty, ["$contains"] = Operators.Contains,
        ["$starts_with"] = Operators.StartsWith, ["$ends_with"] = Operators.EndsWith, ["$lt"] = Operators.Lt, ["$lte"] = Operators.Lte,
        ["$gt"] = Operators.Gt, ["$gte"] = Operators.Gte,
    };

    public Condition Parse(JsonObject filter) => Object(filter, []);

    /// <summary>Follows a path's tuples from the queried table on: the references on the way, and the attribute at its end.</summary>
    public (IReadOnlyList<AttioAttribute> References, AttioAttribute Last) Walk(JsonNode? node, IReadOnlyList<string> at)
    {
        if (node is not JsonArray { Count: > 0 } tuples) throw Refuse.Filter("filter_error", "A path is an array of [object or list, attribute] tuples.", at);
        List<AttioAttribute> attributes = [];
        foreach (JsonNode? tuple in tuples)
        {
            if (tuple is not JsonArray { Count: 2 } pair) throw Refuse.Filter("filter_error", "A path's tuple names an object or list and an attribute.", at);
            attributes.Add(Step(attributes.LastOrDefault(), pair[0].Text() ?? "", pair[1].Text() ?? "", at));
        }
        return (attributes[..^1], attributes[^1]);
    }

    private AttioAttribute Step(AttioAttribute? before, string container, string name, IReadOnlyList<string> at)
    {
        AttioTable? here = before is null ? table : workspace.FindObject(container);
        bool isNamed = here is not null && (here.Slug == container || here.Id.ToString() == container);
        bool isReached = before is null || (before.Type == AttributeTypes.RecordReference && (before.Allowed is null || before.Allowed.Contains(here!)));
        if (!isNamed || !isReached) throw Refuse.Filter("filter_error", $"The path does not lead to \"{container}\".", at);
        return here!.FindLive(name) ?? throw Unknown(name, at);
    }

    private AllOf Object(JsonObject filter, IReadOnlyList<string> at)
    {
        if (filter.ContainsKey("path")) return new([Path(filter, at)]);
        return new([.. filter.Select(pair => Pair(pair.Key, pair.Value, [.. at, pair.Key]))]);
    }

    private Condition Pair(string key, JsonNode? value, IReadOnlyList<string> at) => key switch
    {
        "$and" => new AllOf(Parts(value, at)),
        "$or" => new AnyOf(Parts(value, at)),
        "$not" => new Not(Negated(value, at)),
        _ => Attribute(key, value, at),
    };

    private Condition[] Parts(JsonNode? value, IReadOnlyList<string> at)
    {
        if (value is not JsonArray parts) throw Refuse.Filter("filter_error", "Expected an array of filters.", at);
        return [.. parts.Select((part, i) => part is JsonObject inner
            ? (Condition)Object(inner, [.. at, $"{i}"])
            : throw Refuse.Filter("filter_error", "Expected a filter object.", [.. at, $"{i}"]))];
    }

    // $not wraps one attribute's condition: a logical operator inside it is taken for an attribute's name.
    private Condition Negated(JsonNode? value, IReadOnlyList<string> at)
    {
        if (value is not JsonObject { Count: 1 } inner) throw Refuse.Filter("filter_error", "$not takes the condition of one attribute.", at);
        (string key, JsonNode? condition) = inner.First();
        return Attribute(key, condition, [.. at, key]);
    }

    private PathCondition Path(JsonObject filter, IReadOnlyList<string> at)
    {
        (IReadOnlyList<AttioAttribute> references, AttioAttribute last) = Walk(filter["path"], [.. at, "path"]);
        if (filter["constraints"] is not JsonObject constraints) throw Refuse.Filter("filter_error", "A path needs constraints.", at);
        return new(references, Verbose(last, constraints, [.. at, "constraints"]));
    }

    private Condition Attribute(string name, JsonNode? value, IReadOnlyList<string> at)
    {
        AttioAttribute attribute = table.FindLive(name) ?? throw Unknown(name, at);
        if (value is JsonObject verbose) return Verbose(attribute, verbose, at);
        if (!value.IsScalar() || !attribute.Type.HasShorthand)
        {
            throw Refuse.Filter("filter_error", $"Invalid filter value for attribute \"{attribute.Slug}\".", at);
        }
        return new AttributeCondition(attribute, [Test(attribute, attribute.Type.Fields[0], "$eq", value, at)]);
    }

    private Condition Verbose(AttioAttribute attribute, JsonObject verbose, IReadOnlyList<string> at)
    {
        if (verbose.Count == 0) throw Refuse.Filter("filter_error", $"Empty condition for attribute \"{attribute.Slug}\".", at);
        if (verbose.Count == 1 && verbose["$not_empty"].Flag() == false)
        {
            return new Not(new AttributeCondition(attribute, [Test(attribute, attribute.Type.Fields[0], "$not_empty", JsonValue.Create(true), at)]));
        }
        string[] fields = [.. verbose.Select(p => p.Key).Where(k => !k.StartsWith('$'))];
        string? missing = attribute.Type.NeededFields.FirstOrDefault(f => !fields.Contains(f));
        if (missing is not null) throw Refuse.Filter("filter_error", $"The field \"{missing}\" must be given as well.", at);
        return new AttributeCondition(attribute, [.. verbose.SelectMany(p => Tests(attribute, p.Key, p.Value, [.. at, p.Key]))]);
    }

    private IEnumerable<FieldTest> Tests(AttioAttribute attribute, string key, JsonNode? value, IReadOnlyList<string> at)
    {
        if (key.StartsWith('$')) return [Test(attribute, attribute.Type.Fields[0], key, value, at)];
        FilterField field = attribute.Type.Fields.FirstOrDefault(f => f.Name == key)
            ?? throw Refuse.Filter("invalid_filter_field", $"Invalid field \"{key}\" for attribute of type \"{attribute.Type.Name}\".", at);
        return value switch
        {
            JsonObject { Count: > 0 } operators => operators.Select(p => Test(attribute, field, p.Key, p.Value, [.. at, p.Key])),
            JsonValue => [Test(attribute, field, "$eq", value, at)],
            _ => throw Refuse.Filter("filter_error", $"Invalid filter value for field \"{key}\".", at),
        };
    }

    private FieldTest Test(AttioAttribute attribute, FilterField field, string name, JsonNode? value, IReadOnlyList<string> at)
    {
        if (!ByName.TryGetValue(name, out Operators used) || !Allowed(attribute, field).HasFlag(used))
        {
            throw Refuse.Filter("invalid_filter_operator", $"Invalid operator \"{name}\" for attribute of type \"{attribute.Type.Name}\".", at);
        }
        bool ignoresCase = attribute.Type == AttributeTypes.Text && workspace.Switches.TextIgnoresCase;
        return new(field, used, Operands(new(workspace, attribute), field, used, value, at), ignoresCase);
    }

    private Operators Allowed(AttioAttribute attribute, FilterField field) =>
        attribute.Type == AttributeTypes.Text && workspace.Switches.TextTakesNotEmpty ? field.Allowed | Operators.NotEmpty : field.Allowed;

    private static IReadOnlyList<IComparable> Operands(Slot slot, FilterField field, Operators used, JsonNode? value, IReadOnlyList<string> at)
    {
        if (used == Operators.NotEmpty) return value.Flag() == true ? [] : throw Refuse.Filter("filter_error", "$not_empty takes true.", at);
        if (used != Operators.In) return [Operand(slot, field, value, at)];
        if (value is not JsonArray values) throw Refuse.Filter("filter_error", "$in takes an array.", at);
        int most = slot.Workspace.Switches.MostInList;
        if (most > 0 && values.Count > most) throw Refuse.Filter("filter_error", $"$in takes at most {most} values.", at);
        return [.. values.Select(v => Operand(slot, field, v, at))];
    }

    private static IComparable Operand(Slot slot, FilterField field, JsonNode? value, IReadOnlyList<string> at)
    {
        IComparable? operand = value is JsonValue ? field.Operand(value, slot) : null;
        return operand ?? throw Refuse.Filter("filter_error", field.BadOperand, at);
    }

    private static AttioRefusalException Unknown(string name, IReadOnlyList<string> at) =>
        Refuse.Filter("unknown_filter_attribute_slug", $"Unknown attribute slug: {name}.", at);
}
