using System.Globalization;
using Syncline.Sandbox.HubSpot;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>People at work in HubSpot's pages.</summary>
internal sealed class HubSpotUsers(HubSpotSimulator hubspot, History history, Random random)
{
    private const string Contacts = "contacts", Companies = "companies";

    // The type id of a contact's primary company.
    private const int Primary = 1;

    private static readonly string[] Edited = ["jobtitle", "jobtitle", "lastname", "city"];

    private readonly PortalHistory _told = history.Portal;
    private int _made;

    /// <summary>One thing that somebody does.</summary>
    public void Act()
    {
        HubSpotRecordView[] contacts = [.. hubspot.Records(Contacts)];
        if (contacts.Length == 0)
        {
            AddContact(null);
            return;
        }
        switch (random.Next(16))
        {
            case 0: AddContact(null); break;
            case 1: AddCompany(); break;
            case 2: RenameCompany(); break;
            case 3: Archive(contacts); break;
            case 4 or 5: Restore(); break;
            case 6: Merge(contacts); break;
            case 7 or 8: Employ(contacts[random.Next(contacts.Length)]); break;
            case 9: Dismiss(contacts[random.Next(contacts.Length)]); break;
            default: Change(contacts[random.Next(contacts.Length)]); break;
        }
    }

    /// <summary>A value of a contact is changed, and nothing is taken away.</summary>
    public void Change(HubSpotRecordView contact)
    {
        string property = Edited[random.Next(Edited.Length)];
        Edit(contact, property, $"{property}{random.Next(100_000)}");
    }

    /// <param name="email">Null for an address of its own.</param>
    public void AddContact(string? email)
    {
        int number = ++_made;
        Dictionary<string, string> values = new() { ["firstname"] = $"Bob{number}", ["lastname"] = $"Sample{random.Next(100_000)}", ["email"] = email ?? $"bob{number}-{random.Next(100_000)}@example.net" };
        if (random.Next(2) == 0) values["jobtitle"] = $"Clerk {number}";
        string id = hubspot.App.Create(Contacts, values);
        _told.Made.Add(id);
        foreach ((string property, string value) in values) _told.Given.Add((id, property, value));
        history.Log.Add($"hubspot: {id} was added as {values["firstname"]} with {values["email"]}");
    }

    private void Edit(HubSpotRecordView record, string property, string value)
    {
        hubspot.App.Edit(record.Type, record.Id, property, value);
        if (record.Type == Contacts) _told.Given.Add((record.Id, property, value));
        history.Log.Add($"hubspot: {property} of {record.Type}/{record.Id} became {value}");
    }

    private void AddCompany()
    {
        int number = ++_made;
        string id = hubspot.App.Create(Companies, new Dictionary<string, string> { ["name"] = $"Widgets {number}-{random.Next(1000)}", ["domain"] = $"widgets{number}.example.net" });
        _told.Made.Add(id);
        history.Log.Add($"hubspot: company {id} was added");
    }

    private void RenameCompany()
    {
        HubSpotRecordView[] companies = [.. hubspot.Records(Companies)];
        if (companies.Length > 0) Edit(companies[random.Next(companies.Length)], "name", string.Create(CultureInfo.InvariantCulture, $"Renamed {random.Next(100_000)}"));
    }

    private void Employ(HubSpotRecordView contact)
    {
        HubSpotRecordView[] companies = [.. hubspot.Records(Companies)];
        if (companies.Length == 0) return;
        string company = companies[random.Next(companies.Length)].Id;
        hubspot.App.Associate(Contacts, contact.Id, Companies, company, Primary);
        _told.Employed.Add(contact.Id);
        history.Log.Add($"hubspot: {contact.Id} was associated with company {company}");
    }

    private void Dismiss(HubSpotRecordView contact)
    {
        if (contact.To(Companies) is not [{ } company, ..]) return;
        hubspot.App.Dissociate(Contacts, contact.Id, Companies, company.Id);
        _told.Employed.Add(contact.Id);
        history.Log.Add($"hubspot: {contact.Id} was dissociated from company {company.Id}");
    }

    /// <summary>What the one that is left holds, its people have decided.</summary>
    private void Merge(HubSpotRecordView[] contacts)
    {
        if (contacts.Length < 2) return;
        string[] two = [.. contacts.OrderBy(_ => random.Next()).Take(2).Select(c => c.Id)];
        string left = hubspot.App.Merge(Contacts, two[0], two[1]);
        if (two[0] != left || _told.Made.Contains(two[0])) _told.Made.Add(left);
        _told.MergedFrom[left] = [.. two, .. two.SelectMany(id => _told.MergedFrom.GetValueOrDefault(id, []))];
        foreach (string property in Edited.Distinct()) _told.Given.Add((left, property, hubspot.Record(Contacts, left)![property] ?? ""));
        history.Log.Add($"hubspot: {two[0]} and {two[1]} were merged to {left}");
    }

    private void Archive(HubSpotRecordView[] contacts)
    {
        HubSpotRecordView contact = contacts[random.Next(contacts.Length)];
        hubspot.App.Archive(Contacts, contact.Id);
        _told.EverArchived.Add(contact.Id);
        history.Log.Add($"hubspot: {contact.Id} was archived");
    }

    private void Restore()
    {
        // What becomes of one whose address has been given to another meanwhile, nobody has shown.
        HubSpotRecordView[] archived = [.. hubspot.Archived(Contacts).Where(c => c.MergedInto is null && (c["email"] is not { } email || hubspot.ContactsByEmail(email).Count == 0))];
        if (archived.Length == 0) return;
        HubSpotRecordView contact = archived[random.Next(archived.Length)];
        hubspot.App.Restore(Contacts, contact.Id);
        history.Log.Add($"hubspot: {contact.Id} was restored");
    }
}
