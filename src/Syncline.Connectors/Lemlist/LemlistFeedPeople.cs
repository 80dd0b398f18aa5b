using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>Makes pages of the feed: whoever an activity is about stands before it, as the contact is now.</summary>
internal sealed class LemlistFeedPeople(LemlistApi api, LemlistOptions options, StreamId people, ReadRequest request)
{
    private readonly LemlistNames _names = new(api, options.Campaign);
    private readonly Dictionary<string, string?> _contactsOfLeads = new(StringComparer.Ordinal);

    public async Task<Page> PageAsync(LemlistFeedRows rows, Cursor next, CancellationToken cancellationToken)
    {
        JsonElement[] changed = [.. rows.Changed.Select(c => c.Row)];
        LemlistFoundContacts found = await FindAsync(changed, cancellationToken);
        List<RemoteRecord> activities = [];
        foreach ((RemoteRecord record, JsonElement row) in rows.Changed)
        {
            string? contact = found.Of(row);
            bool isReferred = contact is not null || record.Fields["company"] is not null;
            if (!isReferred) rows.Rejections.Add(Unowned(record.Key));
            if (!isReferred) continue;
            activities.Add(contact is null ? record : record with { Fields = record.Fields.With("person", FieldValue.Reference(people.Name, contact)) });
            rows.Versions.Add((record.Key, record.Version!));
        }
        RemoteRecord[] touched = await ChangedAsync(found.Contacts, cancellationToken);
        return new([.. touched, .. activities], next)
        {
            Versions = [.. touched.Select(p => (p.Key, p.Version!)), .. rows.Versions],
            Rejections = rows.Rejections,
            Unchanged = rows.Unchanged,
            Covered = rows.Taken,
        };
    }

    private async Task<LemlistFoundContacts> FindAsync(JsonElement[] rows, CancellationToken cancellationToken)
    {
        // Old rows do not name the contact: its address or its lead lead to it.
        string[] leads = [.. rows.Where(r => LemlistActivities.ContactOf(r) is null && r.Text("leadEmail") is null).Select(LemlistActivities.LeadOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (string lead in leads.Where(l => !_contactsOfLeads.ContainsKey(l))) _contactsOfLeads[lead] = (await api.FindLeadAsync(lead, cancellationToken))?.Text("contactId");
        string[] wanted = [.. rows.Select(Wanted).OfType<string>()];
        IReadOnlyList<JsonElement> contacts = wanted.Length == 0 ? [] : await api.ContactsAsync(wanted, cancellationToken);
        return new([.. contacts.Where(c => c.Text("_id") is not null).DistinctBy(c => c.Text("_id"))], Wanted);
    }

    private string? Wanted(JsonElement row) =>
        LemlistActivities.ContactOf(row) ?? EmailAddress.Normalise(row.Text("leadEmail")) ?? (LemlistActivities.LeadOf(row) is { } lead ? _contactsOfLeads.GetValueOrDefault(lead) : null);

    private async Task<RemoteRecord[]> ChangedAsync(IReadOnlyList<JsonElement> contacts, CancellationToken cancellationToken)
    {
        if (contacts.Count == 0) return [];
        LemlistContext context = await _names.OfAsync(contacts, cancellationToken);
        RemoteRecord[] records = [.. contacts.Select(c => LemlistPeople.ToRecord(people, c, context))];
        // In a full reading, too: the stream of people has shown them all before this one began.
        IReadOnlyDictionary<string, string> known = await request.Known.FindAsync(people, [.. records.Select(r => r.Key.Id)], cancellationToken);
        return [.. records.Where(r => known.GetValueOrDefault(r.Key.Id) != r.Version)];
    }

    private static Rejection Unowned(RecordKey key) => new(key, RecordKind.Activity, "no-contact", "Whoever this activity is about is no contact in Lemlist any more.") { IsSkip = true };
}

/// <summary>The contacts of a page's rows.</summary>
internal sealed class LemlistFoundContacts(IReadOnlyList<JsonElement> contacts, Func<JsonElement, string?> wanted)
{
    private readonly Dictionary<string, string> _idByWord = contacts
        .SelectMany(c => new[] { c.Text("_id"), EmailAddress.Normalise(c.Text("email")) }.OfType<string>(), (contact, word) => (Word: word, Id: contact.Text("_id")!))
        .GroupBy(p => p.Word, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal);

    public IReadOnlyList<JsonElement> Contacts => contacts;

    /// <summary>The id of the contact that a row is about; null when it is not there.</summary>
    public string? Of(JsonElement row) => wanted(row) is { } word ? _idByWord.GetValueOrDefault(word) : null;
}
