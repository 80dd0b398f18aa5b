using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HubSpot;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Judging;

/// <summary>Everybody whom Attio knows one contact in HubSpot, everything as it was last said on either side, and nothing that people did there undone.</summary>
internal sealed class HubSpotJudge(World world, History history) : IJudge
{
    private const string Contacts = "contacts", Sync = "hubspot-two-way";

    private static readonly string[] Excused = [IdentityProblem.NoMatchKey, "implausible-reading"];

    private static readonly (string Property, string Field)[] Fields = [("firstname", "first_name"), ("lastname", "last_name"), ("jobtitle", "job_title"), ("city", "city")];

    private readonly PortalHistory _told = history.Portal;
    private readonly HubSpotRecordView[] _contacts = [.. world.HubSpot.Records(Contacts)];
    private readonly Dictionary<string, Link> _links = world.Links("hubspot", Contacts);
    private readonly Dictionary<string, Link> _people = world.Links("attio", "people");
    private readonly Lazy<Dictionary<string, Link>> _companies = new(() => world.Links("hubspot", "companies")), _companiesOfAttio = new(() => world.Links("attio", "companies"));
    private readonly Lazy<ILookup<long, DeadLetter>> _letters = new(() => world.DeadLetters(Sync).Where(l => l.GoldenId is not null).ToLookup(l => l.GoldenId!.Value));

    public void Decide(bool hasReadAll)
    {
        NobodyTwice();
        NobodyRemoved();
        NothingPaidTwice();
        NothingSetAside();
        IReadOnlyDictionary<long, GoldenRecord> golden = world.Golden([.. _links.Values.Select(l => l.GoldenId).Distinct()]);
        // An archived record that comes back carries no time of it: a complete listing meets it.
        foreach (HubSpotRecordView contact in _contacts.Where(c => hasReadAll || !_told.EverArchived.Contains(c.Id)))
        {
            Link link = _links.GetValueOrDefault(contact.Id) ?? throw new BrokenPromiseException("P2", $"Nobody has read the contact {contact.Id} ({contact["firstname"]}).");
            if (IsLeft(link.GoldenId)) AsItWasRead(contact, link);
            else AsTheHubHasIt(contact, link, golden[link.GoldenId]);
            PeopleWon(contact);
        }
        foreach (AttioRecordView person in world.Attio.Records("people")) EverybodyOnce(person, hasReadAll);
    }

    /// <summary>Its records elsewhere were deleted: a sync that keeps leaves its contact as it is.</summary>
    private bool IsLeft(long golden) => _people.Values.Where(p => p.GoldenId == golden).ToArray() is { Length: > 0 } sources && sources.All(s => world.Attio.Record("people", s.Key.Id) is null);

    private void NobodyTwice()
    {
        // A first name here is nobody else's, and nobody edits it.
        IEnumerable<HubSpotRecordView> ours = _contacts.Concat(world.HubSpot.Archived(Contacts)).Where(c => !_told.Made.Contains(c.Id));
        if (ours.GroupBy(NameGiven).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new BrokenPromiseException("P1", $"{twice.Key} was made {twice.Count()} times: {string.Join(", ", twice.Select(c => c.Id))}.");
        if (world.HubSpot.Records("companies").GroupBy(c => c["domain"]).FirstOrDefault(g => g.Count() > 1) is { } firms) throw new BrokenPromiseException("P1", $"{firms.Key} is {firms.Count()} companies: {string.Join(", ", firms.Select(c => c.Id))}.");
        if (_contacts.Where(c => _links.ContainsKey(c.Id)).GroupBy(c => _links[c.Id].GoldenId).FirstOrDefault(g => g.Count() > 1) is { } both) throw new BrokenPromiseException("P1", $"person/{both.Key} is {both.Count()} contacts: {string.Join(", ", both.Select(c => c.Id))}.");
    }

    private static string? NameGiven(HubSpotRecordView contact) => contact.History("firstname") is [.., var first] ? first.Value : null;

    private void NobodyRemoved()
    {
        if (Writes().FirstOrDefault(e => e.Request.Method == "DELETE" || e.Request.Path.EndsWith($"/{Contacts}/batch/archive", StringComparison.Ordinal)) is { } removal) throw new BrokenPromiseException("P3", $"{removal.Request.Method} {removal.Request.Path} was sent: {removal.Request.Body}");
    }

    private void NothingPaidTwice()
    {
        if (world.Facts.Answered.FirstOrDefault(a => a.Value > 1 + history.Deaths.Count) is { Key: not null } asked) throw new BrokenPromiseException("P1", $"The supplier was asked {asked.Value} times about {asked.Key}.");
    }

    /// <summary>With the faults over, only that is listed which nobody could be sure to make once, and a reading after a clear-out.</summary>
    private void NothingSetAside()
    {
        if (world.DeadLetters(Sync).FirstOrDefault(l => !Excused.Contains(l.Code)) is { } letter) throw new BrokenPromiseException("P2", $"{letter.Key.Subject} was set aside: {letter.Code}, {letter.Reason}");
    }

    private void AsItWasRead(HubSpotRecordView contact, Link link)
    {
        foreach ((string property, string field) in Fields)
        {
            if (link.Seen.Count > 0 && contact[property] != link.Seen[field]?.Text) throw new BrokenPromiseException("P2", $"{property} of {contact.Id} is '{contact[property]}', and was read as '{link.Seen[field]}'.");
        }
    }

    /// <summary>What HubSpot holds was read, and what the hub has decided was written.</summary>
    private void AsTheHubHasIt(HubSpotRecordView contact, Link link, GoldenRecord golden)
    {
        foreach ((string property, string field) in Fields)
        {
            string? known = golden.Fields[field]?.Text;
            if (contact[property] != known) throw new BrokenPromiseException("P4", $"{property} of {contact.Id} is '{contact[property]}', and '{known}' in the hub, by {golden.Origins.GetValueOrDefault(field)}.");
        }
        if (golden.Fields["first_name"] is { } name && !_told.MergedFrom.ContainsKey(contact.Id) && contact[Facts.Summary] != Facts.About(name.Text)) throw new BrokenPromiseException("P2", $"Of {contact.Id} ({name}) the supplier's word is not there: '{contact[Facts.Summary]}'.");
    }

    private void EverybodyOnce(AttioRecordView person, bool hasReadAll)
    {
        if (!_people.TryGetValue(person.Id, out Link? link)) throw new BrokenPromiseException("P2", $"Nobody has read the person {person.Id}.");
        HubSpotRecordView[] contacts = [.. _contacts.Where(c => _links.TryGetValue(c.Id, out Link? held) && held.GoldenId == link.GoldenId)];
        if (contacts is not [var contact])
        {
            if (!IsTakenAwayByHand(link.GoldenId) && !IsListed(person, link.GoldenId)) throw new BrokenPromiseException("P2", $"The person {person.Id} is {contacts.Length} contacts, and nothing says why.");
            return;
        }
        if (_told.MergedFrom.ContainsKey(contact.Id) || (_told.EverArchived.Contains(contact.Id) && !hasReadAll)) return;
        Same(person, contact);
        Employed(person, contact);
    }

    /// <summary>The contact was archived, or became part of another.</summary>
    private bool IsTakenAwayByHand(long golden) => _links.Values.Where(l => l.GoldenId == golden).Select(l => l.Key.Id).Any(id => _told.EverArchived.Contains(id) || _told.MergedFrom.Values.Any(from => from.Contains(id)));

    /// <summary>Who could not be found again is not made: without our id in HubSpot that is everybody without an address.</summary>
    private bool IsListed(AttioRecordView person, long golden) => !world.Scenario.HasExternalId && person.Texts("email_addresses").Count == 0 && _letters.Value[golden].Any();

    /// <summary>One company, Attio's: neither the one before beside it nor none.</summary>
    private void Employed(AttioRecordView person, HubSpotRecordView contact)
    {
        if (_told.Employed.Contains(contact.Id) || _told.Made.Contains(contact.Id) || person.Text("company") is not { } company) return;
        long golden = _companiesOfAttio.Value[company].GoldenId;
        string[] wanted = [.. _companies.Value.Values.Where(l => l.GoldenId == golden).Select(l => l.Key.Id)], there = [.. contact.To("companies").Select(c => c.Id)];
        if (there.Length != 1 || !wanted.Contains(there[0])) throw new BrokenPromiseException("P2", $"{contact.Id} belongs to the companies [{string.Join(", ", there)}], and to {string.Join(", ", wanted)} by Attio.");
    }

    private void Same(AttioRecordView person, HubSpotRecordView contact)
    {
        foreach ((string property, string? inAttio) in new[] { ("lastname", LastName(person)), ("jobtitle", person.Text("job_title")) })
        {
            string? shown = contact[property];
            string[] given = [.. _told.Given.Where(g => g.Record == contact.Id && g.Property == property).Select(g => g.Value)];
            // What both sides have said, either may have said last.
            if (shown != inAttio && !(given.Length > 0 && shown == given[^1])) throw new BrokenPromiseException("P2", $"{property} of {contact.Id} is '{shown}'; it is '{inAttio}' in Attio and was '{given.LastOrDefault()}' by hand.");
        }
    }

    /// <summary>What nobody else has a say in is as it was left.</summary>
    private void PeopleWon(HubSpotRecordView contact)
    {
        bool isShared = _people.Values.Any(p => p.GoldenId == _links[contact.Id].GoldenId);
        foreach (IGrouping<string, (string Record, string Property, string Value)> given in _told.Given.Where(g => g.Record == contact.Id).GroupBy(g => g.Property))
        {
            if (given.Key is "email" or "firstname" || (isShared && given.Key != "city")) continue;
            if ((contact[given.Key] ?? "") != given.Last().Value) throw new BrokenPromiseException("P5", $"{given.Key} of {contact.Id} was set to '{given.Last().Value}' by hand and is '{contact[given.Key]}'.");
        }
    }

    private IEnumerable<LedgerEntry> Writes() => world.Gate.Ledger.Entries.Where(e => e.Provider == "hubspot" && Pressure.IsWrite(e));

    private static string? LastName(AttioRecordView person) => person.Raw("name") is [{ } name, ..] && name["last_name"]?.ToString() is { Length: > 0 } text ? text : null;
}
