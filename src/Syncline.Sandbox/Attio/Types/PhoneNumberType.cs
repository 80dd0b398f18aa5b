using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

/// <summary>A telephone number in E.164, as it was written, and its country.</summary>
internal sealed record HeldPhone(string E164, string Original, string? Country);

internal sealed class PhoneNumberType : AttributeType
{
    private const Operators Allowed = Operators.Eq | Operators.Searched;

    public override string Name => "phone-number";
    public override bool MayBeMulti => true;
    public override bool MayBeUnique => true;

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        FilterField.Text("phone_number", Allowed, p => ((HeldPhone)p).E164) with { Operand = (node, _) => node.Text() is { } text ? WithPlus(text) : null },
        FilterField.Text("country_code", Allowed, p => ((HeldPhone)p).Country),
    ];

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        string written = NeedText(element, "original_phone_number", slot);
        string? country = (element as JsonObject)?["country_code"].Text();
        return NumberingPlan.Read(written, country) ?? throw slot.Refuse(
            country is null && !written.TrimStart().StartsWith('+')
                ? "Invalid phone number, possibly due to missing country information"
                : "Invalid phone number");
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        HeldPhone phone = (HeldPhone)payload;
        writer.WriteString("phone_number", phone.E164);
        writer.WriteString("original_phone_number", phone.Original);
        writer.WriteString("country_code", phone.Country);
    }

    // Digits alone are looked up as if the plus stood before them; anything else is left as it is and finds nothing in national form.
    private static string WithPlus(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) ? "+" + text : text;
}
