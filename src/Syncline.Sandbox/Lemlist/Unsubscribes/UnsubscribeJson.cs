using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Unsubscribes;

/// <summary>Entries of the unsubscribe list on the wire, whose words differ between the two generations of routes.</summary>
internal static class UnsubscribeJson
{
    public static JsonObject Row(Unsubscribed entry, bool isLegacy = false) => new()
    {
        ["_id"] = entry.Id, ["value"] = entry.Value, ["source"] = Word(entry.Source, isLegacy), ["createdAt"] = WireTime.Write(entry.CreatedAt),
    };

    public static JsonObject One(Unsubscribed entry) => new()
    {
        ["_id"] = entry.Id, ["value"] = entry.Value, ["variable"] = entry.Value, ["source"] = Word(entry.Source, isLegacy: false),
    };

    public static string Word(UnsubscribeSource source, bool isLegacy) => source == UnsubscribeSource.Bounced && isLegacy ? "bounce" : source.ToString().ToLowerInvariant();
}
