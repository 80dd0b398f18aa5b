using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Mappings;

public sealed class ChangingAMapping(Browsing browsing)
{
    private const string Maps = """
        maps:
          # what our workspace calls them
          attio:
            person:
              phone: none   # private

        """;

    private const string Rule = "/api/v1/mappings/attio/person/lead_source";

    [Theory]
    [InlineData("en", "not mapped", "would be written", "Save")]
    [InlineData("fr", "sans correspondance", "serait écrite", "Enregistrer")]
    [InlineData("ar", "غير معيّن", "ستُكتب", "حفظ")]
    public async Task A_map_is_looked_at_a_rule_is_tried_and_saved_and_the_next_run_goes_by_it(string language, string notMapped, string written, string save)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 2, configuration: Maps);
        HttpClient client = await served.ClientAsync("admin");
        await RunAsync(client);
        string file = Path.Combine(served.Folder, "syncline.yaml"), before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "mappings?connection=attio");
        await Assertions.Expect(page.Locator("[data-field=phone]")).ToContainTextAsync(notMapped);
        await page.Locator("[data-field=lead_source] a").ClickAsync();
        await page.Locator("[name=TransformOut]").FillAsync("options(HeyReach=<b>LinkedIn</b>)");
        await page.Locator("button[value=preview]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-outward] tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-outward] tbody tr").First).ToContainTextAsync("<b>LinkedIn</b>");
        await Assertions.Expect(page.Locator("[data-outward] tbody tr").First).ToContainTextAsync(written);
        await Assertions.Expect(page.Locator("[data-inward] .badge.warn, main b")).ToHaveCountAsync(0);
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.All(Sources(served), s => Assert.Equal("HeyReach", s));
        await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main .notice.good")).ToContainTextAsync("lead_source");
        await Assertions.Expect(page.Locator("[data-field=lead_source]")).ToContainTextAsync("syncline.yaml");
        await Assertions.Expect(page.Locator("main b")).ToHaveCountAsync(0);
        Assert.Equal(
            before.Replace("phone: none   # private\n", "phone: none   # private\n      lead_source: { transform_out: \"options(HeyReach=<b>LinkedIn</b>)\" }\n", StringComparison.Ordinal),
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await RunAsync(client);
        Assert.All(Sources(served), s => Assert.Equal("<b>LinkedIn</b>", s));
    }

    [Fact]
    public async Task Errors_are_told_at_the_form_a_field_of_ones_own_is_mapped_and_a_rule_taken_back()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, configuration: Maps);
        string file = Path.Combine(served.Folder, "syncline.yaml"), before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        IPage page = await browsing.OpenAsync(served, width: 390);
        await page.GotoAsync(served.Address + "mappings?connection=attio&kind=person");
        await page.Locator("[name=field]").FillAsync("<i>mood</i>");
        await page.Locator("form[action='mappings/rule'] button").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("<i>mood</i>");
        await page.Locator("[name=To]").FillAsync("job_title");
        await page.Locator("button[value=save]").ClickAsync();
        await Assertions.Expect(page.Locator("main .notice.bad")).ToContainTextAsync("would both be written to people.job_title");
        await Assertions.Expect(page.Locator("[name=To]")).ToHaveValueAsync("job_title");
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await page.Locator("[name=To]").FillAsync("mood");
        await page.Locator("button[value=preview]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-preview] .empty")).ToBeVisibleAsync();
        await page.Locator("button[value=save]").ClickAsync();
        await Assertions.Expect(page.Locator("main .notice.good")).ToContainTextAsync("<i>mood</i>");
        Assert.Contains("\"<i>mood</i>\": mood", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "<i>mood</i>" }).ClickAsync();
        await Assertions.Expect(page.Locator("[name=To]")).ToHaveValueAsync("mood");
        await page.Locator("[name=Way][value=shipped]").CheckAsync();
        await page.Locator("button[value=save]").ClickAsync();
        await Assertions.Expect(page.Locator("main .notice.good")).ToBeVisibleAsync();
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await Assertions.Expect(page.Locator("main i")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_API_shows_tries_saves_and_takes_back()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 2, configuration: Maps);
        HttpClient admin = await served.ClientAsync("admin"), person = await served.ClientAsync("operator"), viewer = await served.ClientAsync("viewer");
        await RunAsync(admin);
        JsonNode map = Assert.Single((await viewer.ReadAsync("/api/v1/mappings?connection=attio&kind=person")).AsArray())!;
        Assert.Equal(("people", "shipped"), ((string?)map["stream"], (string?)FieldOf(map, "lead_source")["origin"]));
        Assert.Equal((null, "file"), ((string?)FieldOf(map, "phone")["remote"], (string?)FieldOf(map, "phone")["origin"]));
        Assert.Contains((await viewer.ReadAsync("/api/mappings")).AsArray(), m => (string?)m!["connection"] == "hubspot");

        object rule = new { transformIn = "number", transformOut = "options(HeyReach=LinkedIn)", policy = "hub-wins" };
        await viewer.SendAsync(HttpMethod.Post, "/api/v1/mappings/preview", new { connection = "attio", kind = "person", field = "lead_source", rule }, HttpStatusCode.Forbidden);
        await person.SendAsync(HttpMethod.Put, Rule, rule, HttpStatusCode.Forbidden);
        JsonNode preview = Assert.Single((await person.SendAsync(HttpMethod.Post, "/api/v1/mappings/preview", new { connection = "attio", kind = "person", field = "lead_source", rule })).AsArray())!;
        Assert.Equal(2, preview["records"]!.AsArray().Count);
        JsonNode record = preview["records"]![0]!;
        Assert.Equal(("HeyReach", null, "lead_source"), ((string?)record["before"]!["inward"]!["gives"], (string?)record["after"]!["inward"]!["gives"], (string?)record["after"]!["inward"]!["refused"]![0]));
        Assert.Equal(("HeyReach", "LinkedIn", true), ((string?)record["after"]!["outward"]![0]!["holds"], (string?)record["after"]!["outward"]![0]!["sends"], (bool)record["after"]!["outward"]![0]!["written"]!));
        Assert.True((bool)record["comesInOtherwise"]! && (bool)record["goesOutOtherwise"]!);

        // The inbox is read from its beginning: it has no people that could be asked for by their ids.
        JsonNode inbox = Assert.Single((await person.SendAsync(HttpMethod.Post, "/api/v1/mappings/preview", new { connection = "heyreach", kind = "person", field = "full_name", rule = new { to = "none" } })).AsArray())!;
        Assert.Equal([true, true], inbox["records"]!.AsArray().Select(r => (bool)r!["comesInOtherwise"]! && r["after"]!["inward"] is null && r["before"]!["outward"]!.AsArray().Count == 0));

        await admin.SendAsync(HttpMethod.Put, Rule, rule, HttpStatusCode.NoContent);
        Assert.Equal(("file", "hub-wins", "number"), await LeadSourceAsync(viewer));
        JsonNode audit = (await admin.ReadAsync("/api/v1/audit"))!;
        Assert.Contains("attio.person.lead_source", audit.ToJsonString(), StringComparison.Ordinal);
        await person.SendAsync(HttpMethod.Delete, Rule, new { }, HttpStatusCode.Forbidden);
        await admin.SendAsync(HttpMethod.Delete, Rule, new { }, HttpStatusCode.NoContent);
        Assert.Equal(("shipped", "people-win", null), await LeadSourceAsync(viewer));
        await admin.SendAsync(HttpMethod.Delete, Rule, new { }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_cannot_be_a_rule_is_a_problem_in_words_and_changes_nothing()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, configuration: Maps);
        HttpClient admin = await served.ClientAsync("admin");
        string file = Path.Combine(served.Folder, "syncline.yaml"), before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("Did you mean 'lower'?", await ProblemAsync(Rule, new { transform = "lowre" }), StringComparison.Ordinal);
        Assert.Contains("would both be written", await ProblemAsync(Rule, new { to = "job_title" }), StringComparison.Ordinal);
        Assert.Contains("says nothing", await ProblemAsync(Rule, new { }), StringComparison.Ordinal);
        Assert.Contains("one line", await ProblemAsync(Rule, new { to = "a\nsyncs: {}" }), StringComparison.Ordinal);
        Assert.Contains("no 'persn'", await ProblemAsync("/api/v1/mappings/attio/persn/email", new { to = "a" }, HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("no connection 'atio'", await ProblemAsync("/api/v1/mappings/atio/person/email", new { to = "a" }, HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        // A field behind a reference has a slash in its name.
        await admin.SendAsync(HttpMethod.Put, "/api/v1/mappings/attio/person/company/name", new { to = "employer" }, HttpStatusCode.NoContent);
        Assert.Contains("      company/name: employer\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        async Task<string?> ProblemAsync(string path, object rule, HttpStatusCode status = HttpStatusCode.BadRequest) => (string?)(await admin.SendAsync(HttpMethod.Put, path, rule, status))["title"];
    }

    private static async Task RunAsync(HttpClient client)
    {
        JsonNode run = await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/runs", new { }, HttpStatusCode.Accepted));
        Assert.Equal("done", (string?)run["state"]);
    }

    private static JsonNode FieldOf(JsonNode map, string field) => map["fields"]!.AsArray().Single(f => (string?)f!["field"] == field)!;

    private static async Task<(string?, string?, string?)> LeadSourceAsync(HttpClient client)
    {
        JsonNode field = FieldOf((await client.ReadAsync("/api/v1/mappings?connection=attio&kind=person"))[0]!, "lead_source");
        return ((string?)field["origin"], (string?)field["policy"], (string?)field["transformIn"]);
    }

    private static string?[] Sources(ServedFolder served) => [.. served.Attio.Records("people").Select(r => r.Texts("lead_source").SingleOrDefault())];
}
