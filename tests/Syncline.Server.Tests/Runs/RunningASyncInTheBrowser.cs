using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Syncline.Server.Runs;
using Syncline.Server.Tests.Served;
using Syncline.Syncs;

namespace Syncline.Server.Tests.Runs;

public sealed class RunningASyncInTheBrowser(Browsing browsing)
{
    [Theory]
    [InlineData("en", "ltr", "Run now", "Done")]
    [InlineData("fr", "ltr", "Exécuter maintenant", "Fait")]
    [InlineData("ar", "rtl", "شغّل الآن", "مكتمل")]
    public async Task A_run_is_begun_watched_and_ends(string language, string direction, string runNow, string done)
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        IPage page = await browsing.OpenAsync(served, language);
        Assert.Equal(direction, await page.Locator("html").GetAttributeAsync("dir"));
        await page.GotoAsync(served.Address + "runs?sync=linkedin-to-attio");
        await page.GetByRole(AriaRole.Button, new() { Name = runNow }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/runs/live/"));
        ILocator state = page.Locator("[data-state=Done]");
        await Assertions.Expect(state).ToHaveTextAsync(done);
        Assert.Equal(5, served.Attio.Records("people").Count);
    }

    [Fact]
    public async Task A_plan_shows_fields_and_writes_nothing_until_it_is_approved()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + "runs?sync=linkedin-to-attio");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan" }).ClickAsync();
        await page.GetByText("What a run would do").WaitForAsync();
        Assert.Empty(served.Attio.Records("people"));
        await ApprovedAsync(page);
        Assert.Equal(5, served.Attio.Records("people").Count);
    }

    [Fact]
    public async Task What_is_approved_is_what_was_planned()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + $"runs/live/{await PlanAsync(served, limit: 2)}");
        await ApprovedAsync(page);
        Assert.Equal(2, served.Attio.Records("people").Count);
    }

    [Fact]
    public async Task A_plan_that_is_approved_while_the_sync_runs_says_so_and_can_be_approved_later()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + $"runs/live/{await PlanAsync(served, limit: null)}");
        TaskCompletionSource<RunRow?> other = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LiveRuns live = served.Server.Services.GetRequiredService<LiveRuns>();
        LiveRun going = live.Start("sync", "linkedin-to-attio", "schedule", (_, token) => other.Task.WaitAsync(token));
        await Approve(page).ClickAsync();
        await page.GetByRole(AriaRole.Alert).GetByText("linkedin-to-attio").WaitForAsync();
        other.SetResult(null);
        await live.WaitAsync(going, TestContext.Current.CancellationToken);
        await ApprovedAsync(page);
        Assert.Equal(5, served.Attio.Records("people").Count);
    }

    private static ILocator Approve(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Approve: run it" });

    /// <summary>Returns when the approved run is done.</summary>
    private static async Task ApprovedAsync(IPage page)
    {
        await Approve(page).ClickAsync();
        await page.Locator("h1", new() { HasText = "Sync" }).WaitForAsync();
        await page.Locator("[data-state=Done]").WaitForAsync();
    }

    /// <returns>The id under which it is shown, once it is there.</returns>
    private static async Task<string> PlanAsync(ServedFolder served, int? limit)
    {
        HttpClient client = await served.ClientAsync("operator");
        HttpResponseMessage begun = await client.PostAsJsonAsync("/api/v1/syncs/linkedin-to-attio/plans", new { limit }, TestContext.Current.CancellationToken);
        string id = (string)(await begun.JsonAsync())["id"]!;
        await client.FollowAsync(id);
        return id;
    }
}
