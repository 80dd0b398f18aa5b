using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>What a new row gets where the write says nothing.</summary>
internal static partial class DefaultValues
{
    /// <summary>A static array, <c>current-user</c>, or a duration of days and smaller: months have no fixed length here.</summary>
    public static bool IsValid(JsonNode given) => ((given as JsonObject)?["type"].Text(), (given as JsonObject)?["template"]) switch
    {
        ("static", JsonArray) => true,
        ("dynamic", JsonNode template) => template.Text() is { } text && (text == "current-user" || Duration().IsMatch(text)),
        _ => false,
    };

    public static IReadOnlyList<object> Of(Slot slot, AttioActor actor)
    {
        JsonObject given = (JsonObject)slot.Attribute.Default!;
        if (given["type"].Text() == "static" && given["template"] is JsonArray template) return Draft.Payloads(slot, template);
        if (given["template"].Text() is not { } dynamic) return [];
        if (dynamic == "current-user") return slot.Attribute.Type == AttributeTypes.ActorReference && actor.Type == "workspace-member" ? [actor] : [];
        bool isTime = slot.Attribute.Type == AttributeTypes.Date || slot.Attribute.Type == AttributeTypes.Timestamp;
        return isTime ? [After(slot, XmlConvert.ToTimeSpan(dynamic))] : [];
    }

    private static object After(Slot slot, TimeSpan wait)
    {
        DateTime moment = slot.Workspace.Now + wait;
        return slot.Attribute.Type == AttributeTypes.Date ? DateOnly.FromDateTime(moment) : moment;
    }

    [GeneratedRegex(@"^P(?=.)(\d{1,4}D)?(T(?=.)(\d{1,4}H)?(\d{1,4}M)?(\d{1,4}S)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
