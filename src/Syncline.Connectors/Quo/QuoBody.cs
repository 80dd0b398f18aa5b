using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>The custom fields of a workspace, by key.</summary>
internal sealed class QuoDefinitions(IEnumerable<QuoFieldDefinition> fields)
{
    private readonly Dictionary<string, string> _types = fields.GroupBy(f => f.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Type, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Keys => _types.Keys;

    public string? TypeOf(string key) => _types.GetValueOrDefault(key);

    /// <summary>The value of a custom field as Quo takes it; null when there is no such field or it has no room for the value.</summary>
    public JsonNode? Write(string key, FieldValue value) => TypeOf(key) is { } type ? QuoCustomValues.Write(value, type) : null;
}

/// <summary>Bodies of the writes.</summary>
internal static class QuoBody
{
    /// <summary>A new contact, whole.</summary>
    public static JsonObject Create(FieldSet fields, string source, QuoDefinitions definitions)
    {
        PersonName name = PersonName.Of(Text(fields, QuoFields.FirstName), Text(fields, QuoFields.LastName), Text(fields, QuoFields.FullName));
        // Quo demands the key of the first name, not a value.
        JsonObject held = new() { ["firstName"] = name.First, ["emails"] = Items(fields, QuoFields.Emails, "email"), ["phoneNumbers"] = Items(fields, QuoFields.Phones, "phone") };
        Put(held, "lastName", name.Last);
        Put(held, "company", Text(fields, QuoFields.Company));
        Put(held, "role", Text(fields, QuoFields.Role));
        JsonObject contact = new() { ["defaultFields"] = held, ["customFields"] = Customs(fields, definitions), ["source"] = source };
        Put(contact, "externalId", Text(fields, QuoFields.ExternalId));
        Put(contact, "sourceUrl", Text(fields, QuoFields.SourceUrl));
        return contact;
    }

    /// <summary>False for a contact whose source is one of Quo's own words: it must go along, lest it be cleared, and may be refused as it is on a create.</summary>
    public static bool CanPatch(QuoContact now) => now.Source is not { } source || QuoOptions.ReservedIn(source) is null;

    /// <summary>Every single value as it is to be: whether the dated surface keeps or clears one that is left out is documented for another tool only.</summary>
    public static JsonObject Scalars(QuoContact now, Operation operation)
    {
        FieldSet held = QuoRecords.Of(default, now).Fields;
        JsonObject values = [];
        foreach (string name in QuoFields.Scalars)
        {
            if (operation.Cleared.Contains(name)) values[name] = null;
            else Put(values, name, Text(operation.Fields, name) ?? Text(held, name));
        }
        Put(values, "source", now.Source);
        return values;
    }

    /// <summary>The form in which two spellings of an address or a number are equal.</summary>
    public static string Form(string list, string text) => list == QuoFields.Phones ? PhoneNumber.Normalise(text) ?? text.Trim() : text.Trim().ToLowerInvariant();

    private static JsonArray Items(FieldSet fields, string list, string label) =>
        [.. (fields[list]?.Items ?? []).DistinctBy(v => Form(list, v.Text)).Select(v => new JsonObject { ["name"] = label, ["value"] = v.Text })];

    private static JsonArray Customs(FieldSet fields, QuoDefinitions definitions)
    {
        JsonArray customs = [];
        foreach (Field field in fields)
        {
            if (QuoFields.KeyOf(field.Name) is { } key && definitions.Write(key, field.Value) is { } value) customs.Add(new JsonObject { ["key"] = key, ["value"] = value });
        }
        return customs;
    }

    private static string? Text(FieldSet fields, string name) => fields[name]?.Text;

    private static void Put(JsonObject json, string name, string? value)
    {
        if (value is not null) json[name] = value;
    }
}
