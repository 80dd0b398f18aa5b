using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Syncline.Server.Runs;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Runs;

public sealed class TakingARunBack(Browsing browsing)
{
    [Fact]
    public async Task An_undo_tells_what_it_would_do_and_then_does_it()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        long run = await RunAsync(client);
        JsonNode preview = await client.ReadAsync($"/api/v1/runs/{run}/undo");
        Assert.Contains(preview["writes"]!.AsArray(), w => (string?)w!["stream"] == "people" && (string?)w["verb"] == "create" && (long)w["count"]! == 5);
        Assert.Equal(5, served.Attio.Records("people").Count);
        await (await served.ClientAsync("viewer")).SendAsync(HttpMethod.Post, $"/api/v1/runs/{run}/undo", new { }, HttpStatusCode.Forbidden);
        JsonNode done = await client.FollowAsync(await client.SendAsync(HttpMethod.Post, $"/api/v1/runs/{run}/undo", new { }, HttpStatusCode.Accepted));
        Assert.Equal(("done", "undo"), ((string?)done["state"], (string?)done["run"]!["kind"]));
        Assert.Empty(served.Attio.Records("people"));
        Assert.Equal(HttpStatusCode.NotFound, await client.StatusAsync("/api/v1/runs/999/undo"));
    }

    [Fact]
    public async Task An_undo_has_its_turn_at_the_sync()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        long run = await RunAsync(client);
        SyncTurns turns = served.Server.Services.GetRequiredService<SyncTurns>();
        long before = await TakenAsync();
        await client.FollowAsync(await client.SendAsync(HttpMethod.Post, $"/api/v1/runs/{run}/undo", new { }, HttpStatusCode.Accepted));
        Assert.Equal(before + 2, await TakenAsync());

        async Task<long> TakenAsync()
        {
            using SyncTurns.Turn turn = await turns.TakeAsync("linkedin-to-attio", TestContext.Current.CancellationToken);
            return turn.Number;
        }
    }

    [Theory]
    [InlineData("en", "Undo this run", "Take it back")]
    [InlineData("fr", "Défaire cette exécution", "Tout défaire")]
    [InlineData("ar", "تراجع عن هذا التشغيل", "تراجع عنه")]
    public async Task It_is_asked_for_on_the_runs_page_and_seen_live(string language, string undo, string takeBack)
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        long run = await RunAsync(await served.ClientAsync("operator"));
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + $"runs/{run.ToString(CultureInfo.InvariantCulture)}");
        await page.GetByRole(AriaRole.Link, new() { Name = undo }).ClickAsync();
        await Assertions.Expect(page.Locator("form.card li", new() { HasText = "attio/people" })).ToContainTextAsync(new System.Text.RegularExpressions.Regex("5|٥"));
        Assert.Equal(5, served.Attio.Records("people").Count);
        await page.GetByRole(AriaRole.Button, new() { Name = takeBack }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/runs/live/"));
        await page.Locator("[data-state=Done]").WaitForAsync();
        Assert.Empty(served.Attio.Records("people"));
    }

    [Fact]
    public async Task What_a_run_set_aside_stands_on_its_page()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        Contacts.KnownPeople known = await Contacts.KnownPeople.EnterAsync(served);
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + "runs/1");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = known.Bob.Reference.Text })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("main u")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("<u>Attio</u> refused the address.");
    }

    private static async Task<long> RunAsync(HttpClient client)
    {
        JsonNode begun = await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/runs", new { }, HttpStatusCode.Accepted);
        return (long)(await client.FollowAsync(begun))["run"]!["id"]!;
    }
}
