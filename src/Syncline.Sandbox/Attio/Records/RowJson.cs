using System.Text.Json;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>How records, entries and values are answered.</summary>
internal static class RowJson
{
    public static void WriteRecord(Utf8JsonWriter writer, AttioWorkspace workspace, Row row)
    {
        writer.WriteStartObject();
        writer.WriteId(workspace.Id, ("object_id", row.Table.Id), ("record_id", row.Id));
        writer.WriteTime("created_at", row.CreatedAt);
        writer.WriteString("web_url", WebUrl(workspace, row));
        WriteValues(writer, workspace, row, "values");
        writer.WriteEndObject();
    }

    public static void WriteEntry(Utf8JsonWriter writer, AttioWorkspace workspace, Row row)
    {
        writer.WriteStartObject();
        writer.WriteId(workspace.Id, ("list_id", row.Table.Id), ("entry_id", row.Id));
        writer.WriteString("parent_record_id", row.Parent);
        writer.WriteString("parent_object", row.Table.Parent!.Slug);
        writer.WriteTime("created_at", row.CreatedAt);
        WriteValues(writer, workspace, row, "entry_values");
        writer.WriteEndObject();
    }

    /// <param name="until">Null while the value is current.</param>
    public static void WriteValue(Utf8JsonWriter writer, AttioWorkspace workspace, HeldValue value, DateTime? until = null)
    {
        writer.WriteStartObject();
        writer.WriteTime("active_from", value.From);
        if (until is { } end) writer.WriteTime("active_until", end);
        else writer.WriteNull("active_until");
        writer.WriteActor("created_by_actor", value.By);
        value.Attribute.Type.Write(writer, value.Payload, new Slot(workspace, value.Attribute));
        writer.WriteString("attribute_type", value.Attribute.Type.Name);
        writer.WriteEndObject();
    }

    // Every attribute is there, by its slug, empty ones as an empty array.
    private static void WriteValues(Utf8JsonWriter writer, AttioWorkspace workspace, Row row, string name)
    {
        writer.WriteStartObject(name);
        foreach (AttioAttribute attribute in row.Table.Attributes)
        {
            if (attribute.IsArchived) continue;
            writer.WriteStartArray(attribute.Slug);
            foreach (HeldValue value in row.Current(attribute)) WriteValue(writer, workspace, value);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static string WebUrl(AttioWorkspace workspace, Row row)
    {
        string page = row.Table switch
        {
            { IsStandard: true, Slug: "people" } => "person",
            { IsStandard: true, Slug: "companies" } => "company",
            _ => $"{row.Table.Slug}/record",
        };
        return $"https://app.attio.com/{workspace.Options.WorkspaceSlug}/{page}/{row.Id}";
    }
}
