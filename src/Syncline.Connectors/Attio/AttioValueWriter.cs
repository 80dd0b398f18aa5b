using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Field values into wire values. Each attribute is an array, which every type accepts and the published schema asks for.</summary>
internal sealed class AttioValueWriter(AttioOptions options, AttioAttributes attributes)
{
    /// <summary>What of these fields can be written: known, writable attributes.</summary>
    public FieldSet Writable(FieldSet fields) => fields.Where(IsWritable);

    public bool IsWritable(string remote) => attributes.Of(remote) is { IsWritable: true, Type: not "interaction" } attribute
        && (remote == attribute.ApiSlug || AttioValues.PartsOf(attribute.Type).Contains(remote[(attribute.ApiSlug.Length + 1)..]));

    /// <summary>Writes the properties of a <c>values</c> object: one for each attribute, a composite one with all its keys.</summary>
    public void Write(Utf8JsonWriter json, FieldSet fields)
    {
        foreach (IGrouping<string, Field> of in Writable(fields).GroupBy(f => AttioAttributes.SlugOf(f.Name)))
        {
            AttioAttribute attribute = attributes.Find(of.Key)!;
            json.WriteStartArray(of.Key);
            if (AttioValues.PartsOf(attribute.Type).Count > 0 && of.All(f => f.Name != of.Key)) Composite(json, attribute, of);
            else Elements(json, attribute, of.First(f => f.Name == of.Key).Value);
            json.WriteEndArray();
        }
    }

    private void Elements(Utf8JsonWriter json, AttioAttribute attribute, FieldValue value)
    {
        if (attribute.IsMultiselect)
        {
            foreach (FieldValue item in value.Items) Element(json, attribute, item);
        }
        else if (attribute.Type == "text") json.WriteStringValue(string.Join(", ", value.Items.Select(i => i.Text)));
        else Element(json, attribute, value.Items[0]);
    }

    private void Element(Utf8JsonWriter json, AttioAttribute attribute, FieldValue value)
    {
        switch (attribute.Type)
        {
            case "number" or "rating" or "currency":
                Number(json, value, attribute.Type == "currency");
                break;
            case "checkbox" when value.Type == FieldType.Flag:
                json.WriteBooleanValue(value.Text == "true");
                break;
            case "date":
                json.WriteStringValue(value.Type == FieldType.Time ? value.Text[..10] : value.Text);
                break;
            case "select" or "status":
                json.WriteStringValue(Title(attribute, value.Text));
                break;
            case "record-reference" when value.Type == FieldType.Reference:
                Reference(json, value);
                break;
            case "actor-reference":
                Actor(json, value.Text);
                break;
            default:
                json.WriteStringValue(value.Text);
                break;
        }
    }

    private static void Number(Utf8JsonWriter json, FieldValue value, bool isCurrency)
    {
        // What is no number is sent as it is: the provider's refusal names the attribute, and the record goes on without it.
        if (!decimal.TryParse(value.Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal number)) json.WriteStringValue(value.Text);
        else json.WriteNumberValue(isCurrency ? decimal.Round(number, 4) : number);
    }

    // Whether titles are compared with their case is not documented: the stored spelling is right either way.
    private static string Title(AttioAttribute attribute, string text) =>
        attribute.Titles?.FirstOrDefault(t => t == text) ?? attribute.Titles?.FirstOrDefault(t => t.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text;

    private void Reference(Utf8JsonWriter json, FieldValue value)
    {
        json.WriteStartObject();
        json.WriteString("target_object", options.ObjectOf(value.ReferencedScope));
        json.WriteString("target_record_id", value.ReferencedId);
        json.WriteEndObject();
    }

    private static void Actor(Utf8JsonWriter json, string member)
    {
        json.WriteStartObject();
        if (member.Contains('@', StringComparison.Ordinal)) json.WriteString("workspace_member_email_address", member);
        else
        {
            json.WriteString("referenced_actor_type", "workspace-member");
            json.WriteString("referenced_actor_id", member);
        }
        json.WriteEndObject();
    }

    private static void Composite(Utf8JsonWriter json, AttioAttribute attribute, IEnumerable<Field> fields)
    {
        Dictionary<string, string> parts = fields.ToDictionary(f => f.Name[(attribute.ApiSlug.Length + 1)..], f => f.Value.ToString());
        bool isName = attribute.Type == "personal-name";
        if (isName) CompleteName(parts);
        json.WriteStartObject();
        foreach (string part in AttioValues.PartsOf(attribute.Type))
        {
            string? value = parts.GetValueOrDefault(part) ?? (isName ? "" : null);
            if (value is null) json.WriteNull(part);
            else json.WriteString(part, value);
        }
        json.WriteEndObject();
    }

    private static void CompleteName(Dictionary<string, string> parts)
    {
        string? first = parts.GetValueOrDefault("first_name"), last = parts.GetValueOrDefault("last_name");
        if (parts.TryGetValue("full_name", out string? full))
        {
            if (first is null && last is null) (first, last) = Split(full);
            parts["first_name"] = first ?? "";
            parts["last_name"] = last ?? "";
        }
        else parts["full_name"] = $"{first} {last}".Trim();
    }

    // A name given as one text: Attio itself would take all of it for the first name.
    private static (string First, string? Last) Split(string full) =>
        full.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, var last] ? (first, last) : (full, null);
}
