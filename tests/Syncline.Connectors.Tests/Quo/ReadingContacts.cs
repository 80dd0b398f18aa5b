using System.Text.Json.Nodes;
using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Quo;

public sealed class ReadingContacts : IDisposable
{
    private readonly QuoFixture _quo = new(("page_size", "2"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISource Source => _quo.Connection.Sources.Single();

    public void Dispose() => _quo.Dispose();

    [Fact]
    public async Task A_contact_says_what_it_holds_in_canonical_words()
    {
        _quo.Fake.Add("p-1", """{"firstName":"Ada","lastName":"Example","company":"Acme","role":"Engineer","emails":[{"name":"e","value":"ada@example.com"}],"phoneNumbers":[{"name":"p","value":"+15550100"}]}""");
        CommittedPages committed = new();
        await committed.RunAsync(Source, Token);
        RemoteRecord contact = committed.Records.Values.Single();
        Assert.Equal("company_name=Acme; email=ada@example.com; first_name=Ada; job_title=Engineer; last_name=Example; phone=+15550100", _quo.Map.ToCanonical(contact.Fields).ToString());
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), contact.ModifiedAt);
    }

    [Fact]
    public async Task Only_a_missing_token_ends_the_reading_whatever_the_total_says()
    {
        for (int i = 0; i < 5; i++) _quo.Fake.Add($"p-{i}");
        IReadOnlyList<Page> pages = await new CommittedPages().RunAsync(Source, Token);
        Assert.Equal((3, 5), (pages.Count, pages.Sum(p => p.Covered)));
        Assert.Equal("GET /v1/contacts?maxResults=2&pageToken=p-2", _quo.Fake.Calls[1].ToString());
    }

    [Fact]
    public async Task A_second_reading_hands_on_only_what_has_changed()
    {
        for (int i = 0; i < 5; i++) _quo.Fake.Add($"p-{i}");
        CommittedPages committed = new();
        await committed.RunAsync(Source, Token);
        _quo.Fake.Contacts[3]["defaultFields"]!["role"] = "CTO";
        IReadOnlyList<Page> pages = await committed.RunAsync(Source, Token);
        Assert.Equal(("c4", 4), (pages.SelectMany(p => p.Records).Single().Key.Id, pages.Sum(p => p.Unchanged)));
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_any_more_begins_the_reading_anew()
    {
        for (int i = 0; i < 5; i++) _quo.Fake.Add($"p-{i}");
        ReadRequest stale = new CommittedPages().Request() with { After = new("""{"token":"old"}""") };
        IReadOnlyList<Page> pages = await new CommittedPages().RunAsync(Source, Token, stale);
        Assert.Equal(5, pages.Sum(p => p.Covered));
        Assert.True(pages[^1].CompletesSweep);
    }

    [Fact]
    public async Task What_quo_may_add_to_an_answer_is_no_failure()
    {
        JsonObject contact = _quo.Fake.Add("p-1");
        contact["location"] = new JsonObject { ["city"] = "Paris" };
        contact.Remove("customFields");
        Assert.Equal(1, (await new CommittedPages().RunAsync(Source, Token)).Sum(p => p.Covered));
    }
}
