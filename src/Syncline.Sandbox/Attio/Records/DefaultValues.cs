using System.Text.Json.Nodes;
using System.Xml;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>What a new row gets where the write says nothing.</summary>
internal static class DefaultValues
{
    public static IReadOnlyList<object> Of(Slot slot, AttioActor actor)
    {
        JsonObject given = (JsonObject)slot.Attribute.Default!;
        if (given["type"].Text() == "static" && given["template"] is JsonArray template) return Draft.Payloads(slot, template);
        if (given["template"].Text() is not { } dynamic) return [];
        if (dynamic == "current-user") return actor.Type == "workspace-member" ? [actor] : [];
        return dynamic.StartsWith('P') ? [After(slot, XmlConvert.ToTimeSpan(dynamic))] : [];
    }

    private static object After(Slot slot, TimeSpan wait)
    {
        DateTime moment = slot.Workspace.Now + wait;
        return slot.Attribute.Type == AttributeTypes.Date ? DateOnly.FromDateTime(moment) : moment;
    }
}
