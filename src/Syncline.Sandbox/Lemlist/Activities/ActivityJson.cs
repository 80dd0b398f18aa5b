using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Activities;

/// <summary>Activities on the wire, alike in the feed and in hooks.</summary>
internal sealed class ActivityJson(LemlistTeam team)
{
    public JsonObject Row(Activity a)
    {
        JsonObject row = new() { ["_id"] = a.Id, ["type"] = a.Type, ["createdAt"] = WireTime.Write(a.CreatedAt), ["teamId"] = team.Id, ["bot"] = a.IsBot, ["isFirst"] = a.IsFirst };
        Put(row, "userId", a.UserId);
        Put(row, "userName", a.UserName);
        if (a.Stopped) row["stopped"] = true;
        if (a.ShowsContact) Put(row, "contactId", a.Contact?.Id);
        Put(row, "companyId", a.Company?.Id);
        if (a.Lead is { } lead) PutLead(row, a, lead);
        PutSender(row, a);
        PutMessage(row, a);
        foreach ((string name, JsonNode? value) in a.More ?? []) row[name] = value?.DeepClone();
        if (a.Lead is not null) Flatten(row, a.Lead);
        return row;
    }

    /// <summary>As the inbox of a contact shows it, with the whole message.</summary>
    public JsonObject InInbox(Activity a)
    {
        JsonObject row = new() { ["_id"] = a.Id, ["type"] = a.Type, ["createdAt"] = WireTime.Write(a.CreatedAt), ["teamId"] = team.Id };
        Put(row, "contactId", a.Contact?.Id);
        if (a.Lead is { } lead) PutPlace(row, a, lead);
        PutSender(row, a);
        Put(row, "messageId", MessageId(a));
        Put(row, "subject", a.Subject);
        Put(row, "message", a.Html ?? a.Text);
        if (a.IsReply) Put(row, "fromEmail", a.Lead?.Email ?? a.Contact?.Email);
        row["attachments"] = new JsonArray();
        return row;
    }

    private static void PutLead(JsonObject row, Activity a, Lead lead)
    {
        PutPlace(row, a, lead);
        Put(row, "leadFirstName", lead.Variables.GetValueOrDefault("firstName"));
        Put(row, "leadLastName", lead.Variables.GetValueOrDefault("lastName"));
        Put(row, "leadCompanyName", lead.Variables.GetValueOrDefault("companyName"));
        Put(row, "leadPhone", lead.Variables.GetValueOrDefault("phone"));
        Put(row, "leadPicture", lead.Variables.GetValueOrDefault("picture"));
        Put(row, "linkedinUrl", lead.Variables.GetValueOrDefault("linkedinUrl"));
        row["campaignName"] = lead.Campaign.Name;
        row["name"] = lead.Campaign.Name;
        row["metaData"] = new JsonObject { ["teamId"] = row["teamId"]!.DeepClone(), ["campaignId"] = lead.Campaign.Id, ["leadId"] = lead.Id, ["type"] = a.Type, ["createdBy"] = a.UserId };
        row["lead"] = LeadJson.InActivity(lead);
    }

    private static void PutPlace(JsonObject row, Activity a, Lead lead)
    {
        row["leadId"] = lead.Id;
        Put(row, "leadEmail", lead.Email);
        row["campaignId"] = lead.Campaign.Id;
        row["sequenceId"] = lead.Campaign.SequenceId;
        row["sequenceStep"] = a.Step;
        row["totalSequenceStep"] = lead.Campaign.Steps.Count;
        if (a.ShowsStepId) row["stepId"] = lead.Campaign.Steps[a.Step].Id;
        row["emailTemplateId"] = lead.Campaign.Steps[a.Step].TemplateId;
    }

    private static void PutSender(JsonObject row, Activity a)
    {
        if (a.Sender is not { } sender) return;
        row["sendUserId"] = sender.Id;
        row["sendUserName"] = sender.Name;
        row["sendUserEmail"] = sender.Email;
        row["sendUserMailboxId"] = sender.MailboxId;
    }

    private static void PutMessage(JsonObject row, Activity a)
    {
        Put(row, "subject", a.Subject);
        Put(row, "messagePreview", a.Preview);
        Put(row, "text", a.Text);
        Put(row, "note", a.Note);
        Put(row, "errorMessage", a.ErrorMessage);
        Put(row, "linkUrl", a.LinkUrl);
        Put(row, "messageId", MessageId(a));
        if (a.Type == "emailsReplied") Put(row, "fromEmail", a.Lead?.Email ?? a.Contact?.Email);
        if (a.Recording is not null) row["recording"] = a.Recording.DeepClone();
    }

    // Custom variables stand at the top level too, whatever their names.
    private void Flatten(JsonObject row, Lead lead)
    {
        foreach ((string name, string value) in lead.Custom)
        {
            if (team.Behaviour.Collisions == Collision.VariableWins ? name != "_id" : !row.ContainsKey(name)) row[name] = value;
        }
    }

    private static string? MessageId(Activity a) => a.IsMessage && a.Type.StartsWith("emails", StringComparison.Ordinal) ? $"<{a.Id}@mail.example.org>" : null;

    private static void Put(JsonObject row, string name, string? value)
    {
        if (value is not null) row[name] = value;
    }
}
