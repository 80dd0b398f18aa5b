using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using static Syncline.Connectors.Tests.Attio.AttioFixture;

namespace Syncline.Connectors.Tests.Attio;

public sealed class FindingRecords : IDisposable
{
    private readonly AttioFixture _attio = new();

    public void Dispose() => _attio.Dispose();

    private async Task<IReadOnlyList<Found>> FindAsync(string stream, params Wanted[] wanted) => await _attio.Destination.FindAsync(_attio.Stream(stream), wanted, CancellationToken.None);

    private static Wanted Person(long id, params (string, FieldValue?)[] fields) => new(id, FieldSet.Of(fields));

    [Theory]
    [InlineData("ada-example-01")]
    [InlineData("https://www.linkedin.com/in/ada-example-01/")]
    [InlineData("http://linkedin.com/in/ada-example-01")]
    [InlineData("www.linkedin.com/in/ada-example-01")]
    public async Task A_profile_is_found_under_any_spelling_of_its_address(string held)
    {
        _attio.Fake.World.Add("people", $$"""{"linkedin":["{{held}}"]}""");
        await _attio.PrepareAsync();
        Found found = Assert.Single(await FindAsync("people", Person(1, ("linkedin", Text("ada-example-01")))));
        Assert.Equal("linkedin", found.MatchedBy);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("https://www.linkedin.com/in/{0}/")]
    [InlineData("linkedin.com/in/{0}")]
    public async Task A_member_urn_is_found_under_any_spelling_of_its_address_and_in_its_own_case_alone(string held)
    {
        const string Urn = "ACoAABcDeFgHiJkLmNoPqRsTuVwXyZ01234567A";
        FakeRecord ada = _attio.Fake.World.Add("people", $$"""{"linkedin":["{{string.Format(CultureInfo.InvariantCulture, held, Urn)}}"]}""");
        _attio.Fake.World.Add("people", $$"""{"linkedin":["{{string.Format(CultureInfo.InvariantCulture, held, Urn[..^1] + "a")}}"]}""");
        await _attio.PrepareAsync();
        Found found = Assert.Single(await FindAsync("people", Person(1, ("linkedin", Text($"https://www.linkedin.com/in/{Urn}")))));
        Assert.Equal(ada.Id, found.Record.Key.Id);
    }

    [Fact]
    public async Task The_strongest_field_decides_and_each_hit_goes_to_who_wanted_it()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", """{"email_addresses":["ada@example.com"],"linkedin":["ada"]}""");
        FakeRecord eve = _attio.Fake.World.Add("people", """{"linkedin_url_6":["https://www.linkedin.com/in/eve"]}""");
        await _attio.PrepareAsync();
        IReadOnlyList<Found> found = await FindAsync("people",
            Person(1, ("email_addresses", List("ADA@example.com")), ("linkedin", Text("ada"))),
            Person(2, ("linkedin", Text("eve")), ("linkedin_url_6", Text("https://www.linkedin.com/in/eve"))),
            Person(3, ("linkedin", Text("nobody"))));

        Assert.Equal([(1L, ada.Id, "email_addresses"), (2L, eve.Id, "linkedin_url_6")], found.Select(f => (f.GoldenId, f.Record.Key.Id, f.MatchedBy)));
        Assert.Single(_attio.Fake.Calls, c => c.Path.EndsWith("people/records/query", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_records_of_one_profile_are_both_reported()
    {
        _attio.Fake.World.Add("people", """{"linkedin":["ada"]}""");
        _attio.Fake.World.Add("people", """{"linkedin":["https://linkedin.com/in/ada"]}""");
        await _attio.PrepareAsync();
        Assert.Equal(2, (await FindAsync("people", Person(1, ("linkedin", Text("ada"))))).Count);
    }

    [Fact]
    public async Task Text_is_asked_for_with_in_and_addresses_one_by_one()
    {
        await _attio.PrepareAsync();
        await FindAsync("people", Person(1, ("email_addresses", List("ada@example.com", "ada@example.org")), ("linkedin", Text("ada"))));

        JsonArray or = _attio.Fake.Calls[^1].Body!["filter"]!["$or"]!.AsArray();
        Assert.Equal(["ada@example.com", "ada@example.org"], or.Where(c => c!["email_addresses"] is not null).Select(c => (string)c!["email_addresses"]!["$eq"]!));
        Assert.Contains("ada", or.Single(c => c!["linkedin"] is not null)!["linkedin"]!["$in"]!.AsArray().Select(v => (string)v!));
        Assert.All(or.Where(c => c!["linkedin"] is not null), c => Assert.InRange(c!["linkedin"]!["$in"]!.AsArray().Count, 1, 100));
        Assert.Equal(500, (int)_attio.Fake.Calls[^1].Body!["limit"]!);
    }

    [Fact]
    public async Task A_name_alone_is_never_looked_up()
    {
        _attio.Fake.World.Add("companies", """{"name":["Acme"]}""");
        await _attio.PrepareAsync();
        int calls = _attio.Fake.Calls.Count;
        Assert.Empty(await FindAsync("companies", new Wanted(1, FieldSet.Of(("name", Text("Acme"))))));
        Assert.Equal(calls, _attio.Fake.Calls.Count);
    }

    [Fact]
    public async Task The_maps_say_which_attributes_carry_the_match_fields()
    {
        _attio.Fake.World.Objects["people"].Add(new("profile", "text"));
        _attio.Fake.World.Add("people", """{"profile":["ada"]}""");
        FieldMap map = _attio.Map("people") with { Rules = [new("profile", "linkedin")] };
        await _attio.Destination.PrepareAsync([map], CancellationToken.None);

        Assert.Equal(["profile"], _attio.Stream("people").MatchFields);
        Assert.Equal("profile", Assert.Single(await FindAsync("people", Person(1, ("profile", Text("ada"))))).MatchedBy);
    }

    [Fact]
    public async Task A_full_answer_is_paged_through()
    {
        for (int i = 0; i < 501; i++) _attio.Fake.World.Add("people", """{"syncline_id":["same"]}""");
        await _attio.PrepareAsync();
        Assert.Equal(501, (await FindAsync("people", Person(1, ("syncline_id", Text("same"))))).Count);
    }

    [Fact]
    public async Task Reading_by_id_leaves_out_what_is_not_there()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", """{"job_title":["Engineer"]}""");
        await _attio.PrepareAsync();
        IReadOnlyDictionary<string, RemoteRecord> read = await _attio.Destination.ReadAsync(_attio.Stream("people"), [ada.Id, _attio.Fake.World.NewId()], CancellationToken.None);
        Assert.Equal("Engineer", Assert.Single(read).Value.Fields["job_title"]?.Text);
    }

    [Fact]
    public void The_match_fields_are_in_order_of_strength() =>
        Assert.Equal(["email_addresses", "linkedin", "linkedin_url_6", "heyreach_lead_id", "syncline_id"], _attio.Stream("people").MatchFields);

    [Fact]
    public void What_is_referred_to_is_written_first() =>
        Assert.Equal(["companies", "people", "messages", "notes", "entries"], _attio.Destination.Streams.Select(s => s.Stream));
}
