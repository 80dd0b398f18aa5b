using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Server.Tests.Contacts;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Failures;

public sealed class TryingAgain(Browsing browsing)
{
    [Fact]
    public async Task Failures_are_listed_filtered_and_paged()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        await KnownPeople.EnterAsync(served);
        HttpClient client = await served.ClientAsync("viewer");
        JsonNode first = await client.ReadAsync("/api/failures?take=1");
        Assert.Equal("no-identity", (string?)Assert.Single(first["items"]!.AsArray())!["code"]);
        JsonNode second = await client.ReadAsync($"/api/failures?take=1&after={first["next"]}");
        Assert.Equal(("validation", null), ((string?)second["items"]![0]!["code"], (string?)second["next"]));
        Assert.Equal("group-chat", (string?)Assert.Single((await client.ReadAsync("/api/failures?skipped=true"))["items"]!.AsArray())!["code"]);
        Assert.Single((await client.ReadAsync("/api/failures?connection=attio"))["items"]!.AsArray());
        Assert.Empty((await client.ReadAsync("/api/failures?sync=other"))["items"]!.AsArray());
        await client.SendAsync(HttpMethod.Post, "/api/failures/retry", new { sync = "linkedin-to-attio" }, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_chosen_ones_are_tried_and_settled()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        long id = await SetAsideAsync(served, client);
        await client.SendAsync(HttpMethod.Post, "/api/failures/retry", new { }, HttpStatusCode.BadRequest);
        await client.SendAsync(HttpMethod.Post, "/api/failures/retry", new { ids = new[] { id + 100 } }, HttpStatusCode.BadRequest);
        JsonNode retried = await client.SendAsync(HttpMethod.Post, "/api/failures/retry", new { ids = new[] { id } }, HttpStatusCode.Accepted);
        JsonNode run = await client.FollowAsync(Assert.Single(retried["runs"]!.AsArray())!);
        Assert.Equal("done", (string?)run["state"]);
        Assert.Empty((await client.ReadAsync("/api/failures"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("en", "Failures", "Done")]
    [InlineData("fr", "Échecs", "Fait")]
    [InlineData("ar", "الإخفاقات", "مكتمل")]
    public async Task They_are_tried_again_before_ones_eyes(string language, string heading, string done)
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        await SetAsideAsync(served, await served.ClientAsync("operator"));
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "failures");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(heading);
        await Assertions.Expect(page.Locator("main form table")).ToContainTextAsync("<u>Attio</u> refused");
        await Assertions.Expect(page.Locator("main u")).ToHaveCountAsync(0);
        await page.Locator("input[type=checkbox]").CheckAsync();
        await page.Locator("button[value=chosen]").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/runs/live/"));
        await Assertions.Expect(page.Locator("[data-state=Done]")).ToHaveTextAsync(done);
        Assert.Empty(await served.Store.DeadLetters.ListAsync(new(), null, 10, TestContext.Current.CancellationToken));
    }

    /// <summary>Runs the sync, and sets one of the people it wrote aside, only to be tried by hand.</summary>
    private static async Task<long> SetAsideAsync(ServedFolder served, HttpClient client)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        JsonNode run = await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/runs", new { }, HttpStatusCode.Accepted));
        GoldenRecord person = (await served.Store.Hub.ListAsync(RecordKind.Person, 0, 1, token))[0];
        await using IHubSession session = await served.Store.Hub.BeginAsync(token);
        await session.SaveAsync(new() { DeadLetters = { new DeadLetter(new("linkedin-to-attio", "attio", person.Reference.Text), RecordKind.Person, "loading", "validation", "<u>Attio</u> refused the address.", (long)run["run"]!["id"]!) { GoldenId = person.Id } } }, token);
        await session.CommitAsync(token);
        return Assert.Single(await served.Store.DeadLetters.ListAsync(new(), null, 10, token)).Id;
    }
}
