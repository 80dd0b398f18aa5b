using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

/// <summary>Points at a record. The target may be gone where the workspace does not clear references on delete.</summary>
internal sealed record RecordPointer(AttioTable Target, Guid Id);

internal sealed class RecordReferenceType : AttributeType
{
    /// <summary>What a bare text names in a reference to one standard object.</summary>
    private static readonly Dictionary<string, string> BareKeys = new(StringComparer.Ordinal)
    {
        ["companies"] = "domains", ["people"] = "email_addresses", ["users"] = "user_id", ["workspaces"] = "workspace_id",
    };

    public override string Name => "record-reference";
    public override bool MayBeMulti => true;
    public override bool HasShorthand => false;

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        FilterField.LowerText("target_record_id", Operators.Eq | Operators.In, p => ((RecordPointer)p).Id.ToString()),
        new("target_object", Operators.Eq, p => ((RecordPointer)p).Target.Slug)
        {
            Operand = (node, slot) => node.Text() is { } text ? slot.Workspace.FindObject(text)?.Slug ?? text : null,
        },
    ];

    public override object Key(object payload) => payload;

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        if (element is JsonObject written) return ParseObject(written, slot);
        string text = element.Text() ?? throw slot.Refuse($"Expected object, received {JsonReading.KindOf(element)}.", "invalid_type");
        if (slot.Attribute.Allowed is not [{ } only] || !BareKeys.TryGetValue(only.Slug, out string? key))
        {
            throw slot.Refuse("A bare text is taken only where one standard object is allowed.");
        }
        return FindByKey(only, only.Get(key), JsonValue.Create(text), slot);
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        RecordPointer pointer = (RecordPointer)payload;
        writer.WriteString("target_object", pointer.Target.Slug);
        writer.WriteString("target_record_id", pointer.Id);
    }

    private static RecordPointer ParseObject(JsonObject written, Slot slot)
    {
        string name = written["target_object"].Text() ?? throw slot.Refuse("Required key \"target_object\" is missing.", "invalid_type");
        AttioTable target = slot.Workspace.FindObject(name) ?? throw Refuse.Bad("value_not_found", $"Object with slug/ID \"{name}\" not found.");
        if (slot.Attribute.Allowed is { } allowed && !allowed.Contains(target)) throw slot.Refuse($"Records of \"{target.Slug}\" are not allowed here.");
        if (written.TryGetPropertyValue("target_record_id", out JsonNode? id)) return FindById(target, id, slot);
        KeyValuePair<string, JsonNode?>[] keys = [.. written.Where(p => p.Key != "target_object")];
        if (keys is not [{ Value: JsonArray { Count: 1 } values } key]) throw slot.Refuse("Expected target_record_id or one unique attribute with one value.");
        AttioAttribute attribute = target.FindLive(key.Key) ?? throw Refuse.NoAttribute(key.Key);
        return FindByKey(target, attribute, values[0], slot);
    }

    // The code of a dangling reference is not known from the wire; 400 value_not_found is the contract's choice.
    private static RecordPointer FindById(AttioTable target, JsonNode? id, Slot slot)
    {
        if (!Guid.TryParse(id.Text(), out Guid recordId)) throw slot.Refuse("Invalid uuid.", "invalid_string");
        return target.Rows.Find(recordId) is not null
            ? new(target, recordId)
            : throw Refuse.Bad("value_not_found", $"Record with ID \"{recordId}\" not found in \"{target.Slug}\".");
    }

    private static RecordPointer FindByKey(AttioTable target, AttioAttribute attribute, JsonNode? value, Slot slot)
    {
        if (!attribute.IsUnique || value is null) throw slot.Refuse($"\"{attribute.Slug}\" is not a unique attribute of \"{target.Slug}\".");
        object key = attribute.Type.Key(attribute.Type.Parse(value, slot with { Attribute = attribute }, inArray: true)!);
        Row found = target.Rows.Index(attribute, attribute.Type.Fields[0]).Rows((IComparable)key).FirstOrDefault()
            ?? throw Refuse.Bad("value_not_found", $"No record of \"{target.Slug}\" has that {attribute.Slug}.");
        return new(target, found.Id);
    }
}

internal sealed class ActorReferenceType : AttributeType
{
    public override string Name => "actor-reference";
    public override bool MayBeMulti => true;
    public override bool HasShorthand => false;
    public override IReadOnlyList<string> NeededFields { get; } = ["referenced_actor_type", "referenced_actor_id"];

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        new("referenced_actor_type", Operators.Eq, p => ((AttioActor)p).Type),
        new("referenced_actor_id", Operators.Eq, p => ((AttioActor)p).Id?.ToString()) { Operand = (node, _) => node.Text()?.ToLowerInvariant() },
    ];

    public override object Key(object payload) => payload;

    public override string Text(object payload) => $"{((AttioActor)payload).Type} {((AttioActor)payload).Id}".TrimEnd();

    public override object Parse(JsonNode element, Slot slot, bool inArray) => element switch
    {
        JsonObject written when written.ContainsKey("referenced_actor_id") => ById(written, slot),
        _ => ByEmail(NeedText(element, "workspace_member_email_address", slot)),
    };

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        AttioActor actor = (AttioActor)payload;
        writer.WriteString("referenced_actor_type", actor.Type);
        if (actor.Id is { } id) writer.WriteString("referenced_actor_id", id);
        else writer.WriteNull("referenced_actor_id");
    }

    private static AttioActor ById(JsonObject written, Slot slot)
    {
        if (written["referenced_actor_type"].Text() != "workspace-member") throw slot.Refuse("Only workspace members can be written.");
        string id = written["referenced_actor_id"].Text() ?? "";
        return AttioMember.All.FirstOrDefault(m => m.Id == WireId.Read(id))?.Actor ?? throw Unknown(id);
    }

    private static AttioActor ByEmail(string email) =>
        AttioMember.All.FirstOrDefault(m => m.Email.Equals(email, StringComparison.OrdinalIgnoreCase))?.Actor ?? throw Unknown(email);

    private static AttioRefusalException Unknown(string who) => Refuse.Bad("value_not_found", $"Cannot find workspace member \"{who}\".");
}
