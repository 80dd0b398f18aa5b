namespace Syncline.Connectors.Lemlist;

/// <summary>Names of a contact's remote fields. Fields of the team's own are <c>custom.NAME</c>.</summary>
internal static class LemlistFields
{
    /// <summary>No field of Lemlist's: the campaign of the setting, on contacts that are in it.</summary>
    public const string Campaign = "campaign";

    /// <summary>All addresses of a person: contacts are looked up by each.</summary>
    public const string AllEmails = "emails.all";

    private const string CustomPrefix = "custom.";

    /// <summary>Fields of a contact that have a name of their own here.</summary>
    public static IReadOnlyList<string> Standard { get; } =
        ["firstName", "lastName", "phone", "linkedinUrl", "linkedinUrlSalesNav", "jobTitle", "companyName", "companyDomain", "location", "timezone", "industry", "summary", "tagline", "picture"];

    /// <summary>Fields that a lead has and the call that changes a contact does not know.</summary>
    public static IReadOnlyList<string> OfLead { get; } = ["companyName", "companyDomain", "icebreaker"];

    /// <summary>Fields that the call that makes and changes contacts takes.</summary>
    public static IReadOnlyList<string> OfContact { get; } = ["email", "linkedinUrl", "linkedinUrlSalesNav", "firstName", "lastName", "phone", "jobTitle", "location", "timezone", "industry", "summary", "tagline", "picture"];

    public static string Custom(string name) => CustomPrefix + name;

    /// <summary>The name of a custom field at Lemlist; null for any other field.</summary>
    public static string? CustomName(string field) => field.StartsWith(CustomPrefix, StringComparison.Ordinal) && field.Length > CustomPrefix.Length ? field[CustomPrefix.Length..] : null;

    public static bool IsWritable(string field) => OfContact.Contains(field) || OfLead.Contains(field) || CustomName(field) is not null || field is Campaign or AllEmails or LemlistPeople.Unsubscribed;
}
