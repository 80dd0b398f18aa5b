using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

internal sealed record HeldName(string First, string Last, string Full);

internal sealed class PersonalNameType : AttributeType
{
    private const Operators Allowed = Operators.Eq | Operators.NotEmpty | Operators.Searched;

    public override string Name => "personal-name";
    public override bool IsCreatable => false;

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        FilterField.Text("full_name", Allowed, p => ((HeldName)p).Full),
        FilterField.Text("first_name", Allowed, p => ((HeldName)p).First),
        FilterField.Text("last_name", Allowed, p => ((HeldName)p).Last),
    ];

    public override object Key(object payload) => payload;

    public override object Parse(JsonNode element, Slot slot, bool inArray) => element switch
    {
        JsonObject written => new HeldName(Part(written, "first_name", slot), Part(written, "last_name", slot), Part(written, "full_name", slot)),
        _ => Split(element.Text() ?? throw slot.Refuse($"Expected string, received {JsonReading.KindOf(element)}.", "invalid_type")),
    };

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        HeldName name = (HeldName)payload;
        writer.WriteString("first_name", name.First);
        writer.WriteString("last_name", name.Last);
        writer.WriteString("full_name", name.Full);
    }

    // "Last, First"; without a comma the whole text becomes the first name, and the answer is still 200.
    private static HeldName Split(string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        string first = (comma < 0 ? text : text[(comma + 1)..]).Trim();
        string last = comma < 0 ? "" : text[..comma].Trim();
        return new(first, last, $"{first} {last}".Trim());
    }

    private static string Part(JsonObject written, string name, Slot slot)
    {
        string? part = written[name].Text();
        return part ?? throw slot.Refuse($"Required key \"{name}\" is missing.", "invalid_type");
    }
}
