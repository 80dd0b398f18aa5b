namespace Syncline.Sandbox.Tests.Attio;

public sealed class ListsAndEntries
{
    private readonly Workbench _bench = new();
    private readonly string _person;

    public ListsAndEntries()
    {
        _bench.Simulator.DefineList("leads", "Leads", "people");
        _bench.Simulator.DefineAttribute("leads", new() { ["api_slug"] = "stage", ["type"] = "status" });
        _bench.Simulator.DefineAttribute("leads", new() { ["api_slug"] = "tags", ["type"] = "select", ["is_multiselect"] = true });
        _bench.Post("/v2/lists/leads/attributes/stage/statuses", """{"data":{"title":"New"}}""");
        foreach (string tag in (string[])["a", "b"]) _bench.Simulator.DefineOption("leads", "tags", tag);
        _person = _bench.Create("people", """{"email_addresses":["jo@example.com"]}""").RecordId;
    }

    private string Body(string values) => $$$"""{"data":{"parent_object":"people","parent_record_id":"{{{_person}}}","entry_values":{{{values}}}}}""";

    [Theory]
    [InlineData("""{"api_slug":"x","parent_object":"people","workspace_access":"full-access","workspace_member_access":[]}""", 400)]
    [InlineData("""{"name":"X","api_slug":"x","parent_object":"people","workspace_member_access":[]}""", 400)]
    [InlineData("""{"name":"X","api_slug":"x","parent_object":"people","workspace_access":"full-access"}""", 400)]
    [InlineData("""{"name":"X","api_slug":"x","parent_object":"people","workspace_access":null,"workspace_member_access":[]}""", 400)]
    [InlineData("""{"name":"X","api_slug":"x","parent_object":"people","workspace_access":null,"workspace_member_access":[{"workspace_member_id":"5a1d0001-0000-4000-8000-000000000001","level":"full-access"}]}""", 200)]
    [InlineData("""{"name":"X","api_slug":"leads","parent_object":"people","workspace_access":"full-access","workspace_member_access":[]}""", 409)]
    [InlineData("""{"name":"X","api_slug":"x","parent_object":"people","workspace_access":"full-access","workspace_member_access":[]}""", 200)]
    public void A_list_needs_five_keys_a_free_slug_and_somebody_in_charge(string data, int status) =>
        Assert.Equal(status, _bench.Post("/v2/lists", $$$"""{"data":{{{data}}}}""").Status);

    [Fact]
    public void A_list_reads_with_its_parent_in_an_array()
    {
        Reply list = _bench.Get("/v2/lists/leads");
        Assert.Equal("people", (string?)list.Data["parent_object"]![0]);
        Assert.Equal("Hot leads", (string?)_bench.Patch("/v2/lists/leads", """{"data":{"name":"Hot leads"}}""").Data["name"]);
        Assert.Equal(400, _bench.Patch("/v2/lists/leads", """{"data":{"parent_object":"companies"}}""").Status);
    }

    [Fact]
    public void Posting_twice_makes_two_entries_which_an_assert_then_refuses()
    {
        Reply first = _bench.Post("/v2/lists/leads/entries", Body("""{"stage":"New"}"""));
        Assert.Equal(_person, (string?)first.Data["parent_record_id"]);
        Assert.Equal("New", (string?)first.Data["entry_values"]!["stage"]![0]!["status"]!["title"]);
        Assert.Equal(200, _bench.Post("/v2/lists/leads/entries", Body("{}")).Status);
        Assert.Equal((400, "multiple_match_results"), (_bench.Put("/v2/lists/leads/entries", Body("{}")).Status, _bench.Put("/v2/lists/leads/entries", Body("{}")).Code));
    }

    [Fact]
    public void An_assert_by_parent_repeats_without_effect()
    {
        string first = _bench.Put("/v2/lists/leads/entries", Body("""{"tags":["a"]}""")).EntryId;
        Reply second = _bench.Put("/v2/lists/leads/entries", Body("""{"tags":["b"]}"""));
        Assert.Equal(first, second.EntryId);
        Assert.Single(second.Data["entry_values"]!["tags"]!.AsArray());
    }

    [Fact]
    public void Patch_adds_and_put_replaces()
    {
        string id = _bench.Post("/v2/lists/leads/entries", Body("""{"tags":["a"]}""")).EntryId;
        Assert.Equal(2, _bench.Patch($"/v2/lists/leads/entries/{id}", """{"data":{"entry_values":{"tags":["b"]}}}""").Data["entry_values"]!["tags"]!.AsArray().Count);
        Assert.Single(_bench.Put($"/v2/lists/leads/entries/{id}", """{"data":{"entry_values":{"tags":["b"]}}}""").Data["entry_values"]!["tags"]!.AsArray());
        Assert.Single(_bench.Get($"/v2/lists/leads/entries/{id}/attributes/tags/values").Rows);
    }

    [Fact]
    public void Entry_values_are_required_the_parent_must_exist_and_never_changes()
    {
        Assert.Equal("data.entry_values", _bench.Post("/v2/lists/leads/entries", $$$"""{"data":{"parent_object":"people","parent_record_id":"{{{_person}}}"}}""").FaultPath);
        Assert.Equal("value_not_found", _bench.Post("/v2/lists/leads/entries", """{"data":{"parent_object":"people","parent_record_id":"0b1f9b0e-5a6f-4b55-9f0d-0c55c8f0a001","entry_values":{}}}""").Code);
        string id = _bench.Post("/v2/lists/leads/entries", Body("{}")).EntryId;
        Assert.Equal("immutable_value", _bench.Patch($"/v2/lists/leads/entries/{id}", Body("{}")).Code);
    }

    [Fact]
    public void Entries_are_queried_by_their_own_values_and_by_path()
    {
        _bench.Post("/v2/lists/leads/entries", Body("""{"stage":"New"}"""));
        Assert.Single(Found("""{"stage":"New"}"""));
        Assert.Single(Found("""{"path":[["leads","parent_record"],["people","email_addresses"]],"constraints":{"email_domain":"example.com"}}"""));
        Assert.Empty(Found("""{"path":[["leads","parent_record"],["people","email_addresses"]],"constraints":{"email_domain":"example.org"}}"""));
        Assert.Single(Found($$$"""{"parent_record":{"target_record_id":"{{{_person}}}"}}"""));
        Assert.Equal("unknown_filter_attribute_slug", _bench.Post("/v2/lists/leads/entries/query", """{"filter":{"email_addresses":"x"}}""").Code);
    }

    [Fact]
    public void Deleting_an_entry_keeps_the_record()
    {
        string id = _bench.Post("/v2/lists/leads/entries", Body("{}")).EntryId;
        Assert.Equal("leads", (string?)_bench.Get($"/v2/objects/people/records/{_person}/entries").Rows.Single()!["list_api_slug"]);
        Assert.Equal("{}", _bench.Delete($"/v2/lists/leads/entries/{id}").Json.ToJsonString());
        Assert.Equal(404, _bench.Get($"/v2/lists/leads/entries/{id}").Status);
        Assert.Empty(_bench.Get($"/v2/objects/people/records/{_person}/entries").Rows);
        Assert.Equal(200, _bench.Get($"/v2/objects/people/records/{_person}").Status);
    }

    private System.Text.Json.Nodes.JsonArray Found(string filter) => _bench.Post("/v2/lists/leads/entries/query", $$$"""{"filter":{{{filter}}}}""").Rows;
}
