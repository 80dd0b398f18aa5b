using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class Searches
{
    private readonly Portal _portal = new();

    [Fact]
    public void A_new_record_is_found_after_the_lag_and_a_changed_one_is_stale_until_then()
    {
        string id = _portal.Create("contacts", """{"email":"a@example.com","jobtitle":"Welder"}""");
        Assert.Empty(_portal.Find("contacts", "jobtitle EQ welder"));
        _portal.Clock.Step(5);
        Assert.Equal([id], _portal.Find("contacts", "jobtitle EQ welder"));
        _portal.Change("contacts", id, """{"jobtitle":"Fitter"}""");
        Reply stale = _portal.Search("contacts", """{"properties":["jobtitle"],"filterGroups":[{"filters":[{"propertyName":"jobtitle","operator":"EQ","value":"Welder"}]}]}""");
        Assert.Equal("Fitter", (string?)stale.Results.Single()!["properties"]!["jobtitle"]);
        _portal.Clock.Step(5);
        Assert.Empty(_portal.Find("contacts", "jobtitle EQ welder"));
        Assert.Equal([id], _portal.Find("contacts", "jobtitle EQ fitter"));
    }

    [Fact]
    public void Archived_records_are_gone_at_once()
    {
        string id = _portal.Contact("a@example.com");
        _portal.Settle().Delete($"{Portal.Newest}/contacts/{id}");
        Assert.Empty(_portal.Find("contacts", "email EQ a@example.com"));
        Assert.Empty(_portal.Search("contacts", "{}").Results);
    }

    [Fact]
    public void A_window_over_time_and_id_is_walked_by_id()
    {
        string[] ids = _portal.Contacts(1030);
        string since = $"{_portal.Clock.GetUtcNow().ToUnixTimeMilliseconds() - 1}";
        _portal.Settle();
        List<string> seen = [];
        while (true)
        {
            Reply page = _portal.Search("contacts", $$"""
                {"limit":200,"sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}],"filterGroups":[{"filters":[
                  {"propertyName":"lastmodifieddate","operator":"GTE","value":"{{since}}"},{"propertyName":"lastmodifieddate","operator":"LTE","value":"2026-09-20T12:00:10Z"},
                  {"propertyName":"hs_object_id","operator":"GT","value":"{{(seen.Count == 0 ? "0" : seen[^1])}}"}]}]}
                """);
            Assert.Equal(1030 - seen.Count, (int)page.Json["total"]!);
            seen.AddRange(page.Ids);
            if (page.Results.Count < 200) break;
        }
        Assert.Equal(ids, seen);
        _portal.Change("contacts", ids[500], """{"jobtitle":"x"}""");
        _portal.Settle();
        Assert.Equal([ids[500]], _portal.Find("contacts", "lastmodifieddate GT 2026-09-20T12:00:10Z"));
        Assert.Equal(1029, (int)_portal.Search("contacts", """{"filterGroups":[{"filters":[{"propertyName":"lastmodifieddate","operator":"LT","value":"2026-09-20T12:00:10Z"}]}]}""").Json["total"]!);
    }

    [Fact]
    public void Contacts_are_not_found_by_the_other_types_last_modified_name()
    {
        _portal.Contact("a@example.com");
        string company = _portal.Create("companies", """{"name":"Acme"}""");
        _portal.Settle();
        Assert.Empty(_portal.Find("contacts", "hs_lastmodifieddate GT 0"));
        Assert.Single(_portal.Find("contacts", "lastmodifieddate GT 0"));
        Assert.Equal([company], _portal.Find("companies", "hs_lastmodifieddate GT 0"));
    }

    [Theory]
    [InlineData("jobtitle EQ WELDER", "01")]
    [InlineData("jobtitle NEQ welder", "2")]
    [InlineData("jobtitle HAS_PROPERTY", "012")]
    [InlineData("jobtitle NOT_HAS_PROPERTY", "3")]
    [InlineData("jobtitle CONTAINS_TOKEN master", "2")]
    [InlineData("email CONTAINS_TOKEN *@example.org", "3")]
    [InlineData("jobtitle NOT_CONTAINS_TOKEN master", "01")]
    [InlineData("linkedinconnections GT 9", "12")]
    [InlineData("linkedinconnections LTE 9", "0")]
    [InlineData("createdate LTE 2026-09-20T12:00:00.250Z", "0123")]
    [InlineData("createdate GT 1789905600250", "")]
    [InlineData("lifecyclestage EQ lead", "0")]
    [InlineData("lifecyclestage EQ LEAD", "")]
    [InlineData("email EQ THREE@example.org", "3")]
    public void Filters_find(string filter, string expected)
    {
        string[] ids =
        [
            _portal.Create("contacts", """{"email":"zero@example.com","jobtitle":"Welder","linkedinconnections":"9","lifecyclestage":"lead"}"""),
            _portal.Create("contacts", """{"email":"one@example.com","jobtitle":"welder","linkedinconnections":"10"}"""),
            _portal.Create("contacts", """{"email":"two@example.com","jobtitle":"Master Fitter","linkedinconnections":"100"}"""),
            _portal.Create("contacts", """{"email":"three@example.org"}"""),
        ];
        _portal.Settle();
        Assert.Equal(expected.Select(c => ids[c - '0']), _portal.Find("contacts", filter));
    }

    [Fact]
    public void Lists_of_text_values_need_lower_case_and_groups_are_alternatives()
    {
        string[] ids = [_portal.Create("contacts", """{"email":"a@example.com","jobtitle":"Welder"}"""), _portal.Create("contacts", """{"email":"b@example.com","jobtitle":"Fitter"}""")];
        _portal.Settle();
        string In(string values) => $$"""{"filterGroups":[{"filters":[{"propertyName":"jobtitle","operator":"IN","values":{{values}}}]}]}""";
        Assert.Equal(ids, _portal.Search("contacts", In("""["fitter","welder"]""")).Ids);
        Assert.Empty(_portal.Search("contacts", In("""["Fitter","Welder"]""")).Ids);
        Assert.Equal(ids, _portal.Search("contacts", """{"filterGroups":[{"filters":[{"propertyName":"jobtitle","operator":"EQ","value":"welder"}]},{"filters":[{"propertyName":"email","operator":"EQ","value":"b@example.com"}]}]}""").Ids);
        Assert.Equal([ids[1]], _portal.Search("contacts", """{"query":"fitt b@example"}""").Ids);
        Assert.Equal([ids[1], ids[0]], _portal.Search("contacts", """{"sorts":[{"propertyName":"jobtitle","direction":"ASCENDING"}]}""").Ids);
        Assert.Equal([ids[1], ids[0]], _portal.Search("contacts", """{"sorts":[{"propertyName":"hs_object_id","direction":"DESCENDING"}]}""").Ids);
    }

    [Fact]
    public void What_HubSpot_refuses_is_refused()
    {
        string filter = """{"propertyName":"email","operator":"HAS_PROPERTY"}""";
        string Groups(int groups, int filters) => $$"""{"filterGroups":[{{string.Join(',', Enumerable.Repeat($$"""{"filters":[{{string.Join(',', Enumerable.Repeat(filter, filters))}}]}""", groups))}}]}""";
        string[] refused =
        [
            """{"limit":201}""", """{"after":"9901","limit":100}""", """{"after":"x"}""", """{"sorts":[{"propertyName":"email"},{"propertyName":"firstname"}]}""",
            Groups(6, 1), Groups(1, 7), Groups(4, 5), $$"""{"query":"{{new string('x', 3000)}}"}""",
            """{"filterGroups":[{"filters":[{"propertyName":"nosuch","operator":"EQ","value":"1"}]}]}""", """{"filterGroups":[{"filters":[{"propertyName":"email","operator":"LIKE","value":"1"}]}]}""",
        ];
        Assert.All(refused, body => Assert.Equal(400, _portal.Search("contacts", body).Status));
        Assert.Equal(200, _portal.Search("contacts", Groups(3, 6)).Status);
        Assert.Equal(200, _portal.Turn("filter-groups", "6").Search("contacts", Groups(6, 1)).Status);
    }

    [Fact]
    public void Offsets_end_at_ten_thousand()
    {
        JsonArray inputs = [.. Enumerable.Range(0, 100).Select(i => (JsonNode)new JsonObject { ["properties"] = new JsonObject { ["firstname"] = "x" } })];
        string body = new JsonObject { ["inputs"] = inputs }.ToJsonString();
        for (int i = 0; i < 101; i++) _portal.Post("/crm/objects/2026-09/contacts/batch/create", body);
        _portal.Settle();
        Reply last = _portal.Search("contacts", """{"limit":200,"after":"9800"}""");
        Assert.Equal((200, "10000", 10_100), (last.Status, last.After, (int)last.Json["total"]!));
        Assert.Equal(400, _portal.Search("contacts", """{"limit":200,"after":"10000"}""").Status);
    }
}
