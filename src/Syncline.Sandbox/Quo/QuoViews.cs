using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Contacts;

namespace Syncline.Sandbox.Quo;

/// <summary>A phone number, e-mail address or other value of a contact, for those who only look.</summary>
/// <param name="Type">phone-number, email, or a custom field's type.</param>
/// <param name="Key">The custom field's key; null for phones, e-mails and free properties.</param>
public sealed record QuoContactItem(string Id, string Type, string? Name, JsonNode? Value, string? Key)
{
    internal static QuoContactItem Of(ContactProperty property) => new(property.Id, property.Type, property.Name, property.Value?.DeepClone(), property.Key);
}

/// <summary>A contact as it is now, for those who only look.</summary>
/// <param name="Phones">In the order they are held.</param>
/// <param name="IsVisibleInApp">Whether people see it: only with a conversation with one of its numbers, unless the app made it.</param>
public sealed record QuoContactView(
    string Id, string? ExternalId, string? Source, string? SourceUrl, string? FirstName, string? LastName, string? Company, string? Role,
    IReadOnlyList<string> Phones, IReadOnlyList<string> Emails, IReadOnlyList<QuoContactItem> Items, IReadOnlyList<string> Notes,
    string MadeBy, bool IsOwnedByIntegration, bool IsVisibleInApp, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>A custom field's value, or null.</summary>
    public JsonNode? Custom(string key) => Items.FirstOrDefault(i => i.Key == key)?.Value;

    internal static QuoContactView Of(Contact contact, bool isVisible) => new(
        contact.Id, contact.ExternalId, contact.Source, contact.SourceUrl, contact.FirstName, contact.LastName, contact.Company, contact.Role,
        [.. contact.Phones.Select(p => (string)p.Value!)], [.. contact.Emails.Select(p => (string)p.Value!)], [.. contact.Properties.Select(QuoContactItem.Of)],
        [.. contact.Notes.Select(n => n.Text)], contact.MadeBy, contact.IsOwnedByIntegration, isVisible, contact.CreatedAt, contact.UpdatedAt);
}
