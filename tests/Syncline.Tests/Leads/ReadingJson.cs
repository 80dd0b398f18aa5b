using Syncline.Leads;

namespace Syncline.Tests.Leads;

public sealed class ReadingJson
{
    [Fact]
    public void Everything_a_lead_has_is_read()
    {
        Lead lead = Assert.Single(Good("""
            [{ "id": 7, "first_name": "Ada", "lastName": "Example", "title": "CEO", "company": "Acme", "companyDomain": "acme.example", "email": "ada@example.com", "linkedinUrl": "linkedin.com/in/ada-example",
               "icpScore": 80, "icpReasons": ["hires"], "sourceSignal": { "excerpt": "We grow", "sourceUrl": "https://example.com", "capturedAt": "2026-01-02T03:04:05+01:00", "angle": "growth" },
               "drafts": [{ "angle": "a", "variantKey": "A", "hypothesis": "h", "content": "c" }], "touchpoints": [{ "channel": "mail", "status": "sent", "sentAt": "2026-01-02" }, { "channel": "call", "sentAt": null }] }]
            """));
        Assert.Equal(("7", "Ada Example", "CEO", "Acme", "acme.example", "ada@example.com", "ada-example", 80), (lead.Id, lead.Name, lead.Title, lead.CompanyName, lead.CompanyDomain, lead.Email, lead.LinkedIn, lead.IcpScore));
        Assert.Equal(new("We grow", "https://example.com", new(2026, 1, 2, 2, 4, 5, TimeSpan.Zero), "growth"), lead.Signal);
        Assert.Equal([new("a", "A", "h", "c")], lead.Drafts);
        Assert.Equal([new("mail", "sent", new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero)), new("call", null, null)], lead.Touchpoints);
        Assert.Equal(["hires"], lead.IcpReasons);
    }

    [Theory]
    [InlineData("""{ "name": "Ada Example", "email": "ada@example.com" }""")]
    [InlineData("{\n \"name\": \"Ada Example\",\n \"email\": \"ada@example.com\"\n}\n")]
    [InlineData("""[{ "name": "Ada Example", "email": "ada@example.com" }]""")]
    public void One_alone_may_be_written_in_any_form(string text) => Assert.Equal("Example", Assert.Single(Good(text)).LastName);

    [Fact]
    public void One_a_line_is_read_and_each_line_stands_for_itself()
    {
        LeadsRead read = LeadJson.Read("{\"name\":\"Ada\",\"email\":\"ada@example.com\"}\r\n\n{\"name\":\n{\"name\":\"Grace\",\"email\":\"none\"}\n{\"name\":\"Mary\",\"email\":\"mary@example.com\"}");
        Assert.Equal(["Ada", "Mary"], read.Leads.Select(l => l.Name));
        Assert.Equal(["line 3", "line 4, email"], read.Problems.Select(p => p.Place));
    }

    [Fact]
    public void A_field_nobody_knows_is_refused_with_the_nearest_one()
    {
        LeadProblem problem = Assert.Single(Bad("""[{ "name": "Ada", "emial": "ada@example.com" }]"""));
        Assert.Equal(("[0].emial", "There is no such field: did you mean email?"), (problem.Place, problem.Message));
        Assert.Contains("known are", Assert.Single(Bad("""{ "name": "Ada", "email": "ada@example.com", "zzzzzzzzz": 1 }""")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{}, 7]""", "[0].firstName [0].email [1]")]
    [InlineData("""{ "name": ["Ada"] }""", "name")]
    [InlineData("""{ "name": "Ada", "fullName": "Ada" }""", "fullName")]
    [InlineData("""{ "icpScore": 1.5, "icpReasons": [1, {}], "drafts": {}, "sourceSignal": [] }""", "icpScore icpReasons[1] sourceSignal drafts")]
    [InlineData("""{ "drafts": [{}, { "contnet": "x" }], "touchpoints": [{ "sentAt": "yesterday" }, { "sentAt": 7 }] }""", "drafts[1].contnet touchpoints[0].sentAt touchpoints[1].sentAt")]
    [InlineData("""[{ "name": "Ada", "email": "ada@example.com", "icpScore": 101, "drafts": [{}, { "angle": "A" }] }]""", "[0].icpScore")]
    public void Every_problem_says_where(string text, string places) => Assert.Equal(places, string.Join(' ', Bad(text).Select(p => p.Place)));

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("Ada", "line 1")]
    [InlineData("[\n{\n", "line 3")]
    public void A_text_that_is_no_json_says_where_it_ends_to_be(string text, string place) => Assert.Equal(place, Assert.Single(Bad(text)).Place);

    [Fact]
    public void An_empty_list_is_no_problem() => Assert.Empty(Good("[]"));

    private static IReadOnlyList<Lead> Good(string text)
    {
        LeadsRead read = LeadJson.Read(text);
        Assert.Empty(read.Problems);
        return read.Leads;
    }

    private static IReadOnlyList<LeadProblem> Bad(string text)
    {
        LeadsRead read = LeadJson.Read(text);
        Assert.Empty(read.Leads);
        return read.Problems;
    }
}
