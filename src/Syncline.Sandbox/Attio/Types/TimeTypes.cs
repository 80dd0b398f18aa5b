using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

internal sealed class DateType : AttributeType
{
    public override string Name => "date";
    public override bool MayBeUnique => true;

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        new("value", Operators.Eq | Operators.Compared, p => (DateOnly)p)
        {
            Operand = (node, _) => node.Text() is { } text && WireTime.Read(text) is { } moment ? DateOnly.FromDateTime(moment) : null,
            BadOperand = "Invalid date value.",
        },
    ];

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        // A year may come as a JSON number. The time of day is dropped after the zone has been applied: it is the UTC day that is kept.
        string text = Unwrap(element, "value", slot) switch
        {
            { } node when node.Text() is { } written => written,
            { } node when node.Whole() is { } year => year.ToString("0000", CultureInfo.InvariantCulture),
            _ => "",
        };
        return WireTime.Read(text) is { } moment ? DateOnly.FromDateTime(moment) : throw slot.Refuse("Invalid date.", "invalid_date");
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot) => writer.WriteString("value", Text(payload));

    public override string Text(object payload) => ((DateOnly)payload).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal sealed class TimestampType : AttributeType
{
    public override string Name => "timestamp";
    public override bool MayBeUnique => true;
    public override IReadOnlyList<FilterField> Fields { get; } = [FilterField.Time("value", p => (DateTime)p)];

    public override object Parse(JsonNode element, Slot slot, bool inArray) =>
        WireTime.Read(NeedText(element, "value", slot)) ?? throw slot.Refuse("Invalid timestamp.", "invalid_date");

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot) => writer.WriteTime("value", (DateTime)payload);

    public override string Text(object payload) => WireTime.Write((DateTime)payload);
}

/// <summary>A contact between members and people that the service found by itself. Never written, and empty in the sandbox.</summary>
internal sealed class InteractionType : AttributeType
{
    public override string Name => "interaction";
    public override bool IsCreatable => false;

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        FilterField.Time("interacted_at", _ => null) with { Allowed = Operators.Compared },
        new("owner_member_id", Operators.Eq | Operators.NotEmpty, _ => null),
        new("interaction_type", Operators.Eq | Operators.NotEmpty, _ => null),
    ];

    public override object Parse(JsonNode element, Slot slot, bool inArray) => throw slot.Refuse("Interactions cannot be written.");

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot) =>
        throw new InvalidOperationException("The sandbox holds no interactions.");
}
