using System.Text.Json.Nodes;
using Syncline.Connectors.Tests.Conforming;
using Syncline.Imports;
using Syncline.Records;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;

namespace Syncline.Connectors.Tests.Attio.Browsing;

public sealed class BrowsingAWorkspace
{
    private readonly SandboxConnection<AttioSimulator> _sandbox = SandboxConnections.Attio(AttioWorkspaces.Bare);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AttioSimulator Attio => _sandbox.Simulator;

    [Fact]
    public async Task Pages_follow_each_other_oldest_first_and_the_last_says_so()
    {
        for (int i = 1; i <= 7; i++) AddCompany($"Example {i}");
        List<string> names = [];
        BrowsePage page;
        do
        {
            page = await BrowseAsync(new("companies") { Limit = 3, Offset = names.Count });
            names.AddRange(page.Rows.Select(r => r.Name));
        }
        while (page.HasMore);
        Assert.Equal(Enumerable.Range(1, 7).Select(i => $"Example {i}"), names);
    }

    [Fact]
    public async Task A_full_last_page_has_none_after_it()
    {
        for (int i = 1; i <= 3; i++) AddCompany($"Example {i}");
        Assert.False((await BrowseAsync(new("companies") { Limit = 3 })).HasMore);
    }

    [Fact]
    public async Task A_row_has_name_page_and_what_tells_it_from_the_next()
    {
        string id = AddCompany("Initech", ("domains", new JsonArray("initech.example.com")), ("categories", new JsonArray("B2B", "SAAS")), ("employee_range", "51-250"), ("primary_location", "Lyon, Rhone, FR"));
        BrowsedRow row = Assert.Single((await BrowseAsync(new("companies"))).Rows);
        Assert.Equal((id, "Initech"), (row.Id, row.Name));
        Assert.EndsWith("/company/" + id, row.WebUrl, StringComparison.Ordinal);
        Assert.Equal("initech.example.com", row.Attributes["domains"]!.ToString());
        Assert.Equal("B2B, SAAS", row.Attributes["categories"]!.ToString());
        Assert.Equal("51-250", row.Attributes["employee_range"]!.Text);
        Assert.Equal("Lyon, Rhone, FR", row.Attributes["primary_location"]!.Text);
    }

    [Theory]
    [InlineData("INITE", "Initech")]
    [InlineData("globex.example.org", "Globex")]
    [InlineData("no such", null)]
    public async Task Companies_are_searched_by_name_and_domain(string text, string? found)
    {
        AddCompany("Initech");
        AddCompany("Globex", ("domains", new JsonArray("globex.example.org")));
        Assert.Equal(found is null ? [] : [found], await NamesAsync(new("companies") { Search = text }));
    }

    [Theory]
    [InlineData("lovel", "Ada Lovelace-Example")]
    [InlineData("grace@", "Grace Example")]
    public async Task People_are_searched_by_name_and_address(string text, string found)
    {
        AddPerson("Ada", "Lovelace-Example", "ada@example.com");
        AddPerson("Grace", "Example", "grace@example.com");
        Assert.Equal([found], await NamesAsync(new("people") { Search = text }));
    }

    [Fact]
    public async Task Filters_and_a_search_all_hold()
    {
        AddPerson("Ada", "Example", "ada@example.com", "Head of Research");
        AddPerson("Ada", "Other", "other@example.com", "Engineer");
        AddPerson("Grace", "Example", "grace@example.com", "Head of Sales");
        Assert.Equal(["Ada Example"], await NamesAsync(new("people") { Search = "ada", Filters = [new("job_title", BrowseOperator.StartsWith, "head")] }));
    }

    [Theory]
    [InlineData("employee_range=51-250", "Initech")]
    [InlineData("funding_raised_usd>=1000000", "Initech")]
    [InlineData("foundation_date<2000-01-01", "Initech")]
    [InlineData("primary_location.locality=Lyon", "Initech")]
    [InlineData("domains$=.example.org", "Globex")]
    [InlineData("name~lob", "Globex")]
    public async Task Each_type_of_attribute_is_filtered_by_Attio(string filter, string found)
    {
        AddCompany("Initech", ("domains", new JsonArray("initech.example.com")), ("employee_range", "51-250"), ("funding_raised_usd", 2_000_000), ("foundation_date", "1999-02-19"), ("primary_location", "Lyon, FR"));
        AddCompany("Globex", ("domains", new JsonArray("globex.example.org")), ("employee_range", "1-10"), ("funding_raised_usd", 5), ("foundation_date", "2010-01-01"), ("primary_location", "Oslo, NO"));
        Assert.Equal([found], await NamesAsync(new("companies") { Filters = [BrowseFilter.Parse(filter)!] }));
    }

    [Theory]
    [InlineData("employee_range~51", "=")]
    [InlineData("no_such=1", "employee_range")]
    [InlineData("primary_location=Lyon", "primary_location.locality")]
    [InlineData("team=x", "another attribute")]
    [InlineData("funding_raised_usd>much", "numbers")]
    [InlineData("created_at>yesterday", "times")]
    public async Task What_Attio_cannot_filter_is_refused_with_what_it_can(string filter, string hint)
    {
        ProviderException refusal = await Assert.ThrowsAsync<ProviderException>(() => BrowseAsync(new("companies") { Filters = [BrowseFilter.Parse(filter)!] }));
        Assert.Contains(hint, refusal.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no sign")]
    [InlineData("=value")]
    [InlineData("name=")]
    [InlineData("")]
    public void What_is_no_filter_is_none(string text) => Assert.Null(BrowseFilter.Parse(text));

    [Fact]
    public async Task A_page_asks_for_no_more_than_it_shows()
    {
        for (int i = 1; i <= 300; i++) AddCompany($"Example {i}");
        Connection connection = _sandbox.Open();
        await connection.Browser!.BrowseAsync(new("companies") { Limit = 25 }, Token);
        Assert.Equal(2, connection.Permits.Calls.Reads);
    }

    [Fact]
    public async Task Whole_records_come_in_the_order_they_were_chosen_in_and_simplified()
    {
        string first = AddCompany("Initech", ("domains", new JsonArray("initech.example.com")), ("funding_raised_usd", 5_000_000), ("primary_location", "San Francisco, CA, US"), ("categories", new JsonArray("SAAS"))), second = AddCompany("Globex");
        IReadOnlyList<ImportedRecord> records = await _sandbox.Open().Browser!.ReadAsync("companies", [second, first, second, Guid.NewGuid().ToString(), "no id"], Token);
        Assert.Equal(["Globex", "Initech"], records.Select(r => r.Name));
        ImportedRecord initech = records[1];
        Assert.Equal(("attio", "company", first), (initech.Source, initech.Type, initech.Id));
        Assert.Equal(["categories", "created_at", "created_by", "domains", "funding_raised_usd", "funding_raised_usd.currency_code", "primary_location"], initech.Attributes.Select(a => a.Name));
        Assert.Equal("San Francisco, CA, US", initech.Attributes["primary_location"]!.Text);
        Assert.Equal(("5000000", "USD"), (initech.Attributes["funding_raised_usd"]!.Text, initech.Attributes["funding_raised_usd.currency_code"]!.Text));
        Assert.Equal(FieldType.List, initech.Attributes["domains"]!.Type);
    }

    [Fact]
    public async Task More_records_than_one_query_takes_are_read_all()
    {
        _sandbox.Turn("in-cap", "100");
        string[] ids = [.. Enumerable.Range(1, 230).Select(i => AddPerson("Ada", $"Example {i}", $"ada{i}@example.com"))];
        Assert.Equal(ids, (await _sandbox.Open().Browser!.ReadAsync("people", ids, Token)).Select(r => r.Id));
    }

    [Fact]
    public async Task Entries_of_a_list_show_their_records_and_their_own_values()
    {
        string entry = AddEntries();
        Assert.Equal(["Prospects"], (await _sandbox.Open().Browser!.ListsAsync(Token)).Select(l => l.Name));
        BrowsePage page = await BrowseAsync(new("prospects") { Limit = 1 });
        BrowsedRow row = Assert.Single(page.Rows);
        Assert.True(page.HasMore);
        Assert.Equal((entry, "Initech", "High"), (row.Id, row.Name, row.Attributes["priority"]!.Text));
        Assert.Contains("/company/", row.WebUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_searched_by_its_records_and_filtered_by_its_own_values()
    {
        AddEntries();
        Assert.Equal(["Globex"], await NamesAsync(new("prospects") { Search = "globex.ex" }));
        Assert.Equal(["Initech"], await NamesAsync(new("prospects") { Filters = [new("priority", BrowseOperator.Is, "High")] }));
    }

    [Fact]
    public async Task A_whole_entry_names_its_list_and_its_record()
    {
        string entry = AddEntries();
        ImportedRecord read = Assert.Single(await _sandbox.Open().Browser!.ReadAsync("prospects", [entry, Guid.NewGuid().ToString()], Token));
        Assert.Equal(("list_entry", entry, "Initech"), (read.Type, read.Id, read.Name));
        Assert.Equal("prospects", read.Entry!.List);
        Assert.Equal("High", read.Attributes["entry.priority"]!.Text);
        Assert.Equal("initech.example.com", read.Attributes["domains"]!.ToString());
    }

    [Fact]
    public async Task An_unknown_place_is_refused_with_those_there_are()
    {
        Attio.DefineList("prospects", "Prospects", "companies");
        ProviderException refusal = await Assert.ThrowsAsync<ProviderException>(() => BrowseAsync(new("prospect")));
        Assert.Contains("prospects", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_pages_are_paced_and_none_is_refused()
    {
        AddCompany("Initech");
        Connection connection = _sandbox.Open();
        await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => connection.Browser!.BrowseAsync(new("companies"), Token)));
        Assert.Equal((300, 0), (connection.Permits.Calls.Reads, connection.Permits.Calls.Throttled));
    }

    private Task<BrowsePage> BrowseAsync(BrowseQuery query) => _sandbox.Open().Browser!.BrowseAsync(query, Token);

    private async Task<IEnumerable<string>> NamesAsync(BrowseQuery query) => (await BrowseAsync(query)).Rows.Select(r => r.Name);

    private string AddCompany(string name, params (string, JsonNode)[] values)
    {
        _sandbox.Clock.Pass(TimeSpan.FromMilliseconds(100));
        JsonObject all = new() { ["name"] = name };
        foreach ((string slug, JsonNode value) in values) all[slug] = value;
        return Attio.CreateByPerson("companies", all);
    }

    private string AddPerson(string first, string last, string email, string? title = null)
    {
        _sandbox.Clock.Pass(TimeSpan.FromMilliseconds(100));
        return Attio.CreateByPerson("people", new()
        {
            ["name"] = new JsonObject { ["first_name"] = first, ["last_name"] = last, ["full_name"] = $"{first} {last}" },
            ["email_addresses"] = new JsonArray(email),
            ["job_title"] = title,
        });
    }

    /// <summary>A list of two companies.</summary>
    /// <returns>The id of the first entry.</returns>
    private string AddEntries()
    {
        string initech = AddCompany("Initech", ("domains", new JsonArray("initech.example.com"))), globex = AddCompany("Globex", ("domains", new JsonArray("globex.example.org")));
        Attio.DefineList("prospects", "Prospects", "companies");
        Attio.DefineAttribute("prospects", new() { ["api_slug"] = "priority", ["title"] = "Priority", ["type"] = "select" });
        foreach (string title in (string[])["High", "Low"]) Attio.DefineOption("prospects", "priority", title);
        string first = AddEntry(initech, "High");
        _sandbox.Clock.Pass(TimeSpan.FromMilliseconds(100));
        AddEntry(globex, "Low");
        return first;
    }

    private string AddEntry(string company, string priority)
    {
        JsonObject body = new() { ["data"] = new JsonObject { ["parent_record_id"] = company, ["parent_object"] = "companies", ["entry_values"] = new JsonObject { ["priority"] = priority } } };
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = "Bearer " + new string('a', 64), ["Content-Type"] = "application/json" };
        SandboxResponse answer = Attio.Handle(new("POST", "/v2/lists/prospects/entries", "", headers, body.ToJsonString()));
        return (string)JsonNode.Parse(answer.Body)!["data"]!["id"]!["entry_id"]!;
    }
}
