using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Contacts;

/// <summary>Contacts on the wire: reads show one address as <c>email</c>, the answer to an upsert shows <c>emails</c>.</summary>
internal sealed class ContactJson(LemlistTeam team)
{
    public JsonObject Row(Contact c)
    {
        JsonObject row = new() { ["_id"] = c.Id, ["teamId"] = team.Id, ["fullName"] = c.FullName };
        if (c.Email is not null) row["email"] = c.Email;
        row["fields"] = Fields(c.Fields);
        row["campaigns"] = JsonText.Array(c.Leads.Select(l => (JsonNode?)new JsonObject
        {
            ["campaignId"] = l.Campaign.Id, ["campaignState"] = l.Campaign.Status, ["leadState"] = l.State, ["leadId"] = l.Id,
        }));
        row["ownerId"] = c.OwnerId;
        row["createdAt"] = WireTime.Write(c.CreatedAt);
        row["createdBy"] = c.CreatedBy;
        row["unsubscribed"] = IsUnsubscribed(c);
        return row;
    }

    public JsonObject Upserted(Contact c, bool created, bool companyLinked, IEnumerable<string> warnings)
    {
        JsonObject data = new() { ["_id"] = c.Id, ["teamId"] = team.Id, ["emails"] = JsonText.Array(c.Email is null ? [] : [(JsonNode?)new JsonObject { ["value"] = c.Email }]) };
        if (c.LinkedInUrl is not null) data["linkedinUrl"] = c.LinkedInUrl;
        if (c.SalesNavigatorUrl is not null) data["linkedinUrlSalesNav"] = c.SalesNavigatorUrl;
        data["fields"] = Fields(c.Fields);
        data["ownerId"] = c.OwnerId;
        if (c.Company is not null) data["companyId"] = c.Company.Id;
        data["source"] = "api";
        data["createdAt"] = WireTime.Write(c.CreatedAt);
        data["createdBy"] = c.CreatedBy;
        data["unsubscribed"] = IsUnsubscribed(c);
        data["created"] = created;
        if (!created) data["updated"] = true;
        data["companyLinked"] = companyLinked;
        return new() { ["success"] = true, ["data"] = data, ["warnings"] = JsonText.Array(warnings.Select(w => (JsonNode?)new JsonObject { ["code"] = "COMPANY_NOT_LINKED", ["message"] = w })) };
    }

    public bool IsUnsubscribed(Contact c) => c.DoNotContact || (c.Email is { } email && team.Unsubscribes.Covers(email));

    public static JsonObject Fields(IReadOnlyDictionary<string, string> values)
    {
        JsonObject fields = [];
        foreach ((string name, string value) in values) fields[name] = value;
        return fields;
    }
}
