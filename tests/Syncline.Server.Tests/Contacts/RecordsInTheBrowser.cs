using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Contacts;

public sealed class RecordsInTheBrowser(Browsing browsing)
{
    [Theory]
    [InlineData("en", "Contacts", "Why this value", "Pinned")]
    [InlineData("fr", "Contacts", "Pourquoi cette valeur", "Épinglé")]
    [InlineData("ar", "جهات الاتصال", "لماذا هذه القيمة", "مثبّت")]
    public async Task A_record_is_found_looked_at_and_a_value_of_it_pinned(string language, string heading, string why, string pinned)
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        await KnownPeople.EnterAsync(served);
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "contacts");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(heading);
        await Assertions.Expect(page.Locator("[data-count=Failed]")).ToHaveTextAsync(language == "ar" ? new System.Text.RegularExpressions.Regex("1|١") : new("1"));
        await page.Locator("input[name=search]").FillAsync("wonder");
        await page.Locator("form[method=get] button").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = KnownPeople.AdasName }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(KnownPeople.AdasName);
        await Assertions.Expect(page.Locator("main b, main i, main u")).ToHaveCountAsync(0);
        await page.Locator("a[href*='change=job_title']").ClickAsync();
        await page.Locator("input[name=Text]").FillAsync("<i>Head</i> of Research");
        await page.Locator("button[value=pin]").ClickAsync();
        await Assertions.Expect(page.Locator("#why h2").First).ToContainTextAsync(why);
        await Assertions.Expect(page.Locator("#why")).ToContainTextAsync("<i>Head</i> of Research");
        await Assertions.Expect(page.Locator("#why")).ToContainTextAsync("Decided by");
        await Assertions.Expect(page.Locator(".badge", new() { HasText = pinned })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("main b, main i, main u")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("en", "Merge the two", "Make a record of its own")]
    [InlineData("fr", "Fusionner les deux", "En faire une fiche distincte")]
    [InlineData("ar", "ادمج الاثنين", "اجعله سجلًا مستقلًا")]
    public async Task Two_records_are_merged_and_a_place_is_split_off_after_a_look_at_what_it_would_come_to(string language, string mergeThem, string splitIt)
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        KnownPeople known = await KnownPeople.EnterAsync(served);
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + $"contacts/person/{known.Ada.Id}/merge?search=lyon");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ada B. Example" }).ClickAsync();
        await Assertions.Expect(page.Locator("tr", new() { HasText = "city" })).ToContainTextAsync("Lyon");
        await page.GetByRole(AriaRole.Button, new() { Name = mergeThem }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(KnownPeople.AdasName);
        await page.Locator($"a[href*='split?place={Uri.EscapeDataString(KnownPeople.AdasLead.ToString())}']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = splitIt }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A. Example");
        await page.GotoAsync(served.Address + $"contacts/person/{known.Twin.Id}");
        await Assertions.Expect(page.Locator(".badge.bad")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_value_of_several_lines_is_changed_and_keeps_them()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        KnownPeople known = await KnownPeople.EnterAsync(served);
        HttpClient client = await served.ClientAsync("operator");
        (await client.PutAsJsonAsync($"/api/v1/contacts/person/{known.Ada.Id}/fields/headline", new { value = "Engineer\nand author" }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + $"contacts/person/{known.Ada.Id}?change=headline");
        await page.Locator("[name=Text]").PressAsync("End");
        await page.Locator("[name=Text]").PressSequentiallyAsync("!");
        await page.Locator("button[value=pin]").ClickAsync();
        await page.Locator("#why").WaitForAsync();
        JsonNode ada = await client.ReadAsync($"/api/v1/contacts/person/{known.Ada.Id}");
        string kept = (string)Assert.Single(ada["fields"]!.AsArray(), f => (string?)f!["field"] == "headline")!["value"]!;
        Assert.Equal("Engineer\nand author!", kept.Replace("Engineer!\nand author", "Engineer\nand author!", StringComparison.Ordinal));
    }
}
