using System.Text.Json;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>Property definitions and groups as JSON.</summary>
internal static class PropertyJson
{
    public static void Write(Utf8JsonWriter writer, Property property)
    {
        writer.WriteStartObject();
        writer.WriteTime("updatedAt", property.UpdatedMs);
        writer.WriteTime("createdAt", property.CreatedMs);
        writer.WriteString("name", property.Name);
        writer.WriteString("label", property.Label);
        writer.WriteString("type", property.Type);
        writer.WriteString("fieldType", property.FieldType);
        writer.WriteString("description", property.Description);
        writer.WriteString("groupName", property.GroupName);
        writer.WriteArray("options", property.Options, WriteOption);
        writer.WriteNumber("displayOrder", property.DisplayOrder);
        if (property.ReferencedObjectType is not null) writer.WriteString("referencedObjectType", property.ReferencedObjectType);
        if (property.Formula is not null) writer.WriteString("calculationFormula", property.Formula);
        WriteFlags(writer, property);
        WriteModification(writer, property);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, PropertyGroup group)
    {
        writer.WriteStartObject();
        writer.WriteString("name", group.Name);
        writer.WriteString("label", group.Label);
        writer.WriteNumber("displayOrder", -1);
        writer.WriteBoolean("archived", group.IsArchived);
        writer.WriteEndObject();
    }

    private static void WriteOption(Utf8JsonWriter writer, PropertyOption option)
    {
        writer.WriteStartObject();
        writer.WriteString("label", option.Label);
        writer.WriteString("value", option.Value);
        if (option.Description is not null) writer.WriteString("description", option.Description);
        writer.WriteNumber("displayOrder", option.DisplayOrder);
        writer.WriteBoolean("hidden", option.IsHidden);
        writer.WriteEndObject();
    }

    private static void WriteFlags(Utf8JsonWriter writer, Property property)
    {
        writer.WriteBoolean("calculated", property.Computed is not null || property.Formula is not null);
        writer.WriteBoolean("externalOptions", property.IsExternal);
        writer.WriteBoolean("hasUniqueValue", property.HasUniqueValue);
        writer.WriteBoolean("hidden", property.IsHidden);
        if (property.IsStandard) writer.WriteBoolean("hubspotDefined", true);
        writer.WriteString("dataSensitivity", property.DataSensitivity);
        writer.WriteBoolean("formField", property.IsFormField);
        if (property.ArchivedMs is not { } archived) return;
        writer.WriteBoolean("archived", true);
        writer.WriteTime("archivedAt", archived);
    }

    private static void WriteModification(Utf8JsonWriter writer, Property property)
    {
        writer.WriteStartObject("modificationMetadata");
        writer.WriteBoolean("archivable", !property.IsStandard);
        writer.WriteBoolean("readOnlyDefinition", property.IsStandard);
        writer.WriteBoolean("readOnlyOptions", property.IsStandard && property.IsReadOnly);
        writer.WriteBoolean("readOnlyValue", property.IsReadOnly);
        writer.WriteEndObject();
    }
}
