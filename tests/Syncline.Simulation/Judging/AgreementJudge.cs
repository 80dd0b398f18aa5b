using System.Text.Json.Nodes;
using Syncline.Merging;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Judging;

/// <summary>Two sides that are kept equal: the same people on both, and the same said of each.</summary>
internal sealed class AgreementJudge(World world, History history) : IJudge
{
    private const string Sync = "attio-and-quo";

    private readonly ContactHistory _told = history.Contacts;
    private readonly IReadOnlyList<AttioRecordView> _people = world.Attio.Records("people");
    private readonly IReadOnlyList<QuoContactView> _contacts = [.. world.Quo.Contacts];

    public void Decide(bool hasReadAll)
    {
        Dictionary<string, Link> links = world.Links("attio", "people");
        HashSet<long> left = [.. _told.DeletedPeople.Keys.Where(links.ContainsKey).Select(id => links[id].GoldenId)];
        ILookup<long, QuoContactView> contacts = Owned(world.Links("quo", "contacts"), _contacts, c => c.Id);
        ILookup<long, AttioRecordView> people = Owned(links, _people, p => p.Id);
        long[] listed = [.. world.DeadLetters(Sync).Select(l => l.GoldenId).OfType<long>()];
        NobodyTwice();
        foreach (long golden in contacts.Select(c => c.Key).Union(people.Select(p => p.Key)).Except(listed)) Decide(golden, [.. people[golden]], [.. contacts[golden]], left.Contains(golden));
        UsersWon();
    }

    private static ILookup<long, T> Owned<T>(Dictionary<string, Link> links, IReadOnlyList<T> records, Func<T, string> idOf) =>
        records.ToLookup(r => links.TryGetValue(idOf(r), out Link? link) ? link.GoldenId : throw new BrokenPromiseException("P2", $"Nobody has read {idOf(r)}."));

    private void NobodyTwice()
    {
        if (_contacts.Where(c => c.ExternalId is not null).GroupBy(c => c.ExternalId).FirstOrDefault(g => g.Count() > 1) is { } same) throw new BrokenPromiseException("P1", $"{same.Count()} contacts carry the external id {same.Key}.");
        if (_people.Where(p => p.Text("syncline_id") is not null).GroupBy(p => p.Text("syncline_id")).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new BrokenPromiseException("P1", $"{twice.Count()} people carry our id {twice.Key}.");
    }

    private void Decide(long golden, AttioRecordView[] people, QuoContactView[] contacts, bool hasLeft)
    {
        if (people.Length > 1 || contacts.Length > 1) throw new BrokenPromiseException("P1", $"person/{golden} is {people.Length} people and {contacts.Length} contacts.");
        if (people.Length == 0)
        {
            if (!hasLeft) throw new BrokenPromiseException("P2", $"The contact {contacts[0].Id} is nobody in Attio.");
            return;
        }
        if (contacts.Length == 1) Agree(people[0], contacts[0]);
        else if (people[0].Texts("phone_numbers").Count > 0) throw new BrokenPromiseException("P2", $"The person {people[0].Id} is no contact.");
    }

    private void Agree(AttioRecordView person, QuoContactView contact)
    {
        Equal(person, contact, "phones", Joined(person.Texts("phone_numbers")), Joined(contact.Phones));
        Equal(person, contact, "e-mails", Joined(person.Texts("email_addresses")), Joined(contact.Emails));
        Equal(person, contact, "firstName", Name(person, "first_name"), contact.FirstName);
        Decided(person, contact, ("job_title", person.Text("job_title")), ("role", contact.Role));
        Decided(person, contact, ("last_name", Name(person, "last_name")), ("lastName", contact.LastName));
    }

    private static void Equal(AttioRecordView person, QuoContactView contact, string what, string? inAttio, string? inQuo)
    {
        if (inAttio != inQuo) throw new BrokenPromiseException("P4", $"{what} of {person.Id} are '{inAttio}' and of {contact.Id} '{inQuo}'.");
    }

    /// <summary>What was last said of a field is what it is on both sides. Where both said something, one of them has won on both.</summary>
    private void Decided(AttioRecordView person, QuoContactView contact, (string Field, string? Value) inAttio, (string Field, string? Value) inQuo)
    {
        string? attio = LastGiven(person.Id, inAttio.Field), quo = LastGiven(contact.Id, inQuo.Field);
        Equal(person, contact, inQuo.Field, inAttio.Value, inQuo.Value);
        if ((attio ?? quo) is not null && inQuo.Value != attio && inQuo.Value != quo) throw new BrokenPromiseException("P5", $"{inQuo.Field} of {contact.Id} was set to '{attio}' and '{quo}' by hand and is '{inQuo.Value}'.");
    }

    private string? LastGiven(string record, string field) => _told.Given.Where(g => g.Record == record && g.Field == field).Select(g => g.Value).LastOrDefault();

    private void UsersWon()
    {
        foreach ((string id, string value) in _told.AddedInQuo)
        {
            if (_contacts.FirstOrDefault(c => c.Id == id) is { } contact && !contact.Phones.Concat(contact.Emails).Contains(value)) throw new BrokenPromiseException("P5", $"{value} was put on {id} by hand and is lost.");
        }
    }

    private static string Joined(IEnumerable<string> values) => string.Join(' ', values.Order(StringComparer.Ordinal));

    private static string? Name(AttioRecordView person, string part) => person.Raw("name") is [{ } name, ..] && name[part]?.ToString() is { Length: > 0 } text ? text : null;
}
