using System.Text;
using Microsoft.Playwright;
using Syncline.Leads;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Leads;

public sealed class LeadsInTheBrowser(Browsing browsing)
{
    [Theory]
    [InlineData("en", "Save", "Not synced", "Sync to Attio", "Synced")]
    [InlineData("fr", "Enregistrer", "Non synchronisé", "Synchroniser vers Attio", "Synchronisé")]
    [InlineData("ar", "حفظ", "لم تتم المزامنة", "المزامنة إلى Attio", "تمت المزامنة")]
    public async Task A_lead_is_added_and_synced_with_one_click(string language, string save, string notSynced, string sync, string synced)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "leads/new");
        await page.Locator("[name=firstName]").FillAsync("<b>Ada</b>");
        await page.Locator("[name=lastName]").FillAsync("Example");
        await page.Locator("[name=email]").FillAsync("ada@example.com");
        await page.Locator("[name=companyName]").FillAsync("Initech");
        await page.Locator("[name=icpScore]").FillAsync("87");
        await page.Locator("[name=icpReasons]").FillAsync("Hires\nGrows");
        await page.Locator("[name='sourceSignal.excerpt']").FillAsync("<script>alert(1)</script>");
        await page.Locator("[name='drafts[0].content']").FillAsync("Good day");
        await page.Locator("[name='touchpoints[0].channel']").FillAsync("linkedin");
        await page.Locator("[name='touchpoints[0].sentAt']").FillAsync("2026-03-01T10:00");
        await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("<b>Ada</b> Example");
        await Assertions.Expect(page.Locator("[data-synced=no]")).ToContainTextAsync(notSynced);
        await Assertions.Expect(page.Locator("blockquote")).ToHaveTextAsync("<script>alert(1)</script>");
        await page.GetByRole(AriaRole.Button, new() { Name = sync }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.good", new() { HasText = "✅" })).ToContainTextAsync(synced);
        await Assertions.Expect(page.Locator("[data-synced=yes]")).ToContainTextAsync(synced);
        Assert.Equal(Assert.Single(served.Attio.Records("people")).Id, await page.Locator("[data-kind=person]").InnerTextAsync());
        Assert.Equal(Assert.Single(served.Attio.Records("companies")).Id, await page.Locator("[data-kind=company]").InnerTextAsync());
        Assert.Contains("87 of 100", Assert.Single(served.Attio.Notes()).Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_is_told_beside_its_field_and_nothing_written_is_lost()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + "leads/new");
        await page.Locator("[name=firstName]").FillAsync("Ada");
        await page.Locator("[name=email]").FillAsync("nonsense");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("label", new() { Has = page.Locator("[name=email]") })).ToContainTextAsync("This is no e-mail address");
        Assert.Equal("Ada", await page.Locator("[name=firstName]").InputValueAsync());
        await page.Locator("[name=email]").FillAsync("ada@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Ada");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.Locator("[name=title]").FillAsync("Head of Sales");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("dl").Last).ToContainTextAsync("Head of Sales");
    }

    [Theory]
    [InlineData("en", "Preview", "Save these 2 leads", "1 refused")]
    [InlineData("fr", "Aperçu", "Enregistrer ces 2 prospects", "1 refusés")]
    [InlineData("ar", "معاينة", "حفظ هؤلاء العملاء المحتملين (2)", "ورُفض 1")]
    public async Task A_file_is_looked_at_before_it_is_saved_and_the_list_is_searched(string language, string preview, string save, string refused)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        IPage page = await browsing.OpenAsync(served, language, width: 390);
        await page.GotoAsync(served.Address + "leads/import");
        await page.Locator("[name=File]").SetInputFilesAsync(new FilePayload { Name = "../../leads.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("name,email,score\nAda Example,ada@example.com,80\nBob Example,bob@example.com,20\nCy,nonsense,1\n") });
        await page.GetByRole(AriaRole.Button, new() { Name = preview }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.warn")).ToContainTextAsync(refused);
        await page.GetByText("line 4").First.WaitForAsync();
        Assert.Equal(0, await served.Store.Leads.CountAsync(LeadFilter.None, TestContext.Current.CancellationToken));
        await page.GetByRole(AriaRole.Button, new() { Name = save }).ClickAsync();
        await page.Locator("main .notice").WaitForAsync();
        Assert.Equal(2, await served.Store.Leads.CountAsync(LeadFilter.None, TestContext.Current.CancellationToken));
        await page.GotoAsync(served.Address + "leads?from=50");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("[name=search]").FillAsync("bob");
        await page.Locator("[name=from]").FillAsync("");
        await page.Locator("form[role=search] button").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("Bob Example");
    }

    [Fact]
    public async Task A_file_above_the_size_of_a_form_is_read_and_its_fault_told()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + "leads/import");
        string json = $$$"""{"name":"Ada Example","email":"ada@example.com","sourceSignal":{"excerpt":"{{{new string('x', 3 * 1024 * 1024)}}}"}}""";
        await page.Locator("[name=File]").SetInputFilesAsync(new FilePayload { Name = "leads.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(json) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("This is longer than 20000 characters.");
    }

    [Fact]
    public async Task A_missing_key_is_explained_with_the_way_to_set_it()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        string file = Path.Combine(served.Folder, "syncline.yaml");
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace("attio-test-key".PadRight(64, '0'), "${ATTIO_API_KEY}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await served.Store.Leads.SaveAsync([new() { Id = "ada", FirstName = "Ada", Email = "ada@example.com" }], LeadSaving.Merge, TestContext.Current.CancellationToken);
        IPage page = await browsing.OpenAsync(served);
        await page.GotoAsync(served.Address + "leads/ada");
        await Assertions.Expect(page.Locator("main .notice.warn")).ToContainTextAsync("ATTIO_API_KEY");
        await Assertions.Expect(page.Locator("main .notice.warn a[href=connections]")).ToBeVisibleAsync();
        await page.GotoAsync(served.Address + "browse");
        await Assertions.Expect(page.Locator("main .notice.warn")).ToContainTextAsync("ATTIO_API_KEY");
        await Assertions.Expect(page.Locator("main .notice.warn a[href=connections]")).ToBeVisibleAsync();
    }
}
