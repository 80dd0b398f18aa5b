using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>An item of a v1 body, whatever its kind, ready to be put on a contact.</summary>
/// <param name="Id">The contact's item that it changes; null for a new one.</param>
/// <param name="Value">Null removes the item.</param>
internal sealed record PropertyDraft(string? Id, string Type, string? Name, JsonNode? Value, string? Key = null)
{
    public static PropertyDraft Of(ItemDraft item, string type) => new(item.Id, type, item.Name, item.Value is null ? null : JsonValue.Create(item.Value));

    public static PropertyDraft Of(CustomDraft item, Contact? contact) =>
        new(contact?.Properties.Find(p => p.Key == item.Field.Key)?.Id, item.Field.Type, item.Field.Name, item.Value, item.Field.Key);
}
