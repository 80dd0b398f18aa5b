using System.Text.Json;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>Reads property definitions out of bodies.</summary>
internal static class PropertyReader
{
    private static readonly Dictionary<string, string[]> FieldTypes = new(StringComparer.Ordinal)
    {
        ["bool"] = ["booleancheckbox", "calculation_equation"],
        ["date"] = ["date"],
        ["datetime"] = ["date"],
        ["enumeration"] = ["booleancheckbox", "checkbox", "radio", "select", "calculation_equation"],
        ["number"] = ["number", "calculation_equation"],
        ["string"] = ["text", "textarea", "html", "file", "phonenumber", "calculation_equation"],
        ["phone_number"] = ["phonenumber"],
    };

    /// <summary>A definition to be created: name, label, group, type and field type are required.</summary>
    public static Property Read(JsonElement body, int number, long now, long visible)
    {
        foreach (string required in (string[])["name", "label", "groupName", "type", "fieldType"]) body.Need(required);
        (string name, string type, string fieldType) = (body.Need("name"), body.Need("type"), body.Need("fieldType"));
        if (!IsName(name)) throw Refuse.Invalid($"{name} is no valid property name: lower-case letters, digits and underscores, a letter first");
        if (!FieldTypes.TryGetValue(type, out string[]? fields)) throw Refuse.Invalid($"Invalid input JSON: {type} is no property type");
        if (!fields.Contains(fieldType)) throw Refuse.Invalid($"The field type {fieldType} is not possible for the type {type}");
        Property made = new(number, name)
        {
            Type = type, CreatedMs = now, VisibleMs = visible, HasUniqueValue = body.Flag("hasUniqueValue"),
            ReferencedObjectType = body.Text("referencedObjectType"), DataSensitivity = body.Text("dataSensitivity") ?? "non_sensitive",
        };
        Apply(made, body, now);
        if (made.HasUniqueValue && type is not ("string" or "number")) throw Refuse.Invalid($"A property of the type {type} cannot have unique values");
        return made;
    }

    /// <summary>What can be changed of a definition; unique values, sensitivity and reference are passed over.</summary>
    public static void Apply(Property property, JsonElement body, long now)
    {
        property.Label = body.Text("label") ?? property.Label;
        property.GroupName = body.Text("groupName") ?? property.GroupName;
        property.FieldType = body.Text("fieldType") ?? property.FieldType;
        property.Description = body.Text("description") ?? property.Description;
        property.DisplayOrder = body.Whole("displayOrder") ?? property.DisplayOrder;
        property.Formula = body.Text("calculationFormula") ?? property.Formula;
        if (!body.Member("hidden").IsMissing()) property.IsHidden = body.Flag("hidden");
        if (!body.Member("formField").IsMissing()) property.IsFormField = body.Flag("formField");
        if (!body.Member("externalOptions").IsMissing()) property.IsExternal = body.Flag("externalOptions");
        if (!body.Member("options").IsMissing() || property.Options.Count == 0) property.Options = Options(property, body);
        property.UpdatedMs = now;
    }

    private static PropertyOption[] Options(Property property, JsonElement body)
    {
        PropertyOption[] options = [.. body.Items("options").Select((o, i) => new PropertyOption(o.Need("label"), o.Need("value"), o.Whole("displayOrder") ?? i, o.Flag("hidden"), o.Text("description")))];
        if (property.Type == "bool" && !options.Select(o => o.Value).Order(StringComparer.Ordinal).SequenceEqual(["false", "true"]))
        {
            throw Refuse.Invalid("Boolean properties must have exactly the options true and false", new ErrorDetail("Boolean properties must have exactly two options", "INVALID_BOOLEAN_OPTION"));
        }
        if (property.IsEnumeration && !property.IsExternal && options.Length == 0) throw Refuse.Invalid("Enumeration properties need options");
        if (options.Select(o => o.Value).Distinct().Count() < options.Length) throw Refuse.Invalid("Property option values must be unique");
        return options;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 100 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
