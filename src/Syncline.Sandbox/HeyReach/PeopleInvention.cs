namespace Syncline.Sandbox.HeyReach;

/// <summary>Invents leads.</summary>
internal sealed class PeopleInvention(Phrasebook words, Random random)
{
    private static readonly string[] AutoTagNames = ["Interested", "Not Interested", "Generic"];

    public Lead Invent(int number, HeyReachWorld world, IReadOnlyList<string> tags)
    {
        bool foreign = random.Hits(world.NonAscii);
        NamePart first = random.Pick(foreign ? words.ForeignFirstNames : words.FirstNames);
        NamePart last = random.Pick(foreign ? words.ForeignLastNames : words.LastNames);
        if (random.Hits(world.NoIdentity)) return new(number, null, "") { FirstName = "LinkedIn", LastName = "Member" };

        string slug = random.Hits(world.MemberUrns) ? Lead.MemberUrnOf(number) : $"{first.Slug}-{last.Slug}-{number:x}";
        bool hasEmail = random.Hits(world.Emails);
        return new(number, LinkedInId(number), "https://www.linkedin.com/in/" + slug)
        {
            FirstName = first.Name,
            LastName = LastName(last.Name, world),
            Headline = Headline(world),
            Location = Filled(words.Locations, world),
            CompanyName = Filled(words.Companies, world),
            Position = Filled(words.Positions, world),
            About = Filled(words.Abouts, world),
            EmailAddress = hasEmail ? $"lead{number}@example.com" : null,
            EnrichedEmailAddress = hasEmail && random.Hits(0.5) ? $"lead.{number}@example.org" : null,
            HasImage = random.Hits(0.8),
            Tags = tags.Count > 0 && random.Hits(world.Tagged) ? [random.Pick(tags)] : [],
            AutoTags = random.Hits(world.AutoTagged) ? [new(random.Pick(AutoTagNames), WorldInvention.FirstCampaign + random.Next(Math.Max(1, world.Campaigns)))] : [],
            CustomFields = random.Hits(world.CustomFields) ? CustomFields() : [],
        };
    }

    // 8 to 10 digits, all different up to more than a million leads.
    private static string LinkedInId(int number) => (10_000_019L + (number * 7_919L)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string LastName(string name, HeyReachWorld world) =>
        random.Hits(world.NoLastName) ? "" : random.Hits(world.SpacedNames) ? $" {name} " : name;

    private string Headline(HeyReachWorld world)
    {
        string headline = $"{random.Pick(words.Positions)} at {random.Pick(words.Companies)}";
        return random.Hits(world.SpacedNames) ? headline + "  " : headline;
    }

    private string? Filled(string[] from, HeyReachWorld world) => random.Hits(world.Filled) ? random.Pick(from) : null;

    // Once per campaign and list: same names, other values.
    private CustomField[] CustomFields() =>
        [.. Enumerable.Range(0, random.Next(2, 5)).SelectMany(_ => new CustomField[]
        {
            new("icebreaker", random.Pick(words.Outbound)), new("segment", random.Pick(AutoTagNames)),
        })];
}
