using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo;

/// <summary>People at work in the Quo app: no key, no limit, and contacts that integrations own are theirs to change no more than the API's.</summary>
/// <remarks>Where a name finds nothing, <see cref="ArgumentException"/>. Hooks fire as they do for API writes.</remarks>
public sealed class QuoApp
{
    private readonly QuoWorkspace _workspace;
    private readonly ContactWriter _writer;

    internal QuoApp(QuoWorkspace workspace) => (_workspace, _writer) = (workspace, new(workspace));

    /// <summary>Makes a custom field, which only people can.</summary>
    /// <param name="type">address, boolean, date, multi-select, number, string or url.</param>
    /// <returns>Its key: the name in lower case with dashes.</returns>
    public string DefineCustomField(string name, string type = "string")
    {
        if (!CustomField.Types.Contains(type)) throw new ArgumentException($"{type} is none of: {string.Join(", ", CustomField.Types)}.", nameof(type));
        string key = CustomField.KeyOf(name);
        if (_workspace.FindCustomField(key) is not null) throw new ArgumentException($"There is a custom field {key} already.", nameof(name));
        _workspace.CustomFields.Add(new(key, name, type));
        return key;
    }

    /// <summary>The name changes, the key stays.</summary>
    public void RenameCustomField(string key, string name)
    {
        int at = _workspace.CustomFields.FindIndex(f => f.Key == key);
        if (at < 0) throw new ArgumentException($"There is no custom field {key}.", nameof(key));
        _workspace.CustomFields[at] = _workspace.CustomFields[at] with { Name = name };
    }

    /// <summary>The field goes, and its values with it.</summary>
    public void RemoveCustomField(string key)
    {
        if (_workspace.CustomFields.RemoveAll(f => f.Key == key) == 0) throw new ArgumentException($"There is no custom field {key}.", nameof(key));
        foreach (Contact contact in _workspace.Contacts.All) contact.Properties.RemoveAll(p => p.Key == key);
    }

    /// <param name="source">Null as the app leaves it; an import of the app's own writes <c>openphone</c>, <c>csv</c>, <c>device</c> and so on.</param>
    /// <returns>The contact's id.</returns>
    public string AddContact(string? firstName, string? lastName = null, string? phone = null, string? email = null, string? source = null, string? company = null) =>
        Add(firstName, lastName, company, phone, email, source, isOwned: false);

    /// <summary>A native CRM integration brings a contact: read-only for everybody else.</summary>
    /// <param name="integration">Its source, <c>hubspot</c>.</param>
    public string AddOwnedContact(string integration, string? firstName, string? lastName = null, string? phone = null, string? email = null, string? company = null) =>
        Add(firstName, lastName, company, phone, email, integration, isOwned: true);

    /// <param name="field">firstName, lastName, company or role.</param>
    public void Edit(string contactId, string field, string? value)
    {
        Sent<string?> sent = new(value, true);
        _writer.Change(Changeable(contactId), field switch
        {
            "firstName" => new() { FirstName = sent },
            "lastName" => new() { LastName = sent },
            "company" => new() { Company = sent },
            "role" => new() { Role = sent },
            _ => throw new ArgumentException($"{field} is none of: firstName, lastName, company, role.", nameof(field)),
        });
    }

    public void AddPhone(string contactId, string phone, string name = "mobile") => AddItem(contactId, ContactProperty.Phone, name, phone, null);

    public void AddEmail(string contactId, string email, string name = "work") => AddItem(contactId, ContactProperty.Email, name, email, null);

    /// <summary>Removes phones, e-mails or other values that read like this.</summary>
    public void RemoveItem(string contactId, string value)
    {
        Contact contact = Changeable(contactId);
        if (contact.Properties.RemoveAll(p => p.Value is JsonValue held && held.ToString() == value) == 0) throw new ArgumentException($"The contact has no {value}.", nameof(value));
        _writer.Touch(contact);
    }

    public void SetCustomField(string contactId, string key, JsonNode value)
    {
        CustomField field = _workspace.FindCustomField(key) ?? throw new ArgumentException($"There is no custom field {key}.", nameof(key));
        if (!field.Takes(value)) throw new ArgumentException($"That is no value for a field of type {field.Type}.", nameof(value));
        Changeable(contactId).Properties.RemoveAll(p => p.Key == key);
        AddItem(contactId, field.Type, field.Name, value.DeepClone(), key);
    }

    public void Share(string contactId, string with)
    {
        Contact contact = Known(contactId);
        contact.Shares.Add(new(with, _workspace.Now));
        _writer.Touch(contact);
    }

    public void Delete(string contactId) => _writer.Delete(Known(contactId));

    /// <summary>A conversation with a number begins: contacts with that number become visible in the app.</summary>
    /// <returns>The conversation's id; the one there is when it began before.</returns>
    public string StartConversation(string phone)
    {
        if (!PhoneForm.IsE164(phone)) throw new ArgumentException($"{phone} is not E.164.", nameof(phone));
        return _workspace.Conversation(_workspace.Numbers[0], [phone]).Id;
    }

    private string Add(string? firstName, string? lastName, string? company, string? phone, string? email, string? source, bool isOwned)
    {
        DateTimeOffset now = _workspace.Now;
        Contact contact = new(_workspace.Contacts.NextNumber, _workspace.Ids.Bare())
        {
            MadeBy = _workspace.Owner.Id, CreatedAt = now, UpdatedAt = now, IsMadeInApp = true, IsOwnedByIntegration = isOwned,
            FirstName = firstName, LastName = lastName, Company = company, Source = source,
        };
        if (phone is not null) contact.Properties.Add(_writer.NewProperty(ContactProperty.Phone, "mobile", phone, null));
        if (email is not null) contact.Properties.Add(_writer.NewProperty(ContactProperty.Email, "work", email, null));
        _workspace.Contacts.Add(contact);
        _workspace.Changed(contact);
        return contact.Id;
    }

    private void AddItem(string contactId, string type, string name, JsonNode value, string? key)
    {
        Contact contact = Changeable(contactId);
        contact.Properties.Add(_writer.NewProperty(type, name, value, key));
        _writer.Touch(contact);
    }

    private Contact Known(string id) => _workspace.Contacts.Find(id) ?? throw new ArgumentException($"There is no contact {id}.", nameof(id));

    private Contact Changeable(string id) =>
        Known(id) is { IsOwnedByIntegration: false } contact ? contact : throw new ArgumentException($"The contact {id} is owned by an integration.", nameof(id));
}
