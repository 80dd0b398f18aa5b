using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Reads the <c>customFields</c> of a v1 body: items by the field's key, on a known contact also by the item's id.</summary>
internal sealed class CustomFieldReader(QuoWorkspace workspace, Contact? contact)
{
    public Sent<IReadOnlyList<CustomDraft>> Read(BodyReader body)
    {
        Sent<IReadOnlyList<BodyReader>> items = body.Children("customFields");
        List<QuoFault> faults = [];
        CustomDraft[] drafts = [.. items.Value.Select((item, i) => Item(item, $"/customFields/{i}", faults)).OfType<CustomDraft>()];
        return faults.Count == 0 ? new(drafts, items.IsThere) : throw Refuse.CustomField(faults);
    }

    private CustomDraft? Item(BodyReader item, string path, List<QuoFault> faults)
    {
        if (FieldOf(item) is not { } field)
        {
            faults.Add(new(path + "/key", "is no custom field of this workspace", item["key"] ?? item["id"], "string"));
            return null;
        }
        JsonNode? value = item["value"];
        if (item.Has("value") && (value is null || field.Takes(value))) return new(field, value?.DeepClone());
        faults.Add(new(path + "/value", $"is no value for a field of type {field.Type}", value, field.Type));
        return null;
    }

    private CustomField? FieldOf(BodyReader item)
    {
        if (item["key"].Text() is { } key) return workspace.FindCustomField(key);
        string? owner = item["id"].Text() is { } id ? contact?.Properties.Find(p => p.Id == id)?.Key : null;
        return owner is null ? null : workspace.FindCustomField(owner);
    }
}
