using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>An update of what v1 only replaces as a whole: the contact as it is now, with the changes laid over it.</summary>
/// <remarks>
/// Every address, number and custom field that the contact has is sent again under its id, because one left out is deleted. One that is to go is sent with a null value:
/// that removes it whether left-out items are deleted (as is documented now) or kept (as the document of 2025 reads).
/// </remarks>
internal sealed class QuoReplacement
{
    private readonly QuoContact _now;
    private readonly Operation _operation;
    private readonly QuoDefinitions _definitions;

    public QuoReplacement(QuoContact now, Operation operation, QuoDefinitions definitions)
    {
        (_now, _operation, _definitions) = (now, operation, definitions);
        JsonObject held = new()
        {
            ["firstName"] = Scalar(QuoFields.FirstName, now.DefaultFields.FirstName),
            ["lastName"] = Scalar(QuoFields.LastName, now.DefaultFields.LastName),
            ["company"] = Scalar(QuoFields.Company, now.DefaultFields.Company),
            ["role"] = Scalar(QuoFields.Role, now.DefaultFields.Role),
            ["emails"] = Items(QuoFields.Emails, now.DefaultFields.Emails, "email"),
            ["phoneNumbers"] = Items(QuoFields.Phones, now.DefaultFields.PhoneNumbers, "phone"),
        };
        Body = new() { ["defaultFields"] = held, ["customFields"] = Customs() };
        foreach (string name in (string[])[QuoFields.ExternalId, QuoFields.SourceUrl])
        {
            if (IsNamed(name)) Body[name] = Scalar(name, null);
        }
    }

    public JsonObject Body { get; }

    /// <summary>True when it can be sent twice. Nobody knows what a second addition of an item does; a second removal names an item that is gone, and is refused for it.</summary>
    public bool IsRepeatable { get; private set; } = true;

    private bool IsNamed(string name) => _operation.Fields[name] is not null || _operation.Cleared.Contains(name);

    private string? Scalar(string name, string? now) => _operation.Cleared.Contains(name) ? null : _operation.Fields[name]?.Text ?? now;

    private JsonArray Items(string name, IReadOnlyList<QuoItem> now, string label)
    {
        HashSet<string> removed = Removed(name, now);
        IsRepeatable &= removed.Count == 0;
        JsonArray items = [.. now.Where(i => i.Value is not null).Select(i => Item(i.Id, i.Name ?? label, removed.Contains(i.Value!.Trim()) ? null : i.Value))];
        HashSet<string> kept = [.. now.Select(i => i.Value?.Trim()).OfType<string>().Except(removed).Select(v => QuoBody.Form(name, v))];
        foreach (FieldValue value in Values(_operation.Fields[name]).Where(v => kept.Add(QuoBody.Form(name, v.Text))))
        {
            items.Add(Item(null, label, value.Text));
            IsRepeatable = false;
        }
        return items;
    }

    /// <summary>Values to take away: those that stood there when the write was planned and are not in the new list. What was added since stays.</summary>
    private HashSet<string> Removed(string name, IReadOnlyList<QuoItem> now)
    {
        IEnumerable<string> present = now.Select(i => i.Value?.Trim()).OfType<string>();
        if (_operation.Cleared.Contains(name)) return [.. Planned(name) ?? present];
        if (_operation.Fields[name] is not { } wanted || !_operation.RemovesListValues) return [];
        // Nothing noted before means that nothing stood there: whatever does was added since.
        return [.. (Planned(name) ?? []).Except(wanted.Items.Select(v => v.Text))];
    }

    private IEnumerable<string>? Planned(string name) => _operation.Before[name]?.Items.Select(v => v.Text);

    private static IEnumerable<FieldValue> Values(FieldValue? value) => value is null ? [] : value.Items;

    private static JsonObject Item(string? id, string name, string? value)
    {
        JsonObject item = new() { ["name"] = name, ["value"] = value };
        if (id is not null) item["id"] = id;
        return item;
    }

    private JsonArray Customs()
    {
        JsonArray customs = [.. _now.CustomFields.Select(Kept).OfType<JsonObject>()];
        HashSet<string> there = [.. _now.CustomFields.Select(c => c.Key).OfType<string>()];
        foreach (Field field in _operation.Fields)
        {
            if (QuoFields.KeyOf(field.Name) is { } key && !there.Contains(key) && Custom(field) is { } value) customs.Add(new JsonObject { ["key"] = key, ["value"] = value });
        }
        return customs;
    }

    private JsonObject? Kept(QuoCustomField held)
    {
        string name = held.Key is null ? "" : QuoFields.Custom(held.Key);
        JsonObject item = [];
        if (held.Key is not null) item["key"] = held.Key;
        else if (held.Id is not null) item["id"] = held.Id;
        if (_operation.Cleared.Contains(name)) item["value"] = null;
        else if (_operation.Fields[name] is { } value) item["value"] = Custom(new(name, WithKept(held, value)));
        else if (held.Value.ValueKind is System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.Undefined) return null;
        else item["value"] = JsonNode.Parse(held.Value.GetRawText());
        return item;
    }

    /// <summary>Of a field with several values those stay that somebody chose meanwhile.</summary>
    private FieldValue WithKept(QuoCustomField held, FieldValue value)
    {
        if (value.Type != FieldType.List || QuoCustomValues.Read(held) is not { Type: FieldType.List } now) return value;
        if (!_operation.RemovesListValues) return FieldValue.List([now, value])!;
        IEnumerable<FieldValue> planned = Values(_operation.Before[QuoFields.Custom(held.Key!)]);
        return FieldValue.List(now.Items.Except(planned).Union(value.Items))!;
    }

    private JsonNode? Custom(Field field) => _definitions.Write(QuoFields.KeyOf(field.Name)!, field.Value);
}
