using Syncline.Loading;
using Syncline.Merging;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Worlds;
using Syncline.Syncs;

namespace Syncline.Simulation.Judging;

/// <summary>Every person in Attio with a number one contact in Quo, as Attio has them and as Quo's users left them.</summary>
internal sealed class ContactsJudge(World world, History history) : IJudge
{
    private readonly SyncDefinition _sync = world.Scenario.Flow.Syncs.Single(s => s.To.Contains("quo"));
    private readonly ContactHistory _told = history.Contacts;
    private readonly IReadOnlyList<AttioRecordView> _people = world.Attio.Records("people");
    private readonly IReadOnlyList<QuoContactView> _contacts = [.. world.Quo.Contacts];
    private readonly Lazy<IReadOnlyList<DeadLetter>> _letters = new(() => [.. world.DeadLetters(world.Scenario.Flow.Syncs.Single(s => s.To.Contains("quo")).Name)]);
    private readonly Lazy<Dictionary<string, Link>> _linksOfPeople = new(() => world.Links("attio", "people"));

    public void Decide(bool hasReadAll)
    {
        NobodyTwice();
        NothingTwiceOnAContact();
        foreach (AttioRecordView person in _people) EverybodyOnce(person);
        new Departures(world, history, _sync).Decide(hasReadAll);
        UsersWon();
        StrangersUntouched();
        NothingUntraced();
    }

    /// <summary>One run that reads everybody must bring everybody who was there from its first moment to its last: a gap in a sweep may not wait for the next one.</summary>
    public Action? BeforeRun()
    {
        // Who has just been added, a lagging query misses: that is no gap.
        DateTimeOffset known = world.Clock.GetUtcNow() - world.Scenario.QueryLag;
        Dictionary<string, string> there = _people.Where(p => p.CreatedAt <= known).ToDictionary(p => p.Id, PhonesOf, StringComparer.Ordinal);
        return () => new ContactsJudge(world, history).NobodyLeftOut(there);
    }

    private static string PhonesOf(AttioRecordView person) => string.Join(' ', person.Texts("phone_numbers"));

    private void NobodyLeftOut(Dictionary<string, string> there)
    {
        foreach (AttioRecordView person in _people.Where(p => there.GetValueOrDefault(p.Id) is { Length: > 0 } phones && phones == PhonesOf(p)))
        {
            if (!_told.MergedFrom.ContainsKey(person.Id) && !IsExcused(person) && !ContactsOf(person.Id).Any()) throw new BrokenPromiseException("P2", $"The person {person.Id} was in Attio all through a run and is no contact after it.");
        }
    }

    private void NobodyTwice()
    {
        foreach (IGrouping<string, QuoContactView> same in _contacts.Where(c => c.ExternalId is not null).GroupBy(c => c.ExternalId!))
        {
            if (same.Count() > 1) throw new BrokenPromiseException("P1", $"{same.Count()} contacts carry the external id {same.Key}.");
        }
    }

    private void NothingTwiceOnAContact()
    {
        foreach (QuoContactView contact in _contacts)
        {
            if (contact.Phones.Concat(contact.Emails).GroupBy(v => v).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new BrokenPromiseException("P1", $"{twice.Key} stands {twice.Count()} times on {contact.Id}.");
        }
    }

    /// <summary>Everybody is unmistakable here, whatever number is shared with whom: with the faults over, nobody may be listed instead.</summary>
    private void EverybodyOnce(AttioRecordView person)
    {
        if (_told.MergedFrom.ContainsKey(person.Id)) Merged(person);
        else if (_told.DeletedInQuo.Contains(person.Id)) NotMadeAgain(person);
        else if (ContactsOf(person.Id).SingleOrDefault() is { } contact) Same(person, contact);
        else if (person.Texts("phone_numbers").Count > 0) throw new BrokenPromiseException("P2", $"The person {person.Id} is no contact{(IsListed(person) ? ", and nothing is wrong with it" : " and is listed nowhere")}.");
    }

    private void NotMadeAgain(AttioRecordView person)
    {
        if (ContactsOf(person.Id).Any()) throw new BrokenPromiseException("P5", $"The contact of {person.Id} was deleted in Quo and came back.");
    }

    /// <summary>Whoever is left of a merge holds what is said of anybody; whose contact it was before is judged apart.</summary>
    private void Merged(AttioRecordView person)
    {
        if (ContactsOf(person.Id).SingleOrDefault() is { } contact) Same(person, contact);
    }

    private void Same(AttioRecordView person, QuoContactView contact)
    {
        if (Lacking(person, contact) is { } lacking) throw new BrokenPromiseException("P2", $"The contact {contact.Id} of {person.Id} lacks {lacking}.");
        // What LinkedIn tells of a lead, Attio need not hold.
        if (person.Text("heyreach_lead_id") is not null) return;
        // What was taken from the one that is left of a merge may have come from one of the two, and what those brought is not that one's to take back.
        string[] held = [.. person.Texts("phone_numbers"), .. person.Texts("email_addresses"), .. _told.MergedFrom.ContainsKey(person.Id) ? contact.Phones.Concat(contact.Emails) : []];
        string[] more = [.. contact.Phones.Concat(contact.Emails).Where(v => !held.Contains(v) && !_told.AddedInQuo.Contains((contact.Id, v)))];
        if (more.Length > 0) throw new BrokenPromiseException("P2", $"{more[0]} was taken from {person.Id} and stands on {contact.Id} still.");
        Shows(person, contact, "firstName", contact.FirstName, Name(person, "first_name"));
        Shows(person, contact, "lastName", contact.LastName, Name(person, "last_name"));
        Shows(person, contact, "role", contact.Role, person.Text("job_title"));
    }

    private string? Lacking(AttioRecordView person, QuoContactView contact)
    {
        if (LackingValue(person, contact) is { } value) return value;
        string? company = (person.Text("company") is { } id ? world.Attio.Record("companies", id)?.Text("name") : null) ?? person.Text("company_name");
        return Agree(person, contact.Company, company) ? null : $"the company {company}, it has {contact.Company}";
    }

    /// <summary>What the one that is left of a merge does not say, one of the two may have said.</summary>
    private bool Agree(AttioRecordView person, string? shown, string? wanted) => shown == wanted || (wanted is null && _told.MergedFrom.ContainsKey(person.Id));

    private string? LackingValue(AttioRecordView person, QuoContactView contact) =>
        person.Texts("phone_numbers").Except(contact.Phones).Concat(person.Texts("email_addresses").Except(contact.Emails)).FirstOrDefault(v => !_told.RemovedInQuo.Contains((contact.Id, v)));

    private void Shows(AttioRecordView person, QuoContactView contact, string field, string? shown, string? wanted)
    {
        if (!_told.EditedInQuo.ContainsKey((contact.Id, field)) && !Agree(person, shown, wanted)) throw new BrokenPromiseException("P2", $"{field} of {contact.Id} is '{shown}' and is '{wanted}' in Attio.");
    }

    private void UsersWon()
    {
        ILookup<string, QuoContactView> byId = _contacts.ToLookup(c => c.Id);
        foreach ((string id, string value) in _told.AddedInQuo)
        {
            if (byId[id].FirstOrDefault() is { } contact && !contact.Phones.Concat(contact.Emails).Contains(value)) throw new BrokenPromiseException("P5", $"{value} was put on {id} by hand and is lost.");
        }
        foreach (((string id, string field), string? value) in _told.EditedInQuo)
        {
            if (byId[id].FirstOrDefault() is { } contact && (field == "role" ? contact.Role : contact.LastName) is var shown && shown != value) throw new BrokenPromiseException("P5", $"{field} of {id} was set to '{value}' by hand and is '{shown}'.");
        }
        foreach ((string id, string value) in _told.RemovedInQuo)
        {
            if (byId[id].FirstOrDefault() is { } contact && contact.Phones.Concat(contact.Emails).Contains(value)) throw new BrokenPromiseException("P5", $"{value} was taken from {id} by hand and came back.");
        }
    }

    /// <summary>Contacts that others made are nobody's of ours, whatever number they share with somebody.</summary>
    private void StrangersUntouched()
    {
        foreach (string id in _told.MadeInQuo)
        {
            if (QuoWrites().FirstOrDefault(e => e.Request.Path.EndsWith(id, StringComparison.Ordinal)) is { } write) throw new BrokenPromiseException("P5", $"{write.Request.Method} {write.Request.Path} went to a contact that others made.");
        }
    }

    private void NothingUntraced()
    {
        Dictionary<string, Link> links = world.Links("quo", "contacts");
        foreach (QuoContactView contact in _contacts.Where(c => !_told.MadeInQuo.Contains(c.Id)))
        {
            if (!links.TryGetValue(contact.Id, out Link? link)) throw new BrokenPromiseException("P8", $"The contact {contact.Id} was made by us and no link knows it.");
            if (!link.IsOurs) throw new BrokenPromiseException("P8", $"The contact {contact.Id} was made by us and is taken for somebody else's.");
        }
    }

    private IEnumerable<LedgerEntry> QuoWrites() => world.Gate.Ledger.Entries.Where(e => e.Provider == "quo" && Pressure.IsWrite(e));

    private IEnumerable<QuoContactView> ContactsOf(string person) => _contacts.Where(c => c.ExternalId == person);

    private bool IsExcused(AttioRecordView person) => _told.DeletedInQuo.Contains(person.Id) || IsListed(person);

    private bool IsListed(AttioRecordView person) =>
        _letters.Value.Any(l => l.Key.Subject == $"attio/people/{person.Id}" || (_linksOfPeople.Value.TryGetValue(person.Id, out Link? link) && l.GoldenId == link.GoldenId));

    private static string? Name(AttioRecordView person, string part) => person.Raw("name") is [{ } name, ..] && name[part]?.ToString() is { Length: > 0 } text ? text : null;
}
