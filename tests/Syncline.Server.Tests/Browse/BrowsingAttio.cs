using System.Globalization;
using System.Net.Http;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Browse;

public sealed class BrowsingAttio(Browsing browsing)
{
    [Theory]
    [InlineData("en", "Next page", "Import selected (4)", "4 created")]
    [InlineData("fr", "Page suivante", "Importer la sélection (4)", "4 créés")]
    [InlineData("ar", "الصفحة التالية", "استيراد المحدد (4)", "أُنشئ 4")]
    public async Task What_is_chosen_on_three_pages_is_imported_in_one_commit(string language, string next, string import, string created)
    {
        await using ServedFolder served = await FilledAsync(52);
        string hostile = served.Attio.CreateByPerson("companies", new() { ["name"] = "<img src=x onerror=alert(1)>/../../etc/passwd" });
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "browse");
        await page.Locator("tbody tr").First.WaitForAsync();
        await page.Locator("tbody input").Nth(0).CheckAsync();
        await page.Locator("tbody input").Nth(1).CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = next }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-page]")).ToContainTextAsync("2");
        await page.Locator("tbody input").Nth(3).CheckAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-page]")).ToContainTextAsync("2");
        await Assertions.Expect(page.Locator("tbody input").Nth(3)).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = next }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-page]")).ToContainTextAsync("3");
        await page.Locator($"[data-id='{hostile}']").CheckAsync();
        await Assertions.Expect(page.GetByText("<img src=x onerror=alert(1)>/../../etc/passwd")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = import }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-imported]")).ToContainTextAsync(created);
        await Assertions.Expect(page.Locator("tbody .badge.good")).ToHaveCountAsync(1);
        Assert.Equal("Import 4 companies from attio", Assert.Single(await served.CommitsAsync()));
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(served.Folder, "attio"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(served.Folder, f))];
        Assert.All(files, f => Assert.Matches(new Regex("^attio/company/[a-z0-9-]+\\.json$"), f));
        Assert.Equal(4, files.Length);
        await page.Locator("tbody .badge.good").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("<img src=x onerror=alert(1)>/../../etc/passwd");
    }

    [Fact]
    public async Task A_page_is_chosen_whole_searched_and_filtered_at_Attio_and_lists_are_found()
    {
        await using ServedFolder served = await FilledAsync(30);
        served.Attio.DefineList("prospects", "<i>Prospects</i>", "companies");
        IPage page = await browsing.OpenAsync(served, width: 390);
        await page.GotoAsync(served.Address + "browse?place=companies");
        await page.Locator("[data-all]").CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import selected (25)" })).ToBeEnabledAsync();
        await page.Locator("[name=search]").FillAsync("Example 030");
        await page.Locator("form[role=search] button").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import selected (25)" })).ToBeEnabledAsync();
        await page.Locator("[name=search]").FillAsync("");
        await page.Locator("[name=filter]").FillAsync("nonsense");
        await page.Locator("form[role=search] button").ClickAsync();
        await Assertions.Expect(page.Locator("main .notice.bad")).ToContainTextAsync("is no condition");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lists" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "<i>Prospects</i>" }).ClickAsync();
        await page.GetByText("Nothing is there.").WaitForAsync();
    }

    [Fact]
    public async Task Without_a_repository_or_a_connection_the_page_says_what_to_do()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        served.Attio.CreateByPerson("companies", new() { ["name"] = "Initech" });
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + "browse");
        await page.Locator("tbody input").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import selected (1)" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .notice.bad")).ToContainTextAsync("git init");
        await File.WriteAllTextAsync(Path.Combine(served.Folder, "syncline.yaml"), "connections:\n  leads: { provider: leads }\n", TestContext.Current.CancellationToken);
        await page.GotoAsync(served.Address + "browse");
        await Assertions.Expect(page.Locator("main .notice.warn a[href=connections]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_a_script_pages_are_read_and_turned_all_the_same_and_Attio_is_asked_once_for_each()
    {
        await using ServedFolder served = await FilledAsync(30);
        using HttpClient client = new() { BaseAddress = served.Address };
        await client.GetStringAsync(served.Server.CreateSignInLink(), TestContext.Current.CancellationToken);
        served.Gate.Ledger.Clear();
        string first = await client.GetStringAsync("browse", TestContext.Current.CancellationToken);
        Assert.Contains("Example 025", first, StringComparison.Ordinal);
        Assert.Contains("href=\"browse/attio?place=companies&amp;number=2\"", first, StringComparison.Ordinal);
        Assert.Single(served.Gate.Ledger.Entries, e => e.Request.Path.EndsWith("/records/query", StringComparison.Ordinal));
        string second = await client.GetStringAsync("browse/attio?place=companies&number=2", TestContext.Current.CancellationToken);
        Assert.Contains("Example 030", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Example 025", second, StringComparison.Ordinal);
        Assert.Contains("Example 007", await client.GetStringAsync("browse/attio?place=companies&search=007", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Test the key", "Connect")]
    [InlineData("fr", "Tester la clé", "Connecter")]
    [InlineData("ar", "اختبار المفتاح", "ربط")]
    public async Task Where_the_key_is_missing_it_is_given_tested_and_kept_on_the_spot(string language, string test, string connect)
    {
        await using ServedFolder served = await FilledAsync(1);
        await File.WriteAllTextAsync(Path.Combine(served.Folder, "syncline.yaml"), $$"""
            connections:
              attio: { provider: attio, api_key: "${A_KEY_NOBODY_SET}", base_url: "{{served.AttioUrl}}" }
            """, TestContext.Current.CancellationToken);
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "browse");
        await page.Locator("[data-connect] input[name=Key]").FillAsync("wrong".PadRight(64, '0'));
        await page.GetByRole(AriaRole.Button, new() { Name = connect, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-connect] .notice.bad")).ToBeVisibleAsync();
        await page.Locator("[data-connect] input[name=Key]").FillAsync(served.AttioToken);
        await page.GetByRole(AriaRole.Button, new() { Name = test }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-connect] .notice.good")).ToBeVisibleAsync();
        await page.Locator("[data-connect] input[name=Key]").FillAsync(served.AttioToken);
        await page.GetByRole(AriaRole.Button, new() { Name = connect, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Example 001")).ToBeVisibleAsync();
        Assert.DoesNotContain(served.AttioToken, await page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task<ServedFolder> FilledAsync(int companies)
    {
        ServedFolder served = await ServedFolder.StartAsync(people: 1);
        await served.InitAsync();
        for (int i = 1; i <= companies; i++) served.Attio.CreateByPerson("companies", new() { ["name"] = string.Create(CultureInfo.InvariantCulture, $"Example {i:000}") });
        return served;
    }
}
