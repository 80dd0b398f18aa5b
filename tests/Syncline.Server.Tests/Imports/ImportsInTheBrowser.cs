using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Imports;

public sealed class ImportsInTheBrowser(Browsing browsing)
{
    [Theory]
    [InlineData("en", "Import again", "Add an experiment", "Assign the selected ones", "Unassign", "Delete")]
    [InlineData("fr", "Importer de nouveau", "Ajouter une expérience", "Affecter la sélection", "Retirer", "Supprimer")]
    [InlineData("ar", "استيراد من جديد", "إضافة تجربة", "إسناد المحدد", "إلغاء الإسناد", "حذف")]
    public async Task A_record_is_looked_at_imported_again_and_tried_out(string language, string again, string add, string assign, string unassign, string delete)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        await served.InitAsync();
        string id = served.Attio.CreateByPerson("companies", new() { ["name"] = "<b>Initech</b>", ["description"] = "Software" });
        HttpClient client = await served.ClientAsync("operator");
        HttpResponseMessage begun = await client.PostAsJsonAsync("/api/v1/imports/attio", new { place = "companies", ids = new[] { id } }, TestContext.Current.CancellationToken);
        await client.FollowAsync((string)(await begun.JsonAsync())["id"]!);
        served.Attio.EditByPerson("companies", id, "description", "Printers");
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "imports?type=company&search=init");
        await page.GetByRole(AriaRole.Link, new() { Name = "<b>Initech</b>" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-file]")).ToContainTextAsync("\"description\": \"Software\"");
        await page.GetByRole(AriaRole.Button, new() { Name = again }).ClickAsync();
        await page.Locator("[data-state=Done]").WaitForAsync();
        await page.GotoAsync(served.Address + $"imports/attio/{id}");
        await Assertions.Expect(page.Locator("[data-commit]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-commit]").First.Locator("ins")).ToHaveTextAsync("\"Printers\"");
        await page.GotoAsync(served.Address + "experiments");
        await page.Locator("[name=Name]").FillAsync("<u>Cold</u> mail");
        await page.GetByRole(AriaRole.Button, new() { Name = add }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "<u>Cold</u> mail" }).WaitForAsync();
        await page.GotoAsync(served.Address + "imports");
        await page.Locator("[name=Ids]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = assign }).ClickAsync();
        await page.Locator("main .notice.good").WaitForAsync();
        await page.GotoAsync(served.Address + "experiments");
        await page.GetByRole(AriaRole.Link, new() { Name = "<u>Cold</u> mail" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "<b>Initech</b>" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = unassign }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        await page.GotoAsync(served.Address + "experiments");
        await page.GetByRole(AriaRole.Button, new() { Name = delete }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
    }
}
