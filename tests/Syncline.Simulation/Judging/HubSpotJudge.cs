using Syncline.Loading;
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
    private const string Contacts = "contacts";

    private static readonly (string Property, string Field, string Slug)[] Names = [("lastname", "last_name", "last_name"), ("jobtitle", "job_title", "job_title")];

    private readonly PortalHistory _told = history.Portal;
    private readonly HubSpotRecordView[] _contacts = [.. world.HubSpot.Records(Contacts)];
    private readonly Dictionary<string, Link> _links = world.Links("hubspot", Contacts);
    private readonly Dictionary<string, Link> _people = world.Links("attio", "people");
    private readonly Lazy<ILookup<long, DeadLetter>> _letters = new(() => world.DeadLetters("hubspot-two-way").Where(l => l.GoldenId is not null).ToLookup(l => l.GoldenId!.Value));

    public void Decide(bool hasReadAll)
    {
        NobodyTwice();
        NobodyRemoved();
        IReadOnlyDictionary<long, GoldenRecord> golden = world.Golden([.. _links.Values.Select(l => l.GoldenId).Distinct()]);
        foreach (HubSpotRecordView contact in _contacts) AsTheHubHasIt(contact, golden);
        foreach (AttioRecordView person in world.Attio.Records("people")) EverybodyOnce(person);
        foreach (HubSpotRecordView contact in _contacts) PeopleWon(contact);
    }

    private void NobodyTwice()
    {
        // A first name here is nobody else's, and nobody edits it.
        IEnumerable<HubSpotRecordView> ours = _contacts.Concat(world.HubSpot.Archived(Contacts)).Where(c => !_told.Made.Contains(c.Id));
        if (ours.GroupBy(NameGiven).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new BrokenPromiseException("P1", $"{twice.Key} was made {twice.Count()} times: {string.Join(", ", twice.Select(c => c.Id))}.");
        if (_contacts.Where(c => _links.ContainsKey(c.Id)).GroupBy(c => _links[c.Id].GoldenId).FirstOrDefault(g => g.Count() > 1) is { } both) throw new BrokenPromiseException("P1", $"person/{both.Key} is {both.Count()} contacts: {string.Join(", ", both.Select(c => c.Id))}.");
    }

    private static string? NameGiven(HubSpotRecordView contact) => contact.History("firstname") is [.., var first] ? first.Value : null;

    private void NobodyRemoved()
    {
        if (Writes().FirstOrDefault(e => e.Request.Method == "DELETE" || e.Request.Path.EndsWith($"/{Contacts}/batch/archive", StringComparison.Ordinal)) is { } removal) throw new BrokenPromiseException("P3", $"{removal.Request.Method} {removal.Request.Path} was sent: {removal.Request.Body}");
    }

    /// <summary>What HubSpot holds was read, and what the hub has decided was written.</summary>
    private void AsTheHubHasIt(HubSpotRecordView contact, IReadOnlyDictionary<long, GoldenRecord> golden)
    {
        if (!_links.TryGetValue(contact.Id, out Link? link)) throw new BrokenPromiseException("P2", $"Nobody has read the contact {contact.Id} ({contact["firstname"]}).");
        foreach ((string property, string field, _) in Names.Append(("firstname", "first_name", "")).Append(("city", "city", "")))
        {
            string? known = golden[link.GoldenId].Fields[field]?.Text;
            if (contact[property] != known) throw new BrokenPromiseException("P4", $"{property} of {contact.Id} is '{contact[property]}', and '{known}' in the hub.");
        }
    }

    private void EverybodyOnce(AttioRecordView person)
    {
        if (!_people.TryGetValue(person.Id, out Link? link)) throw new BrokenPromiseException("P2", $"Nobody has read the person {person.Id}.");
        HubSpotRecordView[] contacts = [.. _contacts.Where(c => _links[c.Id].GoldenId == link.GoldenId)];
        if (contacts is [var contact]) Same(person, contact);
        else if (!IsRemovedByHand(link.GoldenId) && !IsListed(person, link.GoldenId)) throw new BrokenPromiseException("P2", $"The person {person.Id} is no contact, and nothing says why.");
    }

    private bool IsRemovedByHand(long golden) => _told.EverArchived.Any(id => _links.TryGetValue(id, out Link? link) && link.GoldenId == golden);

    /// <summary>Who could not be found again is not made: without our id in HubSpot that is everybody without an address.</summary>
    private bool IsListed(AttioRecordView person, long golden) => !world.Scenario.HasExternalId && person.Texts("email_addresses").Count == 0 && _letters.Value[golden].Any();

    private void Same(AttioRecordView person, HubSpotRecordView contact)
    {
        foreach ((string property, _, string slug) in Names)
        {
            string? shown = contact[property], inAttio = slug == "last_name" ? LastName(person) : person.Text(slug);
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
            if (contact[given.Key] != given.Last().Value) throw new BrokenPromiseException("P5", $"{given.Key} of {contact.Id} was set to '{given.Last().Value}' by hand and is '{contact[given.Key]}'.");
        }
    }

    private IEnumerable<LedgerEntry> Writes() => world.Gate.Ledger.Entries.Where(e => e.Provider == "hubspot" && Pressure.IsWrite(e));

    private static string? LastName(AttioRecordView person) => person.Raw("name") is [{ } name, ..] && name["last_name"]?.ToString() is { Length: > 0 } text ? text : null;
}
