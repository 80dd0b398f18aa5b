using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Server.Tests.Contacts;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Conflicts;

public sealed class DecidingConflicts(Browsing browsing)
{
    [Fact]
    public async Task A_conflict_is_listed_with_both_sides_and_decided_once()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        await KnownPeople.EnterAsync(served);
        HttpClient client = await served.ClientAsync("operator");
        JsonNode open = Assert.Single((await client.ReadAsync("/api/conflicts"))["items"]!.AsArray())!;
        Assert.Equal(("Engineer", "Engineer", "<i>Director</i>", "first"), ((string?)open["base"], (string?)open["ours"], (string?)open["theirs"], (string?)open["oursRule"]));
        string decide = $"/api/v1/conflicts/{open["id"]}/decide";
        await client.SendAsync(HttpMethod.Post, decide, new { }, HttpStatusCode.BadRequest);
        await client.SendAsync(HttpMethod.Post, decide, new { take = "ours", value = "Both" }, HttpStatusCode.BadRequest);
        await (await served.ClientAsync("viewer")).SendAsync(HttpMethod.Post, decide, new { take = "ours" }, HttpStatusCode.Forbidden);
        Assert.Equal("<i>Director</i>", (string?)(await client.SendAsync(HttpMethod.Post, decide, new { take = "theirs" }))["value"]);
        await client.SendAsync(HttpMethod.Post, decide, new { take = "ours" }, HttpStatusCode.NotFound);
        await client.SendAsync(HttpMethod.Post, "/api/v1/conflicts/nonsense!/decide", new { take = "ours" }, HttpStatusCode.NotFound);
        Assert.Empty((await client.ReadAsync("/api/conflicts"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_value_that_nobody_has_seen_is_not_decided_for()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        KnownPeople known = await KnownPeople.EnterAsync(served);
        await DisagreeAsync(served, (known.Bob, "city"));
        HttpClient client = await served.ClientAsync("operator");
        string seen = await IdAsync();
        await DisagreeAsync(served, "Lyon", (known.Bob, "city"));
        await client.SendAsync(HttpMethod.Post, $"/api/v1/conflicts/{seen}/decide", new { take = "theirs" }, HttpStatusCode.NotFound);
        Assert.Contains("not open any more", await client.GetStringAsync($"/conflicts?decide={seen}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("Lyon", (string?)(await client.SendAsync(HttpMethod.Post, $"/api/v1/conflicts/{await IdAsync()}/decide", new { take = "theirs" }))["value"]);

        async Task<string> IdAsync() => (string)(await client.ReadAsync("/api/conflicts"))["items"]!.AsArray().Single(c => (string?)c!["field"] == "city")!["id"]!;
    }

    [Fact]
    public async Task A_records_conflicts_stand_on_one_page()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        KnownPeople known = await KnownPeople.EnterAsync(served);
        await DisagreeAsync(served, (known.Ada, "city"), (known.Bob, "job_title"));
        HttpClient client = await served.ClientAsync("viewer");
        JsonNode first = await client.ReadAsync("/api/conflicts?take=1");
        Assert.Equal(["city", "job_title"], first["items"]!.AsArray().Select(c => (string?)c!["field"]));
        JsonNode second = await client.ReadAsync($"/api/conflicts?take=1&after={first["next"]}");
        Assert.Equal((known.Bob.Reference.Text, null), ((string?)Assert.Single(second["items"]!.AsArray())!["record"], (string?)second["next"]));
    }

    [Theory]
    [InlineData("en", "Keep ours", "Nothing waits for a decision.")]
    [InlineData("fr", "Garder la nôtre", "Rien n’attend de décision.")]
    [InlineData("ar", "أبقِ قيمتنا", "لا شيء ينتظر قرارًا.")]
    public async Task One_is_decided_with_a_click_another_with_a_value_of_ones_own(string language, string keepOurs, string nothing)
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        KnownPeople known = await KnownPeople.EnterAsync(served);
        await DisagreeAsync(served, (known.Bob, "city"));
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "conflicts");
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("<i>Director</i>");
        await Assertions.Expect(page.Locator("main b, main i")).ToHaveCountAsync(0);
        await page.Locator("tbody tr").First.GetByRole(AriaRole.Button, new() { Name = keepOurs }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("a[href*='decide=']").ClickAsync();
        await page.Locator("input[name=Text]").FillAsync("Paris");
        await page.Locator("input[name=Pin]").CheckAsync();
        await page.Locator("form.card button.main").ClickAsync();
        await Assertions.Expect(page.Locator("p.empty")).ToHaveTextAsync(nothing);
        IReadOnlyDictionary<long, GoldenRecord> now = await served.Store.Hub.LoadAsync([known.Ada.Id, known.Bob.Id], TestContext.Current.CancellationToken);
        Assert.Equal(("Engineer", "Paris"), (now[known.Ada.Id].Fields["job_title"]?.Text, now[known.Bob.Id].Fields["city"]?.Text));
        Assert.True(Decision.IsPinned(now[known.Bob.Id].Origins["city"]));
    }

    private static Task DisagreeAsync(ServedFolder served, params (GoldenRecord About, string Field)[] fields) => DisagreeAsync(served, "Nice", fields);

    private static async Task DisagreeAsync(ServedFolder served, string theirs, params (GoldenRecord About, string Field)[] fields)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        HubChanges changes = new();
        changes.Conflicts.AddRange(fields.Select(f => new Conflict(f.About.Id, RecordKind.Person, f.Field, new("attio", "people", $"of-{f.About.Id}")) { Theirs = FieldValue.Of(theirs), RunId = 1 }));
        await using IHubSession session = await served.Store.Hub.BeginAsync(token);
        await session.SaveAsync(changes, token);
        await session.CommitAsync(token);
    }
}
