using System.Security.Cryptography;
using System.Text;

namespace Syncline.Sandbox.HeyReach;

/// <summary>A name that may repeat with other values: HeyReach adds one entry per campaign and list.</summary>
internal sealed record CustomField(string Name, string Value);

/// <summary>What HeyReach's own classifier said of a conversation with this lead.</summary>
internal sealed record AutoTag(string Name, int CampaignId);

/// <summary>A lead. Strings are mostly shared between leads, so that 100,000 of them stay small.</summary>
internal sealed class Lead(int number, string? linkedInId, string profileUrl)
{
    /// <summary>1 for the first one invented; nothing of it shows on the wire but derived ids.</summary>
    public int Number { get; } = number;

    public string? LinkedInId { get; } = linkedInId;
    public string ProfileUrl { get; set; } = profileUrl;
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string? Headline { get; set; }
    public string? Location { get; set; }
    public string? CompanyName { get; set; }
    public string? Position { get; set; }
    public string? About { get; set; }
    public string? EmailAddress { get; init; }
    public string? EnrichedEmailAddress { get; init; }
    public bool HasImage { get; init; }
    public string[] Tags { get; set; } = [];
    public AutoTag[] AutoTags { get; set; } = [];
    public CustomField[] CustomFields { get; init; } = [];
    public CampaignLead[] Campaigns { get; set; } = [];

    public string FullName => $"{FirstName} {LastName}".Trim();
    public string? CompanyUrl => CompanyName is null
        ? null
        : $"https://www.linkedin.com/company/{CompanyName.Aggregate(1000, (id, letter) => ((id * 31) + letter) & 0xFFFFFF)}";

    // Image links of LinkedIn expire and carry a query; nothing about them is stable but the host.
    public string? ImageUrl => HasImage
        ? $"https://media.licdn.com/dms/image/v2/D4D03AQ{Number:x8}/profile-displayphoto-shrink_100_100/0/{1_700_000_000_000 + Number}"
            + $"?e=1790000000&v=beta&t={Number:x10}"
        : null;

    /// <summary>The opaque member URN, <c>ACoAA</c> and 34 letters: same lead, same URN.</summary>
    public string MemberUrn => MemberUrnOf(Number);

    public static string MemberUrnOf(int number)
    {
        byte[] hash = SHA256.HashData(Encoding.ASCII.GetBytes($"member {number}"));
        return "ACoAA" + Convert.ToBase64String(hash).Replace('+', '-').Replace('/', '_')[..34];
    }

    public HeyReachLead View() => new(LinkedInId, ProfileUrl, FirstName, LastName)
    {
        Headline = Headline, Position = Position, CompanyName = CompanyName, EmailAddress = EmailAddress, Tags = Tags,
    };
}
