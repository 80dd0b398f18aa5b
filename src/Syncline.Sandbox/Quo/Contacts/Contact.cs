using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>A phone number, an e-mail address or any other value of a contact: an item on v1, a property on the dated surface.</summary>
/// <param name="Key">The key of the workspace's custom field it is a value of; null for all others.</param>
internal sealed record ContactProperty(string Id, string Type, string? Name, JsonNode? Value, string? Key, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public const string Phone = "phone-number";
    public const string Email = "email";

    public bool IsPhone => Type == Phone && Key is null;
    public bool IsEmail => Type == Email && Key is null;
}

internal sealed record ContactNote(string Id, string Text, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

internal sealed record ContactShare(string SharedWith, DateTimeOffset CreatedAt);

/// <summary>A contact as both surfaces see it.</summary>
/// <param name="number">Counts up with every contact made: what lists are ordered and paged by.</param>
internal sealed class Contact(long number, string id)
{
    public long Number => number;
    public string Id => id;
    public string? ExternalId { get; set; }

    /// <summary>Since when it has its external id: lists learn of it late.</summary>
    public DateTimeOffset ExternalIdSince { get; set; }

    public string? Source { get; set; }
    public string? SourceUrl { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Company { get; set; }
    public string? Role { get; set; }
    public required string MadeBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>True when a native CRM integration owns it: nobody else may change it.</summary>
    public bool IsOwnedByIntegration { get; init; }

    /// <summary>What people make themselves they see at once.</summary>
    public bool IsMadeInApp { get; init; }

    public List<ContactProperty> Properties { get; set; } = [];
    public List<ContactNote> Notes { get; } = [];
    public List<ContactShare> Shares { get; } = [];

    public IEnumerable<ContactProperty> Phones => Properties.Where(p => p.IsPhone);
    public IEnumerable<ContactProperty> Emails => Properties.Where(p => p.IsEmail);
    public IEnumerable<ContactProperty> CustomFields => Properties.Where(p => p.Key is not null);
}
