using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>Makes and changes attributes, with every refusal that the service is known for.</summary>
internal sealed class AttributeEditor(AttioWorkspace workspace)
{
    private static readonly string[] CreateKeys =
        ["title", "description", "api_slug", "type", "is_required", "is_unique", "is_multiselect", "config", "default_value", "relationship"];

    private static readonly string[] ChangeKeys =
        ["title", "description", "api_slug", "is_required", "is_unique", "default_value", "config", "is_archived"];

    public AttioAttribute Create(AttioTable table, JsonObject data)
    {
        NewAttribute wanted = Read(data);
        Call.RefuseExtra(data, CreateKeys);
        AttributeType type = AttributeTypes.Find(wanted.Type) is { IsCreatable: true } known
            ? known
            : throw Refuse.Body("Invalid enum value", "attribute type", wanted.Type, "data", "type");
        if (wanted.IsUnique) RefuseUnique(table, type);
        if (wanted.IsMulti && !type.MayBeMulti) throw Refuse.Bad("validation_type", $"Attributes of type \"{type.Name}\" cannot be multiselect.");
        if (type == AttributeTypes.Status && StandardObjects.IsPeopleOrCompanies(table))
        {
            throw Refuse.Bad("validation_type", "Status attributes are not supported on this object.");
        }
        RefuseTaken(table, wanted.Slug, null);
        AttioAttribute attribute = new(workspace.Ids.Next(), table, wanted.Slug, wanted.Title, type, workspace.Now)
        {
            Description = wanted.Description, IsRequired = wanted.IsRequired, IsUnique = wanted.IsUnique, IsMulti = wanted.IsMulti,
        };
        ApplyConfig(attribute, data["config"] as JsonObject ?? [], isNew: true);
        ApplyDefault(attribute, data);
        AttioAttribute? reverse = Reverse(attribute, data);
        table.Add(attribute);
        if (reverse is null) return attribute;
        reverse.Table.Add(reverse);
        attribute.Relate(reverse);
        return attribute;
    }

    public void Change(AttioAttribute attribute, JsonObject data)
    {
        SchemaEditor.RefuseEmpty(data);
        Call.RefuseExtra(data, ChangeKeys);
        if (attribute.IsSystem) throw Refuse.Bad("system_edit_unauthorized", "System attributes cannot be edited.");
        string slug = data.ContainsKey("api_slug") ? SchemaEditor.Slug(data) : attribute.Slug;
        RefuseTaken(attribute.Table, slug, attribute);
        string title = data.ContainsKey("title") ? data.NeedText("title") : attribute.Title;
        bool isUnique = data.ContainsKey("is_unique") ? data.NeedFlag("is_unique") : attribute.IsUnique;
        if (isUnique && data.ContainsKey("is_unique")) RefuseUnique(attribute.Table, attribute.Type);
        bool isRequired = data.ContainsKey("is_required") ? data.NeedFlag("is_required") : attribute.IsRequired;
        bool isArchived = data.ContainsKey("is_archived") ? data.NeedFlag("is_archived") : attribute.IsArchived;
        if (data["config"] is JsonObject config) ApplyConfig(attribute, config, isNew: false);
        ApplyDefault(attribute, data);
        if (slug != attribute.Slug) attribute.Table.Rename(attribute, slug);
        (attribute.IsUnique, attribute.IsRequired, attribute.IsArchived) = (isUnique, isRequired, isArchived);
        attribute.Title = title;
        if (data.ContainsKey("description")) attribute.Description = data["description"].Text();
    }

    private static NewAttribute Read(JsonObject data)
    {
        // All eight are required; the description alone may be null, the config empty.
        if (!data.ContainsKey("description")) throw Refuse.Body("Required", "string", "undefined", "data", "description");
        if (data["config"] is not JsonObject) throw Refuse.Body("Required", "object", JsonReading.KindOf(data, "config"), "data", "config");
        return new(
            data.NeedText("title"), data["description"].Text(), SchemaEditor.Slug(data), data.NeedText("type"), data.NeedFlag("is_required"),
            data.NeedFlag("is_unique"), data.NeedFlag("is_multiselect"));
    }

    private static void RefuseUnique(AttioTable table, AttributeType type)
    {
        if (StandardObjects.IsPeopleOrCompanies(table) || !type.MayBeUnique) throw Refuse.Bad("validation_type", "Cannot set attribute as unique.");
    }

    // An archived attribute keeps its slug.
    private static void RefuseTaken(AttioTable table, string slug, AttioAttribute? self)
    {
        if (table.Find(slug) is { } present && present != self)
        {
            throw Refuse.Conflict($"An attribute with the same API slug already exists on this {(table.IsList ? "List" : "Object")}");
        }
    }

    private void ApplyConfig(AttioAttribute attribute, JsonObject config, bool isNew)
    {
        if (attribute.Type == AttributeTypes.Currency) ApplyCurrency(attribute, config["currency"] as JsonObject, isNew);
        if (attribute.Type != AttributeTypes.RecordReference || config["record_reference"] is not JsonObject reference) return;
        if (reference["allowed_objects"] is not JsonArray { Count: > 0 } allowed)
        {
            throw Refuse.Body("Required", "array", JsonReading.KindOf(reference, "allowed_objects"), "data", "config", "record_reference", "allowed_objects");
        }
        attribute.Allowed = [.. allowed.Select(n => FindObject(n.Text() ?? ""))];
    }

    private static void ApplyCurrency(AttioAttribute attribute, JsonObject? currency, bool isNew)
    {
        if (currency is null && !isNew) return;
        string code = currency?["default_currency_code"].Text() ?? "USD", display = currency?["display_type"].Text() ?? "symbol";
        if (!CurrencyType.Codes.Contains(code)) throw Unknown("default_currency_code", code);
        if (!CurrencyType.Displays.Contains(display)) throw Unknown("display_type", display);
        attribute.SetCurrency(code, display);
    }

    private static AttioRefusalException Unknown(string key, string sent) =>
        Refuse.Body("Invalid enum value", key, sent, "data", "config", "currency", key);

    private static void ApplyDefault(AttioAttribute attribute, JsonObject data)
    {
        if (!data.TryGetPropertyValue("default_value", out JsonNode? value)) return;
        if (value is not null && StandardObjects.IsPeopleOrCompanies(attribute.Table))
        {
            throw Refuse.Bad("validation_type", "Default values are not supported on this object.");
        }
        if (value is not null && !DefaultValues.IsValid(value))
        {
            throw Refuse.Body("Invalid default value", "static array, current-user or ISO-8601 duration", JsonReading.KindOf(value), "data", "default_value");
        }
        attribute.Default = value?.DeepClone();
    }

    /// <summary>The attribute at the other object that a relationship asks for; checked, not yet added.</summary>
    private AttioAttribute? Reverse(AttioAttribute attribute, JsonObject data)
    {
        if (data["relationship"] is not JsonObject wanted) return null;
        if (attribute.Type != AttributeTypes.RecordReference) throw Refuse.Bad("validation_type", "Only record references can be relationships.");
        AttioTable other = FindObject(wanted["object"].Text() ?? throw Missing(wanted, "object", "string"));
        string slug = wanted["api_slug"].Text() ?? throw Missing(wanted, "api_slug", "string");
        string title = wanted["title"].Text() ?? throw Missing(wanted, "title", "string");
        bool isMulti = wanted["is_multiselect"].Flag() ?? throw Missing(wanted, "is_multiselect", "boolean");
        RefuseTaken(other, slug, null);
        if (other == attribute.Table && slug == attribute.Slug) throw Refuse.Conflict("Both sides of the relationship have the same API slug");
        attribute.Allowed = [other];
        return new(workspace.Ids.Next(), other, slug, title, attribute.Type, workspace.Now) { IsMulti = isMulti, Allowed = [attribute.Table] };
    }

    private static AttioRefusalException Missing(JsonObject relationship, string key, string expected) =>
        Refuse.Body("Required", expected, JsonReading.KindOf(relationship, key), "data", "relationship", key);

    private AttioTable FindObject(string name) =>
        workspace.FindObject(name) ?? throw Refuse.Bad("value_not_found", $"Object with slug/ID \"{name}\" not found.");

    private sealed record NewAttribute(string Title, string? Description, string Slug, string Type, bool IsRequired, bool IsUnique, bool IsMulti);
}
