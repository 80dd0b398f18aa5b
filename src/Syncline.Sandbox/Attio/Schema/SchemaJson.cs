using System.Text.Json;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>How objects, lists, attributes and options are answered.</summary>
internal static class SchemaJson
{
    public static void WriteObject(Utf8JsonWriter writer, AttioWorkspace workspace, AttioTable table)
    {
        writer.WriteStartObject();
        writer.WriteId(workspace.Id, ("object_id", table.Id));
        writer.WriteString("api_slug", table.Slug);
        writer.WriteString("singular_noun", table.Singular);
        writer.WriteString("plural_noun", table.Plural);
        writer.WriteTime("created_at", table.CreatedAt);
        writer.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter writer, AttioWorkspace workspace, AttioTable list)
    {
        writer.WriteStartObject();
        writer.WriteId(workspace.Id, ("list_id", list.Id));
        writer.WriteString("api_slug", list.Slug);
        writer.WriteString("name", list.Singular);
        writer.WriteStrings("parent_object", [list.Parent!.Slug]);
        writer.WriteString("workspace_access", list.Access!.Workspace);
        writer.WriteStartArray("workspace_member_access");
        foreach ((Guid member, string level) in list.Access.Members)
        {
            writer.WriteStartObject();
            writer.WriteString("workspace_member_id", member);
            writer.WriteString("level", level);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteActor("created_by_actor", list.Access.CreatedBy);
        writer.WriteTime("created_at", list.CreatedAt);
        writer.WriteEndObject();
    }

    public static void WriteAttribute(Utf8JsonWriter writer, AttioWorkspace workspace, AttioAttribute attribute)
    {
        writer.WriteStartObject();
        writer.WriteId(workspace.Id, ("object_id", attribute.Table.Id), ("attribute_id", attribute.Id));
        writer.WriteString("title", attribute.Title);
        writer.WriteString("description", attribute.Description);
        writer.WriteString("api_slug", attribute.Slug);
        writer.WriteString("type", attribute.Type.Name);
        writer.WriteBoolean("is_system_attribute", attribute.IsSystem);
        writer.WriteBoolean("is_writable", attribute.IsWritable);
        writer.WriteBoolean("is_required", attribute.IsRequired);
        writer.WriteBoolean("is_unique", attribute.IsUnique);
        writer.WriteBoolean("is_multiselect", attribute.IsMulti);
        writer.WriteBoolean("is_default_value_enabled", attribute.Default is not null);
        writer.WriteBoolean("is_archived", attribute.IsArchived);
        writer.WritePropertyName("default_value");
        if (attribute.Default is null) writer.WriteNullValue();
        else attribute.Default.WriteTo(writer);
        WriteRelationship(writer, workspace, attribute);
        writer.WriteTime("created_at", attribute.CreatedAt);
        WriteConfig(writer, attribute);
        writer.WriteEndObject();
    }

    public static void WriteOption(Utf8JsonWriter writer, AttioWorkspace workspace, AttioAttribute attribute, AttioOption option)
    {
        writer.WriteStartObject();
        WriteOptionFields(writer, workspace, attribute, option);
        writer.WriteEndObject();
    }

    /// <summary>The option's fields into an object already begun, the same in lists of options and in values.</summary>
    public static void WriteOptionFields(Utf8JsonWriter writer, AttioWorkspace workspace, AttioAttribute attribute, AttioOption option)
    {
        bool isStatus = attribute.Type == AttributeTypes.Status;
        writer.WriteId(
            workspace.Id, ("object_id", attribute.Table.Id), ("attribute_id", attribute.Id), (isStatus ? "status_id" : "option_id", option.Id));
        writer.WriteString("title", option.Title);
        writer.WriteBoolean("is_archived", option.IsArchived);
        if (!isStatus) return;
        writer.WriteString("target_time_in_status", option.TargetTime);
        writer.WriteBoolean("celebration_enabled", option.Celebrates);
    }

    private static void WriteRelationship(Utf8JsonWriter writer, AttioWorkspace workspace, AttioAttribute attribute)
    {
        if (attribute.Reverse is not { } reverse)
        {
            writer.WriteNull("relationship");
            return;
        }
        writer.WriteStartObject("relationship");
        writer.WriteId(workspace.Id, ("object_id", reverse.Table.Id), ("attribute_id", reverse.Id));
        writer.WriteString("object_slug", reverse.Table.Slug);
        writer.WriteString("title", reverse.Title);
        writer.WriteString("api_slug", reverse.Slug);
        writer.WriteBoolean("is_multiselect", reverse.IsMulti);
        writer.WriteEndObject();
    }

    // Both parts are always there; for other types their insides are null, whatever the published schema says.
    private static void WriteConfig(Utf8JsonWriter writer, AttioAttribute attribute)
    {
        writer.WriteStartObject("config");
        writer.WriteStartObject("currency");
        writer.WriteString("default_currency_code", attribute.CurrencyCode);
        writer.WriteString("display_type", attribute.CurrencyDisplay);
        writer.WriteEndObject();
        writer.WriteStartObject("record_reference");
        if (attribute.Allowed is null) writer.WriteNull("allowed_object_ids");
        else writer.WriteStrings("allowed_object_ids", attribute.Allowed.Select(t => t.Id.ToString()));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
