using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>Leads on the wire: nested in one place, flat in all others.</summary>
internal static class LeadJson
{
    public static JsonObject Variables(Lead lead)
    {
        JsonObject variables = [];
        foreach ((string name, string value) in lead.Variables) variables[name] = value;
        return variables;
    }

    /// <summary>Variables at the top level. A custom variable never takes the place of what lemlist itself says.</summary>
    public static JsonObject Flat(Lead lead, bool withEmailStatus = true)
    {
        JsonObject flat = Variables(lead);
        flat["_id"] = lead.Id;
        flat["isPaused"] = lead.IsPaused;
        flat["campaignId"] = lead.Campaign.Id;
        flat["contactId"] = lead.Contact.Id;
        if (withEmailStatus) flat["emailStatus"] = lead.EmailStatus;
        return flat;
    }

    public static JsonObject Named(Lead lead)
    {
        JsonObject flat = Flat(lead, withEmailStatus: false);
        flat["campaignName"] = lead.Campaign.Name;
        return flat;
    }

    /// <summary>As <c>GET /leads/{email}</c> shows it.</summary>
    public static JsonObject Nested(Lead lead) => new()
    {
        ["_id"] = lead.Id,
        ["updatedAt"] = WireTime.Write(lead.UpdatedAt),
        ["isPaused"] = lead.IsPaused,
        ["state"] = lead.State,
        ["status"] = lead.Status,
        ["personalized"] = lead.IsPersonalized,
        ["source"] = lead.Source,
        ["variables"] = Variables(lead),
        ["contactId"] = lead.Contact.Id,
        ["enrichment"] = new JsonObject { ["emailStatus"] = lead.EmailStatus },
        ["campaign"] = new JsonObject { ["id"] = lead.Campaign.Id, ["name"] = lead.Campaign.Name, ["status"] = lead.Campaign.Status },
        ["sendingUser"] = new JsonObject(),
    };

    /// <summary>As activities show it: the lead now, not when it happened.</summary>
    public static JsonObject InActivity(Lead lead) => new()
    {
        ["_id"] = lead.Id,
        ["isPaused"] = lead.IsPaused,
        ["state"] = lead.State,
        ["personalized"] = lead.IsPersonalized,
        ["source"] = lead.Source,
        ["variables"] = Variables(lead),
        ["contactId"] = lead.Contact.Id,
        ["enrichment"] = new JsonObject { ["emailStatus"] = lead.EmailStatus },
    };

    public static JsonObject Thin(Lead lead) => new() { ["_id"] = lead.Id, ["contactId"] = lead.Contact.Id, ["state"] = lead.State };
}
