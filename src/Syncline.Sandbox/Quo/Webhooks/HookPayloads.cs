using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Telephony;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>Says what contacts and messages look like in hooks.</summary>
internal sealed class HookPayloads(QuoWorkspace workspace, QuoHookTrouble trouble)
{
    public HookEvent Contact(string type, Contact contact) =>
        new(EventId(), type, workspace.Now, null, ContactResource(contact), new() { ["orgId"] = workspace.OrgId });

    public HookEvent Message(string type, MessageRecord message, DateTimeOffset at)
    {
        string[] ids = ContactIds(message.Conversation.Participants);
        return new(EventId(), type, at, message.Conversation.Line.Id, MessageResource(type, message), MessageContext(message, ids), LegacyMessage(message, ids, at));
    }

    public string EventId() => workspace.Ids.Next("EV");

    /// <summary>The contacts with one of these numbers: there can be many.</summary>
    public string[] ContactIds(IEnumerable<string> phones) =>
        [.. workspace.Contacts.All.Where(c => c.Phones.Any(p => phones.Contains((string?)p.Value))).Select(c => c.Id)];

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private JsonObject ContactResource(Contact contact) => new()
    {
        ["id"] = contact.Id,
        ["firstName"] = contact.FirstName,
        ["lastName"] = contact.LastName,
        ["company"] = contact.Company,
        ["role"] = contact.Role,
        ["location"] = null,
        ["source"] = contact.Source,
        ["externalId"] = contact.ExternalId,
        ["emails"] = new JsonArray([.. contact.Emails.Select(Way)]),
        ["phoneNumbers"] = new JsonArray([.. contact.Phones.Select(Way)]),
        ["customFields"] = new JsonArray([.. contact.CustomFields.Select(Custom)]),
        ["createdAt"] = WireTime.Write(contact.CreatedAt),
        ["updatedAt"] = WireTime.Write(contact.UpdatedAt),
    };

    private static JsonObject Way(ContactProperty property) => new() { ["value"] = property.Value?.DeepClone(), ["type"] = property.Type };

    private JsonObject Custom(ContactProperty property) => new()
    {
        ["name"] = workspace.FindCustomField(property.Key!)?.Name ?? property.Name, ["key"] = property.Key, ["id"] = property.Id, ["type"] = property.Type, ["value"] = property.Value?.DeepClone(),
    };

    private static JsonObject MessageResource(string type, MessageRecord message) => new()
    {
        ["id"] = message.Id,
        ["direction"] = message.Direction,
        ["text"] = message.Text,
        ["media"] = new JsonArray(),
        ["status"] = type["message.".Length..],
        ["createdAt"] = WireTime.Write(message.CreatedAt),
        ["errorCode"] = type is "message.failed" or "message.undelivered" ? "30003" : null,
    };

    private JsonObject MessageContext(MessageRecord message, string[] contactIds) => new()
    {
        ["orgId"] = workspace.OrgId,
        ["phoneNumberId"] = message.Conversation.Line.Id,
        ["conversationId"] = message.Conversation.Id,
        ["userId"] = message.User.Id,
        ["contacts"] = new JsonObject
        {
            ["ids"] = trouble.LookupUnavailable ? [] : Texts(contactIds),
            ["lookupStatus"] = trouble.LookupUnavailable ? "unavailable" : contactIds.Length > 0 ? "matched" : "none",
        },
        ["senderIdentifier"] = message.From,
        ["recipientIdentifiers"] = Texts(message.To),
    };

    private static JsonObject LegacyMessage(MessageRecord message, string[] contactIds, DateTimeOffset at) => new()
    {
        ["id"] = message.Id,
        ["object"] = "message",
        ["from"] = message.From,
        ["to"] = message.To[0],
        ["direction"] = message.Direction,
        ["text"] = message.Text,
        ["status"] = message.IsIncoming ? "received" : message.StatusAt(at),
        ["createdAt"] = WireTime.Write(message.CreatedAt),
        ["userId"] = message.User.Id,
        ["phoneNumberId"] = message.Conversation.Line.Id,
        ["conversationId"] = message.Conversation.Id,
        ["contactIds"] = Texts(contactIds),
    };
}
