using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Phones, e-mails and all other values of a contact, one resource each, on the dated surface.</summary>
internal sealed class PropertyEndpoints(QuoWorkspace workspace)
{
    private readonly ContactWriter _writer = new(workspace);

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/contacts/{id}/properties", List),
        new("POST", "/contacts/{id}/properties", Create),
        new("GET", "/contacts/{id}/properties/{property}", call => Shown(Find(workspace.Contact(call[0]), call))),
        new("PATCH", "/contacts/{id}/properties/{property}", Change),
        new("DELETE", "/contacts/{id}/properties/{property}", Delete),
    ];

    private SandboxResponse List(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        DatedQuery query = new(call, workspace.Behaviour, "type");
        ContactProperty[] found = [.. contact.Properties.Where(p => query.One("type") is not { } type || p.Type == type)];
        return query.Answer(found, DatedContactJson.Write);
    }

    /// <summary>Answers 200, not 201.</summary>
    private SandboxResponse Create(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        ContactProperty property = Read(call.Body());
        if (!workspace.MayChange(contact, isV1: false)) return Shown(property);
        if (property.Key is not null) contact.Properties.RemoveAll(p => p.Key == property.Key);
        contact.Properties.Add(property);
        _writer.Touch(contact);
        return Shown(property);
    }

    private SandboxResponse Change(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        ContactProperty before = Find(contact, call), after = Changed(before, call.Body());
        if (!workspace.MayChange(contact, isV1: false)) return Shown(before);
        contact.Properties[contact.Properties.IndexOf(before)] = after;
        _writer.Touch(contact);
        return Shown(after);
    }

    private SandboxResponse Delete(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        ContactProperty property = Find(contact, call);
        if (!workspace.MayChange(contact, isV1: false)) return QuoAnswers.Deleted;
        contact.Properties.Remove(property);
        _writer.Touch(contact);
        return QuoAnswers.Deleted;
    }

    private ContactProperty Read(JsonObject sent)
    {
        List<QuoFault> faults = [];
        BodyReader body = new(sent, "/body", faults);
        DatedContactReader.RefuseUnknown(body, workspace.Behaviour, ["type", "name", "value"]);
        string type = body.Needed("type") ?? "";
        string? name = body.Text("name").Value;
        if (body["value"] is null) body.Fault("value", "Required", "any");
        JsonNode? value = Value(body, type);
        if (faults.Count > 0) throw Refuse.Bad(faults);
        CustomField? field = workspace.Behaviour.PropertiesBind ? workspace.CustomFields.Find(f => f.Name == name && f.Type == type) : null;
        return _writer.NewProperty(type, name, value!, field?.Key);
    }

    private ContactProperty Changed(ContactProperty property, JsonObject sent)
    {
        List<QuoFault> faults = [];
        BodyReader body = new(sent, "/body", faults);
        DatedContactReader.RefuseUnknown(body, workspace.Behaviour, ["type", "name", "value"]);
        if (body.Has("type")) body.Fault("type", "cannot be changed");
        if (body.Has("value") && body["value"] is null) body.Fault("value", "Required", "any");
        Sent<string?> name = body.Text("name");
        JsonNode? value = body.Has("value") ? Value(body, property.Type) : property.Value;
        if (faults.Count > 0) throw Refuse.Bad(faults);
        return property with { Name = name.Or(property.Name), Value = value, UpdatedAt = workspace.Now };
    }

    // The type is a free string: only the types that were seen say what a value must be.
    private JsonNode? Value(BodyReader body, string type)
    {
        JsonNode? value = body["value"];
        bool fits = value is null || type switch
        {
            ContactProperty.Phone or ContactProperty.Email or "string" or "date" => value.Text() is not null,
            "boolean" => value.IsFlag(),
            "number" => value.IsNumber(),
            _ => true,
        };
        if (!fits) body.Fault("value", $"is no value for a property of type {type}", type);
        else if (type == ContactProperty.Phone && value is not null) return PhoneForm.Of(value.Text()!, workspace.Behaviour.ContactPhones, () => body.Fault("value", "must be E.164"));
        else if (type == ContactProperty.Email && value is not null && workspace.Behaviour.EmailsInLowerCase) return value.Text()!.ToLowerInvariant();
        return value?.DeepClone();
    }

    private static ContactProperty Find(Contact contact, QuoCall call) => contact.Properties.Find(p => p.Id == call[1]) ?? throw Refuse.NotFound("Property");

    private static SandboxResponse Shown(ContactProperty property) => QuoAnswers.Data(DatedContactJson.Write(property));
}
