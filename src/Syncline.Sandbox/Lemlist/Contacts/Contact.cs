using Syncline.Sandbox.Lemlist.Leads;

namespace Syncline.Sandbox.Lemlist.Contacts;

/// <summary>A person of the team's contacts; a lead is this person within one campaign.</summary>
internal sealed class Contact(string id, string ownerId, string createdBy, DateTimeOffset createdAt)
{
    public string Id => id;
    public string OwnerId { get; set; } = ownerId;
    public string CreatedBy => createdBy;
    public DateTimeOffset CreatedAt => createdAt;
    public string? Email { get; set; }
    public string? SalesNavigatorUrl { get; set; }

    /// <summary>Names and values in the order they were first given; the e-mail address is not among them.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    public List<Lead> Leads { get; } = [];
    public Company? Company { get; set; }

    /// <summary>Marked by hand or by the API; an address in the unsubscribe list counts besides.</summary>
    public bool DoNotContact { get; set; }

    /// <summary>Until when an enrichment is under way, which keeps it from being deleted.</summary>
    public DateTimeOffset EnrichingUntil { get; set; }

    public string? LinkedInUrl => Fields.GetValueOrDefault("linkedinUrl");

    public string FullName => $"{Fields.GetValueOrDefault("firstName")} {Fields.GetValueOrDefault("lastName")}".Trim();
}

/// <summary>A list of contacts.</summary>
internal sealed class ContactList(string id, string name)
{
    public string Id => id;
    public string Name => name;
    public List<Contact> Members { get; } = [];
}

/// <summary>A company of the team's contacts.</summary>
internal sealed class Company(string id, string ownerId, DateTimeOffset createdAt)
{
    public string Id => id;
    public string OwnerId => ownerId;
    public DateTimeOffset CreatedAt => createdAt;
    public string? Domain { get; set; }
    public string? LinkedInUrl { get; set; }

    /// <summary>The name among them.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);
}
