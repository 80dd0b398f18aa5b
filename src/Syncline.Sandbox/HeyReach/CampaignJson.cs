using System.Text.Json;

namespace Syncline.Sandbox.HeyReach;

/// <summary>Writes campaigns and their leads.</summary>
internal static class CampaignJson
{
    private static readonly string[] ExcludeFlags = ["excludeInOtherCampaigns", "excludeHasOtherAccConversations", "excludeContactedFromSenderInOtherCampaign"];

    public static void Write(Utf8JsonWriter writer, Campaign campaign, string? listName)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, campaign.Id);
        writer.WriteString("name"u8, campaign.Name);
        writer.WriteTime("creationTime", campaign.CreatedAt);
        writer.WriteString("linkedInUserListName"u8, listName);
        if (campaign.ListId == 0) writer.WriteNull("linkedInUserListId"u8);
        else writer.WriteNumber("linkedInUserListId"u8, campaign.ListId);
        writer.WriteNumbers("campaignAccountIds", campaign.SenderIds);
        writer.WriteString("status"u8, campaign.Status);
        WriteProgress(writer, campaign);
        foreach (string flag in ExcludeFlags) writer.WriteBoolean(flag, false);
        writer.WriteNull("excludeListId"u8);
        writer.WriteNumber("organizationUnitId"u8, 5001);
        writer.WriteEndObject();
    }

    public static void WriteLead(Utf8JsonWriter writer, CampaignLead row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, row.Id);
        writer.WriteString("linkedInUserProfileId"u8, row.Lead.MemberUrn);
        writer.WriteStartObject("linkedInUserProfile"u8);
        LeadJson.WriteProfile(writer, row.Lead);
        writer.WriteString("emailAddress"u8, row.Lead.EmailAddress);
        writer.WriteEndObject();
        writer.WriteTime("lastActionTime", row.LastActionAt);
        writer.WriteNull("failedTime"u8);
        writer.WriteTime("creationTime", row.CreatedAt);
        writer.WriteString("leadCampaignStatus"u8, row.Status);
        writer.WriteString("leadConnectionStatus"u8, row.ConnectionStatus);
        writer.WriteString("leadMessageStatus"u8, row.MessageStatus);
        writer.WriteNull("errorCode"u8);
        writer.WriteNull("leadCampaignStatusMessage"u8);
        writer.WriteNumber("linkedInSenderId"u8, row.Sender.Id);
        writer.WriteString("linkedInSenderFullName"u8, $"{row.Sender.FirstName} {row.Sender.LastName}");
        writer.WriteEndObject();
    }

    public static void WriteOfLead(Utf8JsonWriter writer, Lead lead, IEnumerable<CampaignLead> page)
    {
        writer.WriteStartObject();
        writer.WriteString("leadFullName"u8, lead.FullName);
        writer.WriteNumber("totalCount"u8, lead.Campaigns.Length);
        writer.WriteItems(page, WriteMembership);
        writer.WriteEndObject();
    }

    private static void WriteMembership(Utf8JsonWriter writer, CampaignLead row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("campaignId"u8, row.Campaign.Id);
        writer.WriteString("campaignName"u8, row.Campaign.Name);
        writer.WriteString("campaignStatus"u8, row.Campaign.Status);
        writer.WriteString("leadStatus"u8, row.Status);
        writer.WriteEndObject();
    }

    private static void WriteProgress(Utf8JsonWriter writer, Campaign campaign)
    {
        int finished = campaign.Leads.Count(l => l.Status == "Finished"), pending = campaign.Leads.Count(l => l.Status == "Pending");
        writer.WriteStartObject("progressStats"u8);
        writer.WriteNumber("totalUsers"u8, campaign.Leads.Count);
        writer.WriteNumber("totalUsersInProgress"u8, campaign.Leads.Count - finished - pending);
        writer.WriteNumber("totalUsersPending"u8, pending);
        writer.WriteNumber("totalUsersFinished"u8, finished);
        writer.WriteNumber("totalUsersFailed"u8, 0);
        writer.WriteNumber("totalUsersManuallyStopped"u8, 0);
        writer.WriteNumber("totalUsersExcluded"u8, 0);
        writer.WriteEndObject();
    }
}
