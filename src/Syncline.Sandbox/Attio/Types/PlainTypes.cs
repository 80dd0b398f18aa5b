using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

internal sealed class TextType : AttributeType
{
    private const int MostBytes = 10 * 1024 * 1024;

    public override string Name => "text";
    public override bool MayBeUnique => true;

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        FilterField.Text("value", Operators.Eq | Operators.In | Operators.Searched, p => (string)p),
    ];

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        string text = NeedText(element, "value", slot);
        return System.Text.Encoding.UTF8.GetByteCount(text) <= MostBytes ? text : throw slot.Refuse("The text is longer than 10 MB.");
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot) => writer.WriteString("value", (string)payload);
}

internal sealed class NumberType : AttributeType
{
    public override string Name => "number";
    public override bool MayBeUnique => true;
    public override IReadOnlyList<FilterField> Fields { get; } = [FilterField.Number("value", p => (double)p)];

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        JsonNode? inner = Unwrap(element, "value", slot);
        return inner.Number() ?? throw slot.Refuse($"Expected number, received {JsonReading.KindOf(inner)}.", "invalid_type");
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot) => writer.WriteNumber("value", (double)payload);

    public override string Text(object payload) => ((double)payload).ToString(CultureInfo.InvariantCulture);
}

internal sealed class RatingType : AttributeType
{
    public override string Name => "rating";
    public override IReadOnlyList<FilterField> Fields { get; } = [FilterField.Number("value", p => (double)(int)p)];

    public override object Parse(JsonNode element, Slot slot, bool inArray) =>
        Unwrap(element, "value", slot).Whole() is { } stars and >= 0 and <= 5 ? stars : throw slot.Refuse("A rating is a whole number from 0 to 5.");

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot) => writer.WriteNumber("value", (int)payload);
}

internal sealed class CheckboxType : AttributeType
{
    public override string Name => "checkbox";

    public override IReadOnlyList<FilterField> Fields { get; } =
        [new("value", Operators.Eq, p => (bool)p) { Operand = (node, _) => node.Flag() }];

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        JsonNode? inner = Unwrap(element, "value", slot);
        return inner.Flag() ?? inner.Text() switch { "true" => true, "false" => false, _ => throw slot.Refuse("Expected boolean.", "invalid_type") };
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot) => writer.WriteBoolean("value", (bool)payload);

    public override string Text(object payload) => (bool)payload ? "true" : "false";
}

internal sealed class CurrencyType : AttributeType
{
    /// <summary>The codes that a currency attribute can be set to. New Taiwan dollars are NTD here, not TWD.</summary>
    public static IReadOnlySet<string> Codes { get; } = new HashSet<string>(
        ("ARS AUD BRL BGN CAD CLP CNY COP CZK DKK EUR FJD HKD HUF ISK INR ILS JPY KES KRW MYR MXN NTD NZD NGN NOK XPF PEN PHP PLN GBP RWF SAR SGD ZAR SEK "
        + "CHF THB AED UYU USD").Split(' '), StringComparer.Ordinal);

    public static IReadOnlySet<string> Displays { get; } = new HashSet<string>(["code", "name", "narrowSymbol", "symbol"], StringComparer.Ordinal);

    public override string Name => "currency";
    public override IReadOnlyList<FilterField> Fields { get; } = [FilterField.Number("currency_value", p => (double)(decimal)p)];

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        if (element is JsonObject wrapped && wrapped.ContainsKey("currency_code"))
        {
            throw slot.Refuse("currency_code cannot be written with a value; it is set on the attribute.", "unrecognized_keys");
        }
        JsonNode? inner = Unwrap(element, "currency_value", slot);
        string text = inner.Text() ?? (inner.Number() is null ? "" : inner!.ToJsonString());
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount))
            throw slot.Refuse("Expected an amount.", "invalid_type");
        return decimal.Round(amount, 4) == amount ? amount : throw slot.Refuse("A currency value has 4 decimals at the most.");
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        if (slot.Workspace.Switches.CurrencyAsText) writer.WriteString("currency_value", ((decimal)payload).ToString("0.00##", CultureInfo.InvariantCulture));
        else writer.WriteNumber("currency_value", (decimal)payload);
        writer.WriteString("currency_code", slot.Attribute.CurrencyCode);
    }

    public override string Text(object payload) => ((decimal)payload).ToString(CultureInfo.InvariantCulture);
}
