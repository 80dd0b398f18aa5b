using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Writes contacts and what belongs to them as the dated surface shows them.</summary>
internal static class DatedContactJson
{
    public static JsonNode Write(Contact contact) => new JsonObject
    {
        ["id"] = contact.Id,
        ["externalId"] = contact.ExternalId,
        ["source"] = contact.Source,
        ["sourceUrl"] = contact.SourceUrl,
        ["firstName"] = contact.FirstName,
        ["lastName"] = contact.LastName,
        ["company"] = contact.Company,
        ["role"] = contact.Role,
        ["createdAt"] = WireTime.Write(contact.CreatedAt),
        ["updatedAt"] = WireTime.Write(contact.UpdatedAt),
        ["actorId"] = contact.MadeBy,
    };

    public static JsonNode Write(ContactProperty property) => new JsonObject
    {
        ["id"] = property.Id,
        ["type"] = property.Type,
        ["name"] = property.Name,
        ["value"] = property.Value?.DeepClone(),
        ["createdAt"] = WireTime.Write(property.CreatedAt),
        ["updatedAt"] = WireTime.Write(property.UpdatedAt),
    };

    public static JsonNode Write(ContactNote note) => new JsonObject
    {
        ["id"] = note.Id, ["text"] = note.Text, ["createdAt"] = WireTime.Write(note.CreatedAt), ["updatedAt"] = WireTime.Write(note.UpdatedAt),
    };

    public static JsonNode Write(Contact contact, ContactShare share) => new JsonObject
    {
        ["contactId"] = contact.Id, ["sharedWith"] = share.SharedWith, ["createdAt"] = WireTime.Write(share.CreatedAt),
    };
}
