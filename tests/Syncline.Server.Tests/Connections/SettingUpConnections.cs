using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Connections;

public sealed class SettingUpConnections(Browsing browsing)
{
    private const string Secret = "a-second-key-0000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData("en", "Add and test", "Examine")]
    [InlineData("fr", "Ajouter et tester", "Examiner")]
    [InlineData("ar", "إضافة واختبار", "فحص")]
    public async Task A_connection_is_added_tested_and_examined(string language, string add, string examine)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "connections?provider=attio#add");
        await page.Locator("[name=Name]").FillAsync("attio-two");
        await page.Locator("[name='setting.api_key']").FillAsync(served.AttioToken);
        await page.Locator("[name='setting.base_url']").FillAsync(served.AttioUrl);
        await page.GetByRole(AriaRole.Button, new() { Name = add }).ClickAsync();
        await Assertions.Expect(page.Locator("#attio-two [data-findings] .badge")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("good"));
        await page.Locator("#attio").GetByRole(AriaRole.Button, new() { Name = examine }).ClickAsync();
        await Assertions.Expect(page.Locator("#attio [data-findings] tbody tr")).Not.ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#attio [data-findings] .badge.bad")).ToHaveCountAsync(0);
        string file = await File.ReadAllTextAsync(Path.Combine(served.Folder, "syncline.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains("attio-two: { provider: attio, api_key: \"${ATTIO_TWO_API_KEY}\"", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_key_never_comes_out_again()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient admin = await served.ClientAsync("admin");
        HttpResponseMessage added = await admin.PostAsJsonAsync("/api/v1/connections", new { name = "second", provider = "attio", settings = new Dictionary<string, string> { ["api_key"] = Secret, ["base_url"] = served.AttioUrl } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal("stored", (string?)(await added.JsonAsync())["secrets"]![0]!["place"]);
        JsonNode test = await (await admin.PostAsync("/api/v1/connections/second/test", null, TestContext.Current.CancellationToken)).JsonAsync();
        Assert.Equal("error", (string?)test["severity"]);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PutAsJsonAsync("/api/v1/connections/second/credentials/api_key", new { value = served.AttioToken }, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("good", (string?)(await (await admin.PostAsync("/api/v1/connections/second/test", null, TestContext.Current.CancellationToken)).JsonAsync())["severity"]);
        foreach (string path in new[] { "/api/v1/connections", "/api/v1/audit", "/connections" }) Assert.DoesNotContain(Secret, await admin.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(served.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(Secret, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_connection_is_written_to_the_file_that_is_served_by_a_name_that_a_variable_can_have()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, configFile: "prod.yaml");
        HttpClient admin = await served.ClientAsync("admin");
        HttpResponseMessage added = await admin.PostAsJsonAsync("/api/v1/connections", new { name = "2nd-attio", provider = "attio", settings = new Dictionary<string, string> { ["api_key"] = served.AttioToken, ["base_url"] = served.AttioUrl } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal("stored", (string?)(await added.JsonAsync())["secrets"]![0]!["place"]);
        Assert.Equal("good", (string?)(await (await admin.PostAsync("/api/v1/connections/2nd-attio/test", null, TestContext.Current.CancellationToken)).JsonAsync())["severity"]);
        Assert.Contains("\"${_2ND_ATTIO_API_KEY}\"", await File.ReadAllTextAsync(Path.Combine(served.Folder, "prod.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(served.Folder, "syncline.yaml")));
    }

    [Fact]
    public async Task Connections_that_are_added_at_once_are_all_there()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient admin = await served.ClientAsync("admin");
        string[] names = [.. Enumerable.Range(1, 8).Select(n => $"leads-{n}")];
        await Task.WhenAll(names.Select(name => admin.PostAsJsonAsync("/api/v1/connections", new { name, provider = "leads", settings = new Dictionary<string, string>() }, TestContext.Current.CancellationToken)));
        string file = await File.ReadAllTextAsync(Path.Combine(served.Folder, "syncline.yaml"), TestContext.Current.CancellationToken);
        Assert.All(names, name => Assert.Contains($"  {name}: ", file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("https://10.0.0.5")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[::ffff:192.168.1.1]/")]
    [InlineData("http://api.example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:word@api.example.com")]
    [InlineData("${HOME}")]
    public async Task An_address_that_leads_inside_is_refused_and_changes_nothing(string address)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient admin = await served.ClientAsync("admin");
        string file = Path.Combine(served.Folder, "syncline.yaml"), before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        HttpResponseMessage refused = await admin.PostAsJsonAsync("/api/v1/connections", new { name = "inside", provider = "attio", settings = new Dictionary<string, string> { ["api_key"] = Secret, ["base_url"] = address } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("attio")]
    [InlineData("a: b")]
    [InlineData("hub")]
    [InlineData("")]
    public async Task A_name_that_is_taken_or_none_is_refused(string name)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient admin = await served.ClientAsync("admin");
        HttpResponseMessage refused = await admin.PostAsJsonAsync("/api/v1/connections", new { name, provider = "attio", settings = new Dictionary<string, string> { ["api_key"] = Secret } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }
}
