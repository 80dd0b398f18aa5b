using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Settings;

public sealed class UsersAndTokens(Browsing browsing)
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task A_token_is_shown_once_kept_as_a_hash_and_deleted()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient admin = await served.ClientAsync("admin");
        JsonNode made = await (await admin.PostAsJsonAsync("/api/v1/tokens", new { name = "zap", role = "viewer" }, TestContext.Current.CancellationToken)).JsonAsync();
        string secret = (string)made["token"]!;
        using HttpClient viewer = new() { BaseAddress = served.Address };
        viewer.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/api/v1/syncs", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("/api/v1/tokens", TestContext.Current.CancellationToken)).StatusCode);
        Assert.DoesNotContain(secret, await admin.GetStringAsync("/api/v1/tokens", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await admin.GetStringAsync("/api/v1/audit", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/tokens/{made["id"]}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await viewer.GetAsync("/api/v1/syncs", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("en", "Add a user", "Settings")]
    [InlineData("fr", "Ajouter un utilisateur", "Paramètres")]
    [InlineData("ar", "إضافة مستخدم", "الإعدادات")]
    public async Task A_user_is_added_signs_in_and_sees_what_his_role_allows(string language, string add, string title)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        IPage owner = await browsing.OpenAsync(served, language);
        await owner.GotoAsync(served.Address + "settings");
        ILocator form = owner.Locator("form", new() { Has = owner.GetByRole(AriaRole.Button, new() { Name = add }) });
        await form.Locator("[name=Name]").FillAsync("<b>Vera</b>");
        await form.Locator("[name=Role]").SelectOptionAsync("viewer");
        await form.Locator("[name=Password]").FillAsync(Password);
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await owner.GetByText("<b>Vera</b>").First.WaitForAsync();
        IPage vera = await browsing.OpenAsync(served, language, signedIn: false);
        await vera.GotoAsync(served.Address + "settings");
        await vera.Locator("[name=name]").FillAsync("<b>Vera</b>");
        await vera.Locator("[name=password]").FillAsync(Password);
        await vera.Locator("form[action='sign-in/password'] button").ClickAsync();
        await Assertions.Expect(vera.Locator("h1")).ToHaveTextAsync(title);
        await Assertions.Expect(vera.GetByRole(AriaRole.Button, new() { Name = add })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_door_for_the_right_one_too()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient admin = await served.ClientAsync("admin");
        (await admin.PostAsJsonAsync("/api/v1/users", new { name = "vera", role = "viewer", password = Password }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        IPage page = await browsing.OpenAsync(served, signedIn: false);
        for (int attempt = 0; attempt < 5; attempt++) await TryAsync(page, served, "not this one");
        await TryAsync(page, served, Password);
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Too many wrong passwords");
    }

    [Fact]
    public async Task The_last_administrator_and_a_short_password_are_refused()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        await browsing.OpenAsync(served);
        HttpClient admin = await served.ClientAsync("admin");
        JsonArray users = (await admin.GetFromJsonAsync<JsonArray>("/api/v1/users", TestContext.Current.CancellationToken))!;
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.DeleteAsync($"/api/v1/users/{Assert.Single(users)!["id"]}", TestContext.Current.CancellationToken)).StatusCode);
        HttpResponseMessage refused = await admin.PostAsJsonAsync("/api/v1/users", new { name = "vera", role = "viewer", password = "short" }, TestContext.Current.CancellationToken);
        Assert.Contains("12", (string?)(await refused.JsonAsync())["title"], StringComparison.Ordinal);
        HttpResponseMessage none = await admin.PostAsJsonAsync("/api/v1/users", new { name = "vera", role = "emperor", password = Password }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    private static async Task TryAsync(IPage page, ServedFolder served, string password)
    {
        await page.GotoAsync(served.Address + "sign-in");
        await page.Locator("[name=name]").FillAsync("vera");
        await page.Locator("[name=password]").FillAsync(password);
        await page.Locator("form[action='sign-in/password'] button").ClickAsync();
        await page.Locator("[role=alert]").WaitForAsync();
    }
}
