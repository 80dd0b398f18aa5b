using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>What a write sends for one attribute, parsed and normalised.</summary>
internal sealed record DraftValue(AttioAttribute Attribute, IReadOnlyList<object> Payloads);

/// <summary>Reads the <c>values</c> of a write. Every refusal comes before anything is stored.</summary>
internal static class Draft
{
    public static IReadOnlyList<DraftValue> Read(AttioWorkspace workspace, AttioTable table, JsonObject values)
    {
        Dictionary<AttioAttribute, DraftValue> drafts = [];
        foreach ((string name, JsonNode? node) in values)
        {
            AttioAttribute attribute = table.FindLive(name) ?? throw Refuse.NoAttribute(name);
            if (attribute.IsWritable) drafts[attribute] = new(attribute, Payloads(new(workspace, attribute), node));
            else if (attribute.Origin == Origin.ParentRecord) throw Refuse.Bad("immutable_value", "The parent of an entry cannot be changed.");
            else if (workspace.Switches.RefusesReadOnly) throw Refuse.Bad("validation_type", $"Attribute with slug \"{attribute.Slug}\" is not writable.");
        }
        return [.. drafts.Values];
    }

    /// <summary>The payloads of one attribute's written value, without repetitions.</summary>
    public static IReadOnlyList<object> Payloads(Slot slot, JsonNode? node)
    {
        IEnumerable<object?> parsed = node switch
        {
            JsonArray { Count: > 1 } when !slot.Attribute.IsMulti => throw slot.Refuse("Multiple values were passed to a single-value attribute.", "too_big"),
            JsonArray elements => elements.Select(e => Parse(slot, e, inArray: true)),
            _ when slot.Attribute.IsMulti => throw slot.Refuse($"Expected array, received {JsonReading.KindOf(node)}.", "invalid_type"),
            null => [],
            _ => [Parse(slot, node, inArray: false)],
        };
        return [.. parsed.OfType<object>().DistinctBy(slot.Attribute.Type.Key)];
    }

    private static object? Parse(Slot slot, JsonNode? element, bool inArray) =>
        element is null ? throw slot.Refuse("Expected a value, received null.", "invalid_type") : slot.Attribute.Type.Parse(element, slot, inArray);
}
