using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Filters;

/// <summary>One key of an order. Rows without a value come last in both directions.</summary>
internal sealed record Sort(IReadOnlyList<AttioAttribute> References, AttioAttribute Attribute, FilterField Field, bool Descends)
{
    /// <summary>True for the one order that the rows are kept in.</summary>
    public bool IsByCreation => References.Count == 0 && Attribute.Origin == Origin.CreatedAt;

    public IComparable? Key(Row row)
    {
        HeldValue? value = PathCondition.Reach(row, References).SelectMany(r => r.Current(Attribute)).FirstOrDefault();
        if (value is null) return null;
        return Field.IsActiveFrom ? value.From : Field.Get(value.Payload);
    }

    public int Compare(IComparable? left, IComparable? right)
    {
        if (left is null || right is null) return (left is null).CompareTo(right is null);
        int order = left is string text ? string.CompareOrdinal(text, (string)right) : left.CompareTo(right);
        return Descends ? -order : order;
    }

    public static IReadOnlyList<Sort> Read(AttioWorkspace workspace, AttioTable table, JsonNode? sorts) => sorts switch
    {
        null => [],
        JsonArray array => [.. array.Select((node, i) => ReadOne(workspace, table, node, $"{i}"))],
        _ => throw Refuse.Body("Expected array", "array", JsonReading.KindOf(sorts), "sorts"),
    };

    private static Sort ReadOne(AttioWorkspace workspace, AttioTable table, JsonNode? node, string index)
    {
        if (node is not JsonObject sort) throw Refuse.Body("Expected object", "object", JsonReading.KindOf(node), "sorts", index);
        if (sort["direction"].Text() is not ("asc" or "desc"))
            throw Refuse.Body("Invalid direction", "asc|desc", JsonReading.KindOf(sort, "direction"), "sorts", index, "direction");
        (IReadOnlyList<AttioAttribute> references, AttioAttribute attribute) = sort.ContainsKey("path")
            ? new FilterParser(workspace, table).Walk(sort["path"], ["sorts", index, "path"])
            : ([], Find(table, sort, index));
        return new(references, attribute, FindField(attribute, sort["field"].Text(), index), sort["direction"].Text() == "desc");
    }

    private static AttioAttribute Find(AttioTable table, JsonObject sort, string index)
    {
        string name = sort["attribute"].Text() ?? throw Refuse.Body("Required", "string", JsonReading.KindOf(sort, "attribute"), "sorts", index, "attribute");
        return table.FindLive(name) ?? throw Refuse.Filter("unknown_filter_attribute_slug", $"Unknown attribute slug: {name}.", ["sorts", index, "attribute"]);
    }

    private static FilterField FindField(AttioAttribute attribute, string? name, string index) =>
        attribute.Type.Fields.FirstOrDefault(f => name is null || f.Name == name)
        ?? throw Refuse.Filter("invalid_filter_field", $"Invalid field \"{name}\" for attribute of type \"{attribute.Type.Name}\".", ["sorts", index, "field"]);
}
