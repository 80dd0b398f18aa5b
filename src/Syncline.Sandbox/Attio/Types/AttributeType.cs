using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

/// <summary>Where a value stands: its workspace (switches, members, targets of references) and its attribute.</summary>
internal readonly record struct Slot(AttioWorkspace Workspace, AttioAttribute Attribute)
{
    public AttioRefusalException Refuse(string message, string code = "invalid_value") => Wire.Refuse.Value(Attribute.Slug, message, code);
}

/// <summary>
/// What an attribute type accepts, keeps, answers and lets be filtered. A kept value ("payload") is one small immutable object, so that a hundred thousand records
/// stay small; the JSON of an answer is written from it on demand.
/// </summary>
internal abstract class AttributeType
{
    /// <summary>The type's name on the wire.</summary>
    public abstract string Name { get; }

    /// <summary>False for what only the service itself makes.</summary>
    public virtual bool IsCreatable => true;

    public virtual bool MayBeMulti => false;

    /// <summary>True where two records can be told apart by a value.</summary>
    public virtual bool MayBeUnique => false;

    /// <summary>The main field first.</summary>
    public abstract IReadOnlyList<FilterField> Fields { get; }

    /// <summary>Fields that a filter must name together; empty where each stands alone.</summary>
    public virtual IReadOnlyList<string> NeededFields => [];

    /// <summary>False where a bare scalar names no single field.</summary>
    public virtual bool HasShorthand => true;

    /// <summary>One written element as a payload, normalised. Null when the service takes the element and stores nothing.</summary>
    /// <param name="inArray">The element stood in an array.</param>
    public abstract object? Parse(JsonNode element, Slot slot, bool inArray);

    /// <summary>The fields of one value beside the envelope.</summary>
    public abstract void Write(Utf8JsonWriter writer, object payload, Slot slot);

    /// <summary>What makes two payloads the same value.</summary>
    public virtual object Key(object payload) => Fields[0].Get(payload) ?? payload;

    /// <summary>For people who look: the value in one plain text.</summary>
    public virtual string Text(object payload) => Fields[0].Get(payload)?.ToString() ?? "";

    /// <summary>The scalar itself, or the scalar under the type's one key.</summary>
    protected static JsonNode? Unwrap(JsonNode element, string key, Slot slot)
    {
        if (element is not JsonObject wrapped) return element is JsonArray ? throw slot.Refuse("Arrays may not be nested.") : element;
        return wrapped.TryGetPropertyValue(key, out JsonNode? inner) ? inner : throw slot.Refuse($"Required key \"{key}\" is missing.", "invalid_type");
    }

    protected static string NeedText(JsonNode element, string key, Slot slot)
    {
        JsonNode? inner = Unwrap(element, key, slot);
        return inner.Text() ?? throw slot.Refuse($"Expected string, received {JsonReading.KindOf(inner)}.", "invalid_type");
    }
}
