using Bogus;
using Syncline.Sandbox.Quo.Contacts;

namespace Syncline.Sandbox.Quo;

/// <summary>Fills a workspace with invented contacts: same seed, same clock, same world.</summary>
internal sealed class WorldInvention
{
    private static readonly string[] ForeignFirst = ["Zoë", "Łukasz", "Søren", "Mónica", "Анна", "李娜"];
    private static readonly string[] ForeignLast = ["Müller", "Nuñez", "Ødegård", "Петрова", "王", "Lefèvre"];

    private readonly QuoWorkspace _workspace;
    private readonly Randomizer _random;
    private readonly string[] _firstNames, _lastNames, _companies, _roles;

    public WorldInvention(QuoWorkspace workspace, int seed)
    {
        _workspace = workspace;
        _random = new(seed);
        Faker faker = new("en") { Random = new Randomizer(seed) };
        _firstNames = Draw(200, () => faker.Name.FirstName());
        _lastNames = Draw(200, () => faker.Name.LastName());
        _companies = Draw(100, () => faker.Company.CompanyName());
        _roles = Draw(100, () => faker.Name.JobTitle());
    }

    public void Populate(QuoWorld world)
    {
        ContactWriter writer = new(_workspace);
        for (int i = 0; i < world.Contacts; i++) Invent(world, writer);
    }

    /// <summary>555-0100 to 555-0199 are kept free for invented numbers in every area: 80,000 in all.</summary>
    public static string Phone(long number) => $"+1{200 + (number / 100 % 800):000}555{100 + (number % 100):0000}";

    private void Invent(QuoWorld world, ContactWriter writer)
    {
        long number = _workspace.Contacts.NextNumber;
        bool isOwned = Hits(world.Owned), isMadeInApp = isOwned || Hits(world.MadeInApp), isForeign = Hits(world.NonAscii);
        Contact contact = new(number, _workspace.Ids.Bare())
        {
            MadeBy = _workspace.Owner.Id,
            CreatedAt = _workspace.Now.AddDays(-30),
            UpdatedAt = _workspace.Now.AddDays(-30 * _random.Double()),
            IsMadeInApp = isMadeInApp,
            IsOwnedByIntegration = isOwned,
            Source = isOwned ? "hubspot" : isMadeInApp ? null : "public-api",
            ExternalId = isMadeInApp ? null : $"ext-{number:00000}",
            ExternalIdSince = _workspace.Now.AddDays(-30),
            FirstName = _random.ArrayElement(isForeign ? ForeignFirst : _firstNames),
            LastName = _random.ArrayElement(isForeign ? ForeignLast : _lastNames),
            Company = _random.ArrayElement(_companies),
            Role = _random.ArrayElement(_roles),
        };
        AddWays(contact, world, writer);
        _workspace.Contacts.Add(contact);
    }

    private void AddWays(Contact contact, QuoWorld world, ContactWriter writer)
    {
        if (!Hits(world.NoPhone))
        {
            string phone = Phone(Hits(world.SharedPhone) ? _random.Long(1, contact.Number) : contact.Number);
            contact.Properties.Add(writer.NewProperty(ContactProperty.Phone, "mobile", phone, null));
            if (Hits(world.TwoPhones)) contact.Properties.Add(writer.NewProperty(ContactProperty.Phone, "work", Phone(contact.Number + 40_000), null));
            if (_workspace.Numbers.Count > 0 && Hits(world.Conversations)) _workspace.Conversation(_workspace.Numbers[0], [phone]);
        }
        if (Hits(world.Emails)) contact.Properties.Add(writer.NewProperty(ContactProperty.Email, "work", $"contact{contact.Number}@example.com", null));
    }

    // A share of 0 draws nothing, so that switching an oddity off leaves the rest comparable.
    private bool Hits(double share) => share > 0 && _random.Double() < share;

    private static string[] Draw(int count, Func<string> one) => [.. Enumerable.Range(0, count).Select(_ => one())];
}
