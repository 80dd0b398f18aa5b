using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>Makes and changes objects, lists and options. Nothing is ever removed: attributes, options and lists are archived.</summary>
internal sealed partial class SchemaEditor(AttioWorkspace workspace)
{
    private static readonly string[] AccessLevels = ["full-access", "read-and-write", "read-only"];

    public AttributeEditor Attributes { get; } = new(workspace);

    public AttioTable CreateObject(JsonObject data)
    {
        string slug = Slug(data);
        string singular = data.NeedText("singular_noun"), plural = data.NeedText("plural_noun");
        Call.RefuseExtra(data, ["api_slug", "singular_noun", "plural_noun"]);
        // Standard objects that are off keep their slugs.
        if (workspace.Objects.Exists(t => t.Slug == slug)) throw Refuse.Conflict("An object with the same API slug already exists.");
        AttioTable table = new(workspace.Ids.Next(), slug, singular, plural, workspace.Now);
        workspace.Objects.Add(StandardObjects.AddSystemColumns(workspace, table));
        StandardObjects.AddClosingColumns(workspace, table);
        return table;
    }

    public void ChangeObject(AttioTable table, JsonObject data)
    {
        RefuseEmpty(data);
        Call.RefuseExtra(data, ["api_slug", "singular_noun", "plural_noun"]);
        string slug = data.ContainsKey("api_slug") ? Slug(data) : table.Slug;
        if (table.IsStandard && slug != table.Slug) throw Refuse.Bad("system_edit_unauthorized", "The slug of a standard object cannot be changed.");
        if (workspace.Objects.Exists(t => t != table && t.Slug == slug)) throw Refuse.Conflict("An object with the same API slug already exists.");
        table.Slug = slug;
        if (data.ContainsKey("singular_noun")) table.Singular = data.NeedText("singular_noun");
        if (data.ContainsKey("plural_noun")) table.Plural = data.NeedText("plural_noun");
    }

    public AttioTable CreateList(JsonObject data, AttioActor actor)
    {
        string slug = Slug(data), name = data.NeedText("name"), parentName = data.NeedText("parent_object");
        if (!data.ContainsKey("workspace_access")) throw Refuse.Body("Required", "string", "undefined", "data", "workspace_access");
        ListAccess access = new(Access(data), Members(data), actor);
        RefuseNobody(access);
        AttioTable parent = workspace.FindObject(parentName) ?? throw Refuse.Bad("value_not_found", $"Object with slug/ID \"{parentName}\" not found.");
        if (workspace.Lists.Exists(l => l.Slug == slug)) throw Refuse.Conflict("A list with the same API slug already exists.");
        AttioTable list = new(workspace.Ids.Next(), slug, name, name, workspace.Now) { Parent = parent, Access = access };
        workspace.Lists.Add(StandardObjects.AddSystemColumns(workspace, list));
        StandardObjects.AddClosingColumns(workspace, list);
        return list;
    }

    public void ChangeList(AttioTable list, JsonObject data)
    {
        RefuseEmpty(data);
        Call.RefuseExtra(data, ["api_slug", "name", "workspace_access", "workspace_member_access"]);
        string slug = data.ContainsKey("api_slug") ? Slug(data) : list.Slug;
        if (workspace.Lists.Exists(l => l != list && l.Slug == slug)) throw Refuse.Conflict("A list with the same API slug already exists.");
        ListAccess access = list.Access! with { };
        if (data.ContainsKey("workspace_access")) access.Workspace = Access(data);
        if (data.ContainsKey("workspace_member_access")) access.Members = Members(data);
        RefuseNobody(access);
        (list.Slug, list.Access.Workspace, list.Access.Members) = (slug, access.Workspace, access.Members);
        if (data.ContainsKey("name")) list.Singular = data.NeedText("name");
    }

    public static void RefuseEmpty(JsonObject data)
    {
        if (data.Count == 0) throw Refuse.Bad("validation_type", "You passed an empty payload. Please ensure that at least one property is given.");
    }

    /// <summary>The sent slug, or a refusal of one that the service would not take.</summary>
    public static string Slug(JsonObject data)
    {
        string slug = data.NeedText("api_slug");
        return SlugPattern().IsMatch(slug) ? slug : throw Refuse.Body("Invalid slug", "slug", "string", "data", "api_slug");
    }

    private static string? Access(JsonObject data) => data["workspace_access"] switch
    {
        null => null,
        JsonNode node when AccessLevels.Contains(node.Text()) => node.Text(),
        JsonNode node => throw Refuse.Body("Invalid access level", string.Join('|', AccessLevels), JsonReading.KindOf(node), "data", "workspace_access"),
    };

    private static (Guid Member, string Level)[] Members(JsonObject data)
    {
        JsonArray members = data["workspace_member_access"] as JsonArray
            ?? throw Refuse.Body("Required", "array", JsonReading.KindOf(data, "workspace_member_access"), "data", "workspace_member_access");
        return [.. members.Select(Member)];
    }

    private static (Guid Member, string Level) Member(JsonNode? node)
    {
        bool isKnown = Guid.TryParse((node as JsonObject)?["workspace_member_id"].Text(), out Guid id) && AttioMember.All.Any(m => m.Id == id);
        string? level = (node as JsonObject)?["level"].Text();
        return isKnown && AccessLevels.Contains(level)
            ? (id, level!)
            : throw Refuse.Body("Invalid member access", "object", JsonReading.KindOf(node), "data", "workspace_member_access");
    }

    private static void RefuseNobody(ListAccess access)
    {
        if (access.Workspace == "full-access" || access.Members.Any(m => m.Level == "full-access")) return;
        throw Refuse.Bad("validation_type", "Somebody must have full access to the list.");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")]
    private static partial Regex SlugPattern();
}
