using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Writes contacts as v1 shows them: phones, e-mails and custom fields inside.</summary>
internal static class V1ContactJson
{
    public static JsonNode Write(Contact contact, QuoWorkspace workspace) => new JsonObject
    {
        ["id"] = contact.Id,
        ["externalId"] = contact.ExternalId,
        ["source"] = contact.Source,
        ["sourceUrl"] = contact.SourceUrl,
        ["defaultFields"] = new JsonObject
        {
            ["company"] = contact.Company,
            ["emails"] = Items(contact.Emails),
            ["firstName"] = contact.FirstName,
            ["lastName"] = contact.LastName,
            ["phoneNumbers"] = Items(contact.Phones),
            ["role"] = contact.Role,
        },
        ["customFields"] = new JsonArray([.. contact.CustomFields.Select(p => Custom(p, workspace))]),
        ["createdAt"] = WireTime.Write(contact.CreatedAt),
        ["updatedAt"] = WireTime.Write(contact.UpdatedAt),
        // v1 promises a user here, also where a system actor made the contact on the other surface.
        ["createdByUserId"] = contact.MadeBy.StartsWith("US", StringComparison.Ordinal) ? contact.MadeBy : workspace.Owner.Id,
    };

    public static JsonNode Field(CustomField field) => new JsonObject { ["name"] = field.Name, ["key"] = field.Key, ["type"] = field.Type };

    private static JsonArray Items(IEnumerable<ContactProperty> items) =>
        new([.. items.Select(p => new JsonObject { ["name"] = p.Name ?? "", ["value"] = p.Value?.DeepClone(), ["id"] = p.Id })]);

    private static JsonObject Custom(ContactProperty value, QuoWorkspace workspace) => new()
    {
        ["name"] = workspace.FindCustomField(value.Key!)?.Name ?? value.Name,
        ["key"] = value.Key,
        ["id"] = value.Id,
        ["type"] = value.Type,
        ["value"] = value.Value?.DeepClone(),
    };
}
