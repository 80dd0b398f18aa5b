using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

/// <summary>Select and status: a value is one of the attribute's options, which a write never adds to.</summary>
internal abstract class OptionType : AttributeType
{
    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        new("title", Operators.Eq, p => ((AttioOption)p).Title) { Operand = TitleOf },
        new("id", Operators.Eq, p => ((AttioOption)p).Id.ToString()) { Operand = (node, _) => node.Text()?.ToLowerInvariant() },
        FilterField.ActiveFrom,
    ];

    public override object Key(object payload) => ((AttioOption)payload).Id;

    /// <summary>The option that a text names, or a refusal.</summary>
    protected AttioOption Find(string titleOrId, Slot slot)
    {
        AttioOption option = slot.Attribute.FindOption(titleOrId) ?? FindWithoutCase(titleOrId, slot) ?? throw Unknown(titleOrId);
        return !option.IsArchived || slot.Workspace.Switches.ArchivedOptionsWritable ? option : throw Unknown(titleOrId);
    }

    protected abstract AttioRefusalException Unknown(string title);

    private static AttioOption? FindWithoutCase(string title, Slot slot) => slot.Workspace.Switches.TitlesIgnoreCase
        ? slot.Attribute.Options.Find(o => o.Title.Equals(title, StringComparison.OrdinalIgnoreCase))
        : null;

    private static string? TitleOf(JsonNode node, Slot slot) =>
        node.Text() is { } text ? slot.Attribute.FindOption(text)?.Title ?? text : null;
}

internal sealed class SelectType : OptionType
{
    public override string Name => "select";
    public override bool MayBeMulti => true;

    public override object? Parse(JsonNode element, Slot slot, bool inArray)
    {
        string text = NeedText(element, "option", slot);
        // Reported of the real API: a bare option UUID inside an array is answered 200 and not stored.
        bool isBareId = inArray && element is JsonValue && Guid.TryParse(text, out _) && slot.Attribute.FindOption(text) is { } found && found.Title != text;
        return isBareId && slot.Workspace.Switches.DropsBareOptionIds ? null : Find(text, slot);
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        writer.WriteStartObject("option");
        SchemaJson.WriteOptionFields(writer, slot.Workspace, slot.Attribute, (AttioOption)payload);
        writer.WriteEndObject();
    }

    protected override AttioRefusalException Unknown(string title) =>
        Refuse.Bad("value_not_found", $"Cannot find select attribute with select option title \"{title}\".");
}

internal sealed class StatusType : OptionType
{
    public override string Name => "status";

    public override object Parse(JsonNode element, Slot slot, bool inArray) => Find(NeedText(element, "status", slot), slot);

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        writer.WriteStartObject("status");
        SchemaJson.WriteOptionFields(writer, slot.Workspace, slot.Attribute, (AttioOption)payload);
        writer.WriteEndObject();
    }

    protected override AttioRefusalException Unknown(string title) => Refuse.Bad("value_not_found", $"Cannot find Status with title \"{title}\"");
}
