using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Campaigns;

/// <summary>Figures of campaigns, counted from the feed: between two days, and over their lifetime.</summary>
internal sealed class StatsEndpoints(LemlistTeam team)
{
    private static readonly string[] Channels = ["others", "email", "linkedin"];

    public IEnumerable<LemlistRoute> Routes() => [new("GET", "/v2/campaigns/{id}/stats", Stats), new("GET", "/campaigns/reports", Reports)];

    private SandboxResponse Stats(LemlistCall call)
    {
        Campaign campaign = team.Campaign(call[0]);
        if (call.Time("startDate") is not { } from || call.Time("endDate") is not { } to) throw Refuse.Text(400, "Bad params: startDate and endDate are required");
        if (call.One("ABSelected") is not (null or "A" or "B")) throw Refuse.Text(400, "Bad params: ABSelected must be A or B");
        string[] channels = ChannelsOf(call);
        Activity[] rows = [.. team.Feed.Between(from, to).ToArray().Where(a => a.Lead?.Campaign == campaign && !a.IsBot && (channels.Length == 0 || channels.Contains(ChannelOf(a.Type))))];
        return LemlistAnswers.Json(Figures(campaign, rows));
    }

    private static JsonObject Figures(Campaign campaign, Activity[] rows)
    {
        int sent = Count(rows, "Sent"), bounced = Count(rows, "Bounced");
        JsonObject figures = new() { ["nbLeads"] = campaign.Leads.Count };
        foreach (string name in (string[])["Launched", "Reached"]) figures["nbLeads" + name] = LeadsWith(rows, "Sent");
        (figures["nbLeadsOpened"], figures["nbLeadsInteracted"], figures["nbLeadsAnswered"]) = (LeadsWith(rows, "Opened"), LeadsWith(rows, "Clicked"), LeadsWith(rows, "Replied"));
        (figures["nbLeadsInterested"], figures["nbLeadsNotInterested"]) = (LeadsWith(rows, "Interested"), LeadsWith(rows, "NotInterested"));
        (figures["nbLeadsUnsubscribed"], figures["nbLeadsInterrupted"]) = (LeadsWith(rows, "Unsubscribed"), 0);
        (figures["messagesSent"], figures["messagesNotSent"], figures["messagesBounced"], figures["delivered"]) = (sent, Count(rows, "Failed"), bounced, sent - bounced);
        (figures["opened"], figures["clicked"], figures["replied"]) = (Count(rows, "Opened"), Count(rows, "Clicked"), Count(rows, "Replied"));
        (figures["invitationAccepted"], figures["meetingBooked"]) = (Count(rows, "InviteAccepted"), Count(rows, "meetingBooked"));
        figures["steps"] = JsonText.Array(campaign.Steps.Select(s => Step(s, campaign, [.. rows.Where(a => a.Step == s.Index)])));
        return figures;
    }

    private static JsonNode Step(CampaignStep step, Campaign campaign, Activity[] rows) => new JsonObject
    {
        ["index"] = step.Index + 1, ["sequenceId"] = campaign.SequenceId, ["sequenceStep"] = step.Index, ["taskType"] = step.Type, ["invited"] = Count(rows, "InviteDone"),
        ["sent"] = Count(rows, "Sent"), ["delivered"] = Count(rows, "Sent") - Count(rows, "Bounced"), ["opened"] = Count(rows, "Opened"), ["clicked"] = Count(rows, "Clicked"),
        ["replied"] = Count(rows, "Replied"), ["notDelivered"] = Count(rows, "Failed"), ["bounced"] = Count(rows, "Bounced"), ["unsubscribed"] = Count(rows, "Unsubscribed"),
    };

    private SandboxResponse Reports(LemlistCall call)
    {
        IReadOnlyList<string> ids = call.Several("campaignIds");
        if (ids.Count == 0) throw Refuse.Bad("campaignIds is required");
        return LemlistAnswers.Rows(ids.Select(team.FindCampaign).OfType<Campaign>().Select(Report));
    }

    // Labels are one text here, and the creator is the id and the address with a bar between.
    private JsonNode Report(Campaign c)
    {
        Activity[] rows = [.. team.Feed.All.Where(a => a.Lead?.Campaign == c)];
        JsonObject report = new()
        {
            ["_id"] = c.Id, ["name"] = c.Name, ["creator"] = $"{c.Owner.Id}|{c.Owner.Email}", ["createdAt"] = WireTime.Write(c.CreatedAt), ["createdBy"] = c.Owner.Name, ["labels"] = "",
            ["totalCount"] = c.Leads.Count, ["reviewedCount"] = c.Leads.Count(l => l.Status != "review"), ["inSequenceLeadCount"] = c.Leads.Count(l => l.Status == "inProgress"),
            ["state"] = c.State, ["status"] = c.Status, ["senderNames"] = c.Owner.Name, ["sendersUsers"] = $"{c.Owner.Name}:{c.Owner.Email}", ["reviewed"] = 0,
        };
        foreach (string type in (string[])["emailsSent", "emailsOpened", "emailsClicked", "emailsReplied", "emailsUnsubscribed", "emailsInterested", "linkedinSent", "linkedinOpened", "linkedinReplied"])
        {
            report[type] = rows.Count(a => a.Type == type);
        }
        (report["interested"], report["notInterested"]) = (LeadsWith(rows, "Interested"), LeadsWith(rows, "NotInterested"));
        return report;
    }

    private static string[] ChannelsOf(LemlistCall call)
    {
        if (call.One("channels") is not { } text) return [];
        string?[]? channels;
        try
        {
            channels = JsonSerializer.Deserialize<string?[]>(text);
        }
        catch (JsonException)
        {
            throw Refuse.Text(400, "Bad params: channels must be a valid array");
        }
        if (channels is null || channels.Except(Channels).Any()) throw Refuse.Text(400, "Bad params: channels must be empty or contain \"others\", \"email\" or \"linkedin\"");
        return [.. channels.OfType<string>()];
    }

    private static string ChannelOf(string type) =>
        type.StartsWith("emails", StringComparison.Ordinal) ? "email" : type.StartsWith("linkedin", StringComparison.Ordinal) ? "linkedin" : "others";

    private static int Count(Activity[] rows, string ending) => rows.Count(a => Ends(a, ending));

    private static int LeadsWith(Activity[] rows, string ending) => rows.Where(a => Ends(a, ending)).Select(a => a.Lead!.Id).Distinct().Count();

    private static bool Ends(Activity a, string ending) => a.Type.EndsWith(ending, StringComparison.Ordinal) && (ending != "Interested" || !a.Type.EndsWith("NotInterested", StringComparison.Ordinal));
}
