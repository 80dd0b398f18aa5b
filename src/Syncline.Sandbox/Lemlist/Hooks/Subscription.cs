using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Hooks;

/// <summary>A webhook. There may be several with the same url and type.</summary>
/// <param name="Type">Null for everything.</param>
/// <param name="Secret">Echoed in each body and shown nowhere else.</param>
internal sealed record Subscription(string Id, string Url, string? Type, string? Secret, string? CampaignId, bool OnlyFirst, string? ZapId, DateTimeOffset CreatedAt)
{
    public bool Wants(string type, Activity? activity) =>
        (Type is null || Type == type) && (CampaignId is null || activity?.Lead?.Campaign.Id == CampaignId) && (!OnlyFirst || activity is { IsFirst: true });

    public JsonObject Json()
    {
        JsonObject shown = new() { ["_id"] = Id, ["targetUrl"] = Url, ["createdAt"] = WireTime.Write(CreatedAt) };
        if (Type is not null) shown["type"] = Type;
        if (CampaignId is not null) shown["campaignId"] = CampaignId;
        if (OnlyFirst) shown["isFirst"] = true;
        if (long.TryParse(ZapId, out long zap)) shown["zapId"] = zap;
        return shown;
    }
}
