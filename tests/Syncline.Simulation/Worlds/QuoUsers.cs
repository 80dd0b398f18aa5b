using System.Globalization;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>People at work in the Quo app.</summary>
internal sealed class QuoUsers(QuoSimulator quo, History history, Random random)
{
    private readonly ContactHistory _told = history.Contacts;
    private int _made;

    /// <summary>Whether contacts are deleted.</summary>
    public bool Deletes { get; init; } = true;

    /// <summary>Whether numbers and addresses are taken away.</summary>
    public bool Removes { get; init; } = true;

    /// <summary>One thing that somebody does.</summary>
    public void Act()
    {
        QuoContactView[] contacts = [.. quo.Contacts];
        if (contacts.Length == 0 || random.Next(10) == 0)
        {
            AddContact(null);
            return;
        }
        QuoContactView contact = contacts[random.Next(contacts.Length)];
        if (random.Next(8) == 0 && Deletes) Delete(contact);
        else if (random.Next(5) == 0 && Removes) Remove(contact);
        else Change(contact);
    }

    /// <summary>What a user does to a contact and nothing of it is taken away.</summary>
    public void Change(QuoContactView contact)
    {
        switch (random.Next(5))
        {
            case 0 or 1: Put(contact, phone: Number()); break;
            case 2: Put(contact, email: $"quo{++_made}-{random.Next(100_000)}@example.net"); break;
            case 3: Edit(contact, "role"); break;
            default: Edit(contact, "lastName"); break;
        }
    }

    /// <param name="phone">Null for a number of its own.</param>
    public void AddContact(string? phone, string? email = null)
    {
        string id = quo.App.AddContact($"Bob{++_made}", $"Sample{random.Next(100_000)}", phone ?? Number(), email);
        _told.MadeInQuo.Add(id);
        history.Log.Add($"quo: {id} was added with {phone} {email}");
    }

    private void Put(QuoContactView contact, string? phone = null, string? email = null)
    {
        if (phone is not null) quo.App.AddPhone(contact.Id, phone);
        else quo.App.AddEmail(contact.Id, email!);
        _told.AddedInQuo.Add((contact.Id, phone ?? email!));
        history.Log.Add($"quo: {phone ?? email} was put on {contact.Id} ({contact.ExternalId})");
    }

    private void Edit(QuoContactView contact, string field)
    {
        string value = $"{(field == "role" ? "Chief" : "Edited")}{random.Next(100_000)}";
        quo.App.Edit(contact.Id, field, value);
        _told.EditedInQuo[(contact.Id, field)] = value;
        _told.Given.Add((contact.Id, field, value));
        history.Log.Add($"quo: {field} of {contact.Id} ({contact.ExternalId}) became {value}");
    }

    private void Remove(QuoContactView contact)
    {
        string[] held = [.. contact.Phones, .. contact.Emails];
        if (held.Length == 0) return;
        string value = held[random.Next(held.Length)];
        quo.App.RemoveItem(contact.Id, value);
        _told.AddedInQuo.Remove((contact.Id, value));
        _told.RemovedInQuo.Add((contact.Id, value));
        history.Log.Add($"quo: {value} was taken from {contact.Id} ({contact.ExternalId})");
    }

    private void Delete(QuoContactView contact)
    {
        if (contact.ExternalId is { } id) _told.DeletedInQuo.Add(id);
        quo.App.Delete(contact.Id);
        history.Log.Add($"quo: {contact.Id} ({contact.ExternalId}) was deleted");
    }

    private string Number() => $"+4420794{(++_made + (random.Next(900) * 100)).ToString("00000", CultureInfo.InvariantCulture)}";
}
