using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Attio;

public sealed class Relationships
{
    private readonly Workbench _bench = new();

    private string Company(string domain) => _bench.Create("companies", $$"""{"domains":["{{domain}}"]}""").RecordId;

    private string[] Team(string company) => [.. _bench.Simulator.Record("companies", company)!.Raw("team").Select(v => (string)v!["target_record_id"]!)];

    private string? EmployerOf(string person) => (string?)_bench.Simulator.Record("people", person)!.Raw("company").FirstOrDefault()?["target_record_id"];

    [Fact]
    public void Writing_a_persons_company_shows_in_the_companys_team()
    {
        string company = Company("example.com"), other = Company("example.org");
        string person = _bench.Create("people", """{"company":"example.com"}""").RecordId;
        Assert.Equal([person], Team(company));
        _bench.Patch($"/v2/objects/people/records/{person}", """{"data":{"values":{"company":["example.org"]}}}""");
        Assert.Empty(Team(company));
        Assert.Equal([person], Team(other));
    }

    [Fact]
    public void Writing_a_companys_team_shows_in_its_people()
    {
        string company = Company("example.com"), other = Company("example.org");
        string jo = _bench.Create("people", """{"company":"example.org"}""").RecordId, al = _bench.Create("people", "{}").RecordId;
        string team = $$"""[{"target_object":"people","target_record_id":"{{jo}}"},{"target_object":"people","target_record_id":"{{al}}"}]""";
        Reply put = _bench.Put($"/v2/objects/companies/records/{company}", $$$$"""{"data":{"values":{"team":{{{{team}}}}}}}""");
        Assert.Equal(2, put.Values("team").Count);
        Assert.Equal((company, company), (EmployerOf(jo), EmployerOf(al)));
        Assert.Empty(Team(other));
        _bench.Put($"/v2/objects/companies/records/{company}", """{"data":{"values":{"team":[]}}}""");
        Assert.Null(EmployerOf(jo));
    }

    [Fact]
    public void A_team_is_filtered_like_any_reference()
    {
        Company("example.com");
        string person = _bench.Create("people", """{"company":"example.com"}""").RecordId;
        Assert.Equal(1, _bench.Count("companies", $$$"""{"team":{"target_record_id":"{{{person}}}"}}"""));
        Assert.Equal(1, _bench.Count("companies", """{"path":[["companies","team"],["people","created_at"]],"constraints":{"$gte":"2026-01-01T00:00:00Z"}}"""));
    }

    [Fact]
    public void A_single_sided_relationship_moves_to_its_new_holder()
    {
        _bench.WithThings();
        _bench.Simulator.DefineAttribute("things", new()
        {
            ["api_slug"] = "keeper", ["type"] = "record-reference",
            ["relationship"] = new JsonObject { ["object"] = "people", ["title"] = "Kept", ["api_slug"] = "kept", ["is_multiselect"] = false },
        });
        string jo = _bench.Create("people", "{}").RecordId;
        string written = $$$"""{"keeper":{"target_object":"people","target_record_id":"{{{jo}}}"}}""";
        string first = _bench.Create("things", written).RecordId, second = _bench.Create("things", written).RecordId;
        Assert.Empty(_bench.Simulator.Record("things", first)!.Raw("keeper"));
        Assert.Equal(second, (string?)_bench.Get($"/v2/objects/people/records/{jo}").Value("kept")["target_record_id"]);
    }

    [Fact]
    public void A_work_address_makes_and_links_the_company_once()
    {
        Reply jo = _bench.Create("people", """{"email_addresses":["jo@Example.com"]}""");
        Reply al = _bench.PutBy("people", "email_addresses", """{"email_addresses":["al@example.com"]}""");
        AssertBothWorkAtTheOneCompany(jo, al);
        Assert.Equal("system", (string?)jo.Value("company")["created_by_actor"]!["type"]);
    }

    private void AssertBothWorkAtTheOneCompany(Reply jo, Reply al)
    {
        string company = _bench.Simulator.Records("companies").Single().Id;
        Assert.Equal(["example.com"], _bench.Simulator.Record("companies", company)!.Texts("domains"));
        Assert.Equal([company, company], [EmployerOf(jo.RecordId)!, EmployerOf(al.RecordId)!]);
    }

    [Fact]
    public void Free_mail_makes_no_company_and_a_given_company_stands()
    {
        _bench.Create("people", """{"email_addresses":["jo.invented.person@gmail.com"]}""");
        Assert.Empty(_bench.Simulator.Records("companies"));
        string given = Company("example.org");
        string person = _bench.Create("people", """{"email_addresses":["jo@example.com"],"company":"example.org"}""").RecordId;
        Assert.Equal(given, EmployerOf(person));
        _bench.Turn("auto-company", "false").Create("people", """{"email_addresses":["al@example.com"]}""");
        Assert.Single(_bench.Simulator.Records("companies"));
    }

    [Fact]
    public void A_delete_takes_references_entries_and_notes_along()
    {
        _bench.Simulator.DefineList("leads", "Leads", "people");
        Company("example.com");
        string person = _bench.Create("people", """{"company":"example.com"}""").RecordId;
        Hang(person);
        _bench.Delete($"/v2/objects/people/records/{person}");
        Assert.Empty(_bench.Simulator.Records("companies")[0].Raw("team"));
        Assert.Empty(_bench.Simulator.Entries("leads"));
        Assert.Empty(_bench.Simulator.Notes());
    }

    [Fact]
    public void By_switch_a_delete_leaves_them_dangling()
    {
        _bench.WithThings().Turn("delete-cascade", "false").Simulator.DefineList("leads", "Leads", "people");
        string person = _bench.Create("people", "{}").RecordId;
        string thing = _bench.Create("things", $$$"""{"owner_person":{"target_object":"people","target_record_id":"{{{person}}}"}}""").RecordId;
        Hang(person);
        _bench.Delete($"/v2/objects/people/records/{person}");
        Assert.Equal(person, _bench.Simulator.Record("things", thing)!.Text("owner_person"));
        Assert.Single(_bench.Simulator.Entries("leads"));
        Assert.Single(_bench.Simulator.Notes());
    }

    private void Hang(string person)
    {
        Assert.Equal(200, _bench.Post("/v2/lists/leads/entries", $$$$"""{"data":{"parent_object":"people","parent_record_id":"{{{{person}}}}","entry_values":{}}}""").Status);
        Assert.Equal(200, _bench.Post("/v2/notes", $$$"""{"data":{"parent_object":"people","parent_record_id":"{{{person}}}","title":"t","format":"plaintext","content":"c"}}""").Status);
    }
}
