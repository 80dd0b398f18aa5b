using Bogus;

namespace Syncline.Sandbox.HeyReach;

/// <summary>A name and the form it takes in a profile slug.</summary>
internal readonly record struct NamePart(string Name, string Slug);

/// <summary>Words to invent people and threads from, drawn once from Bogus and then shared: memory and time stay small at any number of people.</summary>
internal sealed class Phrasebook
{
    private static readonly string[] ForeignFirst = ["Zoë", "Łukasz", "Søren", "Ümit", "Mónica", "Анна", "李娜", "Élodie", "Jürgen", "Þóra"];
    private static readonly string[] ForeignLast = ["Müller", "Nuñez", "Żurawska", "Ødegård", "Çelik", "Петрова", "王", "Lefèvre", "Åkesson", "Jónsdóttir"];

    public Phrasebook(int seed)
    {
        Faker faker = new("en") { Random = new Randomizer(seed) };
        FirstNames = [.. Draw(400, () => faker.Name.FirstName()).Select(ToPart)];
        LastNames = [.. Draw(400, () => faker.Name.LastName()).Select(ToPart)];
        Companies = Draw(300, () => faker.Company.CompanyName());
        Positions = Draw(200, () => faker.Name.JobTitle());
        Locations = Draw(150, () => $"{faker.Address.City()}, {faker.Address.Country()}");
        Abouts = Draw(100, () => $"I help teams {faker.Company.Bs()}.\nBefore that: {faker.Company.CatchPhrase()}.");
        Outbound = Draw(400, () => $"Hi, I saw your work on {faker.Company.CatchPhrase().ToLowerInvariant()}. Could we talk about how you {faker.Company.Bs()}?");
        Inbound = [.. Draw(400, () => $"{faker.PickRandom(Openings)} {faker.Hacker.Phrase()}").Select(WithLines)];
    }

    public NamePart[] FirstNames { get; }
    public NamePart[] LastNames { get; }
    public NamePart[] ForeignFirstNames { get; } = [.. ForeignFirst.Select(ToPart)];
    public NamePart[] ForeignLastNames { get; } = [.. ForeignLast.Select(ToPart)];
    public string[] Companies { get; }
    public string[] Positions { get; }
    public string[] Locations { get; }
    public string[] Abouts { get; }
    public string[] Outbound { get; }
    public string[] Inbound { get; }

    private static readonly string[] Openings = ["Thanks for reaching out.", "Sounds good!", "Not now, sorry.", "Who else uses it?", "Let us talk next week."];

    private static string[] Draw(int count, Func<string> one) => [.. Enumerable.Range(0, count).Select(_ => one())];

    // Both line endings occur in bodies.
    private static string WithLines(string text, int index) => (index % 10) switch
    {
        3 => text + "\n\nBest",
        7 => text + "\r\nSent from my phone",
        _ => text,
    };

    private static NamePart ToPart(string name) => new(name, string.Concat(name.Where(char.IsLetter)).ToLowerInvariant());
}
