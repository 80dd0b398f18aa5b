using System.Text.Json;

namespace Syncline.Sandbox.HeyReach;

/// <summary>Writes leads in the forms of inbox, lead and list reads.</summary>
internal static class LeadJson
{
    /// <summary>The fields every form of a profile begins with. linkedin_id is the only snake_case name of the API.</summary>
    public static void WriteProfile(Utf8JsonWriter writer, Lead lead)
    {
        writer.WriteString("linkedin_id"u8, lead.LinkedInId);
        writer.WriteString("profileUrl"u8, lead.ProfileUrl);
        writer.WriteString("firstName"u8, lead.FirstName);
        writer.WriteString("lastName"u8, lead.LastName);
        writer.WriteString("headline"u8, lead.Headline);
        writer.WriteString("imageUrl"u8, lead.ImageUrl);
        writer.WriteString("location"u8, lead.Location);
        writer.WriteString("companyName"u8, lead.CompanyName);
        writer.WriteString("companyUrl"u8, lead.CompanyUrl);
        writer.WriteString("position"u8, lead.Position);
        writer.WriteString("about"u8, lead.About);
        writer.WriteNumber("connections"u8, 0);
        writer.WriteNumber("followers"u8, 0);
    }

    /// <summary>The answer of lead/GetLead.</summary>
    public static void WriteFull(Utf8JsonWriter writer, Lead lead)
    {
        writer.WriteStartObject();
        WriteFields(writer, lead);
        writer.WriteEndObject();
    }

    /// <summary>A row of list/GetLeadsFromList.</summary>
    public static void WriteRow(Utf8JsonWriter writer, Lead lead)
    {
        writer.WriteStartObject();
        WriteFields(writer, lead);
        writer.WriteString("linkedInUserProfileId"u8, lead.MemberUrn);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, Lead lead)
    {
        WriteProfile(writer, lead);
        writer.WriteString("fullName"u8, lead.FullName);
        writer.WriteString("summary"u8, lead.About);
        writer.WriteNull("industry"u8);
        writer.WriteString("username"u8, lead.ProfileUrl.Split('/')[^1]);
        writer.WriteString("emailAddress"u8, lead.EmailAddress);
        // JSON within a string, as the API has it.
        writer.WriteString("experiences"u8, "[]");
        writer.WriteString("education"u8, "[]");
        writer.WriteString("enrichedEmailAddress"u8, lead.EnrichedEmailAddress);
        writer.WriteStartArray("emailEnrichments"u8);
        writer.WriteEndArray();
    }
}
