using System.Text.Json;

namespace Syncline.Sandbox.HeyReach;

/// <summary>Writes the workspace's own accounts.</summary>
internal static class SenderJson
{
    public static void WriteInInbox(Utf8JsonWriter writer, HeyReachSender sender)
    {
        WriteNames(writer, sender);
        WriteState(writer);
        writer.WriteString("profileUrl"u8, sender.ProfileUrl);
    }

    /// <summary>A row of li_account/GetAll: without the profile URL.</summary>
    public static void WriteRow(Utf8JsonWriter writer, HeyReachSender sender, int activeCampaigns)
    {
        writer.WriteStartObject();
        WriteNames(writer, sender);
        writer.WriteBoolean("isActive"u8, true);
        writer.WriteNumber("activeCampaigns"u8, activeCampaigns);
        WriteState(writer);
        writer.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter writer, HeyReachSender sender)
    {
        writer.WriteNumber("id"u8, sender.Id);
        writer.WriteString("emailAddress"u8, sender.EmailAddress);
        writer.WriteString("firstName"u8, sender.FirstName);
        writer.WriteString("lastName"u8, sender.LastName);
    }

    private static void WriteState(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("authIsValid"u8, true);
        writer.WriteBoolean("isValidNavigator"u8, false);
        writer.WriteBoolean("isValidRecruiter"u8, false);
    }
}
