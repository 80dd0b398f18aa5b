using System.Text.RegularExpressions;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Contacts;

namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>One contact within one campaign.</summary>
internal sealed partial class Lead(string id, Campaign campaign, Contact contact, string source, DateTimeOffset createdAt)
{
    /// <summary>What a lead has besides its custom variables, in the order of exports.</summary>
    public static readonly string[] Standard =
    [
        "email", "firstName", "lastName", "picture", "phone", "linkedinUrl", "timezone", "companyName", "companyDomain", "icebreaker", "jobTitle",
    ];

    public string Id => id;
    public Campaign Campaign => campaign;
    public Contact Contact => contact;

    /// <summary>api, or how people brought it in.</summary>
    public string Source => source;

    public DateTimeOffset CreatedAt { get; } = createdAt;
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;
    public bool IsPaused { get; set; }
    public bool IsPersonalized { get; set; }

    /// <summary>Unsubscribed within this campaign.</summary>
    public bool IsInGraveyard { get; set; }

    /// <summary>The last state of any channel, <c>emailsOpened</c>.</summary>
    public string State { get; set; } = "scanned";

    /// <summary>The global state that follows from what happened, <c>hooked</c>.</summary>
    public string GlobalState { get; set; } = "scanned";

    /// <summary>The coarser word.</summary>
    public string Status => GlobalState is "imported" or "scanned" or "skipped" or "reviewed" ? "review" : IsInGraveyard ? "unsubscribed" : "inProgress";

    public string EmailStatus { get; set; } = "deliverable";
    public string? ContactOwner { get; set; }

    /// <summary>Standard fields and custom variables in the order they were first given. A cleared variable is an empty text.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string? Email => Variables.GetValueOrDefault("email");

    public IEnumerable<KeyValuePair<string, string>> Custom => Variables.Where(v => !Standard.Contains(v.Key));

    /// <summary>The name under which a variable is kept: what is not allowed becomes an underscore.</summary>
    public static string NameOf(string sent) => NotAllowed().Replace(sent, "_");

    [GeneratedRegex("[^A-Za-z0-9_\\- #]")]
    private static partial Regex NotAllowed();
}
