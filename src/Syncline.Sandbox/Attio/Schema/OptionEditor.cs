using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>Makes and changes select options and statuses.</summary>
internal static class OptionEditor
{
    public static AttioOption Create(AttioWorkspace workspace, AttioAttribute attribute, JsonObject data)
    {
        string title = data.NeedText("title");
        Call.RefuseExtra(data, IsStatus(attribute) ? ["title", "celebration_enabled", "target_time_in_status"] : ["title"]);
        RefuseTaken(attribute, title, null);
        AttioOption option = new(workspace.Ids.Next(), title)
        {
            Celebrates = data["celebration_enabled"].Flag() ?? false, TargetTime = data["target_time_in_status"].Text(),
        };
        attribute.Options.Add(option);
        return option;
    }

    public static void Change(AttioAttribute attribute, AttioOption option, JsonObject data)
    {
        SchemaEditor.RefuseEmpty(data);
        Call.RefuseExtra(data, IsStatus(attribute) ? ["title", "is_archived", "celebration_enabled", "target_time_in_status"] : ["title", "is_archived"]);
        string title = data.ContainsKey("title") ? data.NeedText("title") : option.Title;
        RefuseTaken(attribute, title, option);
        if (data.ContainsKey("is_archived")) option.IsArchived = data.NeedFlag("is_archived");
        if (data.ContainsKey("celebration_enabled")) option.Celebrates = data.NeedFlag("celebration_enabled");
        if (data.ContainsKey("target_time_in_status")) option.TargetTime = data["target_time_in_status"].Text();
        option.Title = title;
    }

    /// <summary>The attribute, or the refusal of asking a text for its options.</summary>
    public static AttioAttribute Need(AttioAttribute attribute, bool statuses)
    {
        AttributeType wanted = statuses ? AttributeTypes.Status : AttributeTypes.Select;
        return attribute.Type == wanted ? attribute : throw Refuse.Bad("validation_type", $"This attribute is not a {wanted.Name} attribute.");
    }

    private static bool IsStatus(AttioAttribute attribute) => attribute.Type == AttributeTypes.Status;

    private static void RefuseTaken(AttioAttribute attribute, string title, AttioOption? self)
    {
        if (attribute.Options.Exists(o => o != self && o.Title == title))
            throw Refuse.Conflict("An option with the same title already exists on this attribute");
    }
}
