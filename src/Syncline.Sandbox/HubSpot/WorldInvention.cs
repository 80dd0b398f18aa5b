using Bogus;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot;

/// <summary>Fills a portal with invented contacts and companies: same seed, same clock, same world. No hook fires for them.</summary>
internal sealed class WorldInvention
{
    private static readonly string[] ForeignFirst = ["Zoë", "Łukasz", "Søren", "Mónica", "Анна", "李娜"];
    private static readonly string[] ForeignLast = ["Müller", "Nuñez", "Ødegård", "Петрова", "王", "Lefèvre"];

    private readonly HubSpotPortal _portal;
    private readonly CrmTable _contacts, _companies;
    private readonly Randomizer _random;
    private readonly string[] _firstNames, _lastNames, _companyNames, _titles, _cities;
    private readonly ChangeSource _source = ChangeSource.Person(9_000_001);

    public WorldInvention(HubSpotPortal portal, int seed)
    {
        _portal = portal;
        (_contacts, _companies) = (portal.Contacts, portal.Table(portal.Types.Companies));
        _random = new(seed);
        Faker faker = new("en") { Random = new Randomizer(seed) };
        _firstNames = Draw(200, () => faker.Name.FirstName());
        _lastNames = Draw(400, () => faker.Name.LastName());
        _companyNames = Draw(400, () => faker.Company.CompanyName());
        _titles = Draw(100, () => faker.Name.JobTitle());
        _cities = Draw(100, () => faker.Address.City());
    }

    public void Populate(HubSpotWorld world)
    {
        int first = _contacts.All.Count;
        CrmRecord[] companies = [.. Enumerable.Range(0, (world.Contacts + world.ContactsPerCompany - 1) / Math.Max(1, world.ContactsPerCompany)).Select(i => Company(world, first + i, (double)i * world.ContactsPerCompany / world.Contacts))];
        for (int i = 0; i < world.Contacts; i++)
        {
            CrmRecord contact = Contact(world, first + i, (double)i / world.Contacts);
            if (Hits(world.WithCompany)) _portal.Associator.Store(contact, companies[i / world.ContactsPerCompany], [1, 279]);
        }
    }

    private CrmRecord Company(HubSpotWorld world, int number, double age) => Add(_companies, world, age,
    [
        ("name", $"{_random.ArrayElement(_companyNames)} {number}"), ("domain", $"company{number}.example.com"), ("city", _random.ArrayElement(_cities)),
        ("industry", _random.ListItem((IList<string>)Industries.Values)), ("numberofemployees", $"{_random.Int(1, 5000)}"),
    ]);

    private CrmRecord Contact(HubSpotWorld world, int number, double age)
    {
        bool isForeign = Hits(world.NonAscii);
        return Add(_contacts, world, age,
        [
            ("email", Hits(world.NoEmail) ? null : $"person{number}@company{number / Math.Max(1, world.ContactsPerCompany)}.example.com"),
            ("firstname", _random.ArrayElement(isForeign ? ForeignFirst : _firstNames)), ("lastname", _random.ArrayElement(isForeign ? ForeignLast : _lastNames)),
            ("jobtitle", _random.ArrayElement(_titles)), ("city", _random.ArrayElement(_cities)), ("lifecyclestage", "lead"), ("phone", Hits(world.Phones) ? Phone(number) : null),
        ]);
    }

    /// <summary>Made some time before now, the first one longest ago, and changed some time after that.</summary>
    private CrmRecord Add(CrmTable table, HubSpotWorld world, double age, ReadOnlySpan<(string Name, string? Value)> values)
    {
        long now = _portal.NowMs, span = (long)TimeSpan.FromDays(world.Days).TotalMilliseconds;
        CrmRecord made = table.Add(now - (long)(span * (1 - age)), _source);
        made.ModifiedMs = made.CreatedMs + (long)((now - made.CreatedMs) * _random.Double());
        List<StoredValue> stored = new(values.Length);
        foreach ((string name, string? value) in values)
        {
            if (value is not null) stored.Add(new(table.Catalogue.Get(name).Number, value));
        }
        made.Values = [.. stored];
        table.Claim(made);
        table.Index.Touch(made, now, lag: 0);
        return made;
    }

    // 555-0100 to 555-0199 are kept free for invented numbers in every area.
    private static string Phone(int number) => $"+1{200 + (number / 100 % 800):000}555{100 + (number % 100):0000}";

    private bool Hits(double share) => share > 0 && _random.Double() < share;

    private static string[] Draw(int count, Func<string> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
}
