using System.Text.Json.Nodes;
using Bogus;
using Syncline.Sandbox.Attio.Types;

namespace Syncline.Sandbox.Attio;

/// <summary>Fills a workspace with invented people, nine in ten of them with a phone number, and the companies they work for: same seed, same people.</summary>
public static class AttioPeople
{
    // 555-0100 to 555-0199 are kept free for invented numbers in every area. Where there are more people than such numbers, some share one, as people do.
    private const int NumbersAnArea = 100;

    private static readonly string[] Areas = [.. Enumerable.Range(200, 800).Select(a => $"{a}").Where(a => NumberingPlan.Read($"+1{a}5550100", null) is not null)];

    public static AttioSimulator Populate(AttioSimulator simulator, int count, int seed)
    {
        Randomizer random = new(seed);
        Faker faker = new("en") { Random = new Randomizer(seed) };
        string[] companies = [.. Enumerable.Range(0, Math.Min(count, 1 + (count / 5))).Select(i => simulator.CreateByPerson("companies", new() { ["name"] = faker.Company.CompanyName(), ["domains"] = new JsonArray($"company{i}.example.com") }))];
        for (int i = 0; i < count; i++) simulator.CreateByPerson("people", Invent(i, faker, random, companies));
        return simulator;
    }

    private static JsonObject Invent(int number, Faker faker, Randomizer random, string[] companies)
    {
        (string first, string last) = (faker.Name.FirstName(), faker.Name.LastName());
        JsonObject person = new()
        {
            ["name"] = new JsonObject { ["first_name"] = first, ["last_name"] = last, ["full_name"] = $"{first} {last}" },
            ["email_addresses"] = new JsonArray($"member{number}@example.com"),
            ["job_title"] = faker.Name.JobTitle(),
            ["company"] = new JsonArray(new JsonObject { ["target_object"] = "companies", ["target_record_id"] = random.ArrayElement(companies) }),
        };
        if (number % 10 != 9) person["phone_numbers"] = new JsonArray($"+1{Areas[number / NumbersAnArea % Areas.Length]}555{100 + (number % NumbersAnArea):0000}");
        return person;
    }
}
