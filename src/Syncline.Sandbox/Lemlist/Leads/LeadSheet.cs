using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Campaigns;

namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>The export of a campaign's leads: its columns are those that the campaign's leads have.</summary>
internal static class LeadSheet
{
    private static readonly string[] Exported = ["email", "firstName", "lastName", "picture", "phone", "linkedinUrl", "timezone", "companyName", "companyDomain", "icebreaker"];
    private static readonly string[] Tail = ["lastState", "status", "_id"];

    public static string Csv(Campaign campaign, IEnumerable<Lead> leads)
    {
        string[] columns = Columns(campaign);
        StringBuilder sheet = new(string.Join(',', columns.Select(Csvs.Cell)));
        foreach (Lead lead in leads) sheet.Append('\n').AppendJoin(',', columns.Select(c => Csvs.Cell(Value(lead, c))));
        return sheet.ToString();
    }

    public static JsonObject Row(Campaign campaign, Lead lead)
    {
        JsonObject row = [];
        foreach (string column in Columns(campaign))
        {
            if (Value(lead, column) is { Length: > 0 } value) row[column] = value;
        }
        return row;
    }

    private static string[] Columns(Campaign campaign) =>
        ["emailStatus", .. Exported, .. campaign.Leads.SelectMany(l => l.Variables.Keys).Distinct().Except(Exported).Except(Tail), .. Tail];

    private static string Value(Lead lead, string column) => column switch
    {
        "emailStatus" => lead.EmailStatus,
        "lastState" => lead.State,
        "status" => lead.Status,
        "_id" => lead.Id,
        _ => lead.Variables.GetValueOrDefault(column, ""),
    };
}
