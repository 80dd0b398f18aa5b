using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

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
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve: run it" }).ClickAsync();
        await page.Locator("h1", new() { HasText = "Sync" }).WaitForAsync();
        await page.Locator("[data-state=Done]").WaitForAsync();
        Assert.Equal(5, served.Attio.Records("people").Count);
    }
}
