using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Attio;

public sealed class Queries
{
    private readonly Workbench _bench = new Workbench().WithThings().Turn("auto-company", "false");

    private string Thing(string values)
    {
        _bench.Clock.Step(TimeSpan.FromSeconds(1));
        return _bench.Create("things", values).RecordId;
    }

    private string[] Ids(string body) => [.. _bench.Query("things", body).Rows.Select(r => (string)r!["id"]!["record_id"]!)];

    [Theory]
    [InlineData("""{"a_text":"Blue boat"}""", 1)]
    [InlineData("""{"a_text":"blue boat"}""", 0)]
    [InlineData("""{"a_text":{"$eq":"Blue boat"}}""", 1)]
    [InlineData("""{"a_text":{"value":{"$eq":"Blue boat"}}}""", 1)]
    [InlineData("""{"a_text":{"$in":["Blue boat","x"]}}""", 1)]
    [InlineData("""{"a_text":{"$contains":"BOAT"}}""", 2)]
    [InlineData("""{"a_text":{"$starts_with":"Blue","$ends_with":"boat"}}""", 1)]
    [InlineData("""{"a_number":{"$gt":1,"$lte":3}}""", 1)]
    [InlineData("""{"a_number":3}""", 1)]
    [InlineData("""{"a_checkbox":true}""", 1)]
    [InlineData("""{"a_currency":{"currency_value":{"$gte":10}}}""", 1)]
    [InlineData("""{"a_rating":{"$lt":4}}""", 1)]
    [InlineData("""{"a_date":{"$lt":"2026-02-01"}}""", 1)]
    [InlineData("""{"a_timestamp":{"$gte":"2026-01-02T00:00:00Z"}}""", 1)]
    [InlineData("""{"a_select":"Red"}""", 1)]
    [InlineData("""{"a_status":{"title":{"$eq":"Green"}}}""", 1)]
    [InlineData("""{"a_select":{"active_from":{"$gte":"2026-01-01T00:00:00Z"}}}""", 1)]
    [InlineData("""{"tags":"Blue"}""", 1)]
    [InlineData("""{"a_domain":{"root_domain":"example.com"}}""", 1)]
    [InlineData("""{"a_domain":{"$not_empty":true}}""", 1)]
    [InlineData("""{"a_email_address":"JO@example.com"}""", 1)]
    [InlineData("""{"a_email_address":{"email_domain":{"$eq":"example.com"}}}""", 1)]
    [InlineData("""{"a_phone_number":"+14155550132"}""", 1)]
    [InlineData("""{"a_phone_number":"14155550132"}""", 1)]
    [InlineData("""{"a_phone_number":"(415) 555-0132"}""", 0)]
    [InlineData("""{"a_location":{"country_code":"US"}}""", 1)]
    [InlineData("""{"a_actor_reference":{"referenced_actor_type":"workspace-member","referenced_actor_id":"5a1d0001-0000-4000-8000-000000000001"}}""", 1)]
    [InlineData("""{"$or":[{"a_text":"Blue boat"},{"a_text":"Red boat"}]}""", 2)]
    [InlineData("""{"$and":[{"a_text":{"$contains":"boat"}},{"a_number":3}]}""", 1)]
    [InlineData("""{"a_text":{"$contains":"boat"},"a_number":3}""", 1)]
    [InlineData("""{"$not":{"a_text":{"$contains":"blue"}}}""", 2)]
    [InlineData("""{"$and":[{"$not":{"a_text":"Blue boat"}},{"$not":{"a_text":"Red boat"}}]}""", 1)]
    [InlineData("""{}""", 3)]
    public void A_filter_finds_what_it_says(string filter, int count)
    {
        Thing("""{"a_text":"Blue boat","a_number":3,"a_checkbox":true,"a_currency":10,"a_date":"2026-01-02","a_timestamp":"2026-01-02T00:00:00Z","a_rating":3,"a_select":"Red","a_status":"Green","tags":["Red","Blue"],"a_domain":"app.example.com","a_email_address":"jo@example.com","a_phone_number":"+14155550132","a_location":"Springfield, IL, US","a_actor_reference":"mara@example.com"}""");
        Thing("""{"a_text":"Red boat","a_number":1}""");
        Thing("{}");
        Assert.Equal(count, _bench.Count("things", filter));
    }

    [Theory]
    [InlineData("""{"first_name":"Jo"}""", "unknown_filter_attribute_slug", "first_name")]
    [InlineData("""{"$or":[{"a_text":"x"},{"email":"y"}]}""", "unknown_filter_attribute_slug", "$or.1.email")]
    [InlineData("""{"$not":{"$or":[{"a_text":"x"}]}}""", "unknown_filter_attribute_slug", "$not.$or")]
    [InlineData("""{"a_text":["x"]}""", "filter_error", "a_text")]
    [InlineData("""{"a_text":{"value":["x"]}}""", "filter_error", "a_text.value")]
    [InlineData("""{"a_text":{"$in":"x"}}""", "filter_error", "a_text.$in")]
    [InlineData("""{"a_text":{"$equals":"x"}}""", "invalid_filter_operator", "a_text.$equals")]
    [InlineData("""{"a_text":{"$ne":"x"}}""", "invalid_filter_operator", "a_text.$ne")]
    [InlineData("""{"a_text":{"$not_empty":true}}""", "invalid_filter_operator", "a_text.$not_empty")]
    [InlineData("""{"a_text":{"$gt":"x"}}""", "invalid_filter_operator", "a_text.$gt")]
    [InlineData("""{"a_number":{"$in":[1]}}""", "invalid_filter_operator", "a_number.$in")]
    [InlineData("""{"a_checkbox":{"$gt":true}}""", "invalid_filter_operator", "a_checkbox.$gt")]
    [InlineData("""{"a_status":{"$in":["Red"]}}""", "invalid_filter_operator", "a_status.$in")]
    [InlineData("""{"a_select":{"$contains":"Re"}}""", "invalid_filter_operator", "a_select.$contains")]
    [InlineData("""{"a_email_address":{"$not_empty":true}}""", "invalid_filter_operator", "a_email_address.$not_empty")]
    [InlineData("""{"a_location":{"country_code":{"$contains":"U"}}}""", "invalid_filter_operator", "a_location.country_code.$contains")]
    [InlineData("""{"a_phone_number":{"original_phone_number":"1"}}""", "invalid_filter_field", "a_phone_number.original_phone_number")]
    [InlineData("""{"a_location":{"latitude":"1"}}""", "invalid_filter_field", "a_location.latitude")]
    [InlineData("""{"a_timestamp":{"$gt":1700000000}}""", "filter_error", "a_timestamp.$gt")]
    [InlineData("""{"created_at":{"$gte":"2026-01-01"}}""", "filter_error", "created_at.$gte")]
    [InlineData("""{"a_actor_reference":{"referenced_actor_id":"5a1d0001-0000-4000-8000-000000000001"}}""", "filter_error", "a_actor_reference")]
    [InlineData("""{"$and":{"a_text":"x"}}""", "filter_error", "$and")]
    public void A_bad_filter_is_refused_with_its_code_and_path(string filter, string code, string path)
    {
        Reply reply = _bench.Query("things", $$$"""{"filter":{{{filter}}}}""");
        Assert.Equal((400, code), (reply.Status, reply.Code));
        Assert.Equal(path, string.Join('.', reply.Json["path"]!.AsArray().Select(n => (string)n!)));
    }

    [Fact]
    public void Timestamps_say_that_a_number_is_none() =>
        Assert.Equal("Invalid timestamp value.", _bench.Query("things", """{"filter":{"created_at":{"$gt":5}}}""").Message);

    [Fact]
    public void A_name_is_filtered_by_its_parts()
    {
        _bench.Create("people", """{"name":"Doe, Jo"}""");
        Assert.Equal(1, _bench.Count("people", """{"name":{"first_name":{"$eq":"Jo"},"last_name":"Doe"}}"""));
        Assert.Equal(1, _bench.Count("people", """{"name":{"$not_empty":true}}"""));
        Assert.Equal(1, _bench.Count("people", """{"name":"Jo Doe"}"""));
    }

    [Fact]
    public void Records_are_found_by_id_lists()
    {
        string first = Thing("{}"), second = Thing("{}");
        Thing("{}");
        Assert.Equal([first, second], Ids($$$$"""{"filter":{"record_id":{"$in":["{{{{second}}}}","{{{{first}}}}","0b1f9b0e-5a6f-4b55-9f0d-0c55c8f0a001"]}}}"""));
        _bench.Turn("in-cap", "2");
        Assert.Equal("filter_error", _bench.Query("things", """{"filter":{"record_id":{"$in":["a","b","c"]}}}""").Code);
    }

    [Fact]
    public void References_are_found_by_their_targets()
    {
        string jo = _bench.Create("people", """{"email_addresses":["jo@example.com"]}""").RecordId, al = _bench.Create("people", "{}").RecordId;
        Thing("""{"owner_person":"jo@example.com"}""");
        Assert.Equal(1, _bench.Count("things", $$$"""{"owner_person":{"target_object":"people","target_record_id":"{{{jo}}}"}}"""));
        Assert.Equal(1, _bench.Count("things", $$$$"""{"owner_person":{"target_record_id":{"$in":["{{{{al}}}}","{{{{jo}}}}"]}}}"""));
        Assert.Equal(0, _bench.Count("things", $$$$"""{"owner_person":{"target_record_id":{"$eq":"{{{{al}}}}"}}}"""));
        Assert.Equal(1, _bench.Count("things", """{"path":[["things","owner_person"],["people","email_addresses"]],"constraints":{"email_domain":"example.com"}}"""));
        Assert.Equal("filter_error", _bench.Query("things", """{"filter":{"path":[["people","name"]],"constraints":{"first_name":"x"}}}""").Code);
    }

    [Fact]
    public void An_index_follows_changes_and_deletes()
    {
        string id = Thing("""{"a_text":"one"}""");
        Assert.Equal(1, _bench.Count("things", """{"a_text":{"$in":["one"]}}"""));
        _bench.Patch($"/v2/objects/things/records/{id}", """{"data":{"values":{"a_text":"two"}}}""");
        Assert.Equal(0, _bench.Count("things", """{"a_text":"one"}"""));
        Assert.Equal(1, _bench.Count("things", """{"a_text":"two"}"""));
        _bench.Delete($"/v2/objects/things/records/{id}");
        Assert.Equal(0, _bench.Count("things", """{"a_text":"two"}"""));
    }

    [Fact]
    public void Rows_come_sorted_paged_and_without_a_total()
    {
        string[] made = [Thing("""{"a_number":2}"""), Thing("""{"a_number":3}"""), Thing("""{"a_number":1}"""), Thing("{}")];
        Assert.Equal([made[2], made[0], made[1], made[3]], Ids("""{"sorts":[{"direction":"asc","attribute":"a_number"}]}"""));
        Assert.Equal([made[1], made[0], made[2], made[3]], Ids("""{"sorts":[{"direction":"desc","attribute":"a_number","field":"value"}]}"""));
        Assert.Equal([made[3], made[2]], Ids("""{"sorts":[{"direction":"desc","attribute":"created_at"}],"limit":2}"""));
        Assert.Equal([made[2], made[3]], Ids("""{"sorts":[{"direction":"asc","attribute":"created_at"}],"limit":2,"offset":2}"""));
        Assert.Equal(["data"], _bench.Query("things", "{}").Json.AsObject().Select(p => p.Key));
        Assert.Equal(400, _bench.Query("things", """{"sorts":[{"attribute":"a_number"}]}""").Status);
    }

    [Fact]
    public void A_keyset_scan_takes_up_where_it_stopped()
    {
        string[] made = [Thing("{}"), Thing("{}"), Thing("{}")];
        string last = (string)_bench.Get($"/v2/objects/things/records/{made[1]}").Value("created_at")["value"]!;
        Assert.Equal(made[1..], Ids($$$"""{"filter":{"created_at":{"$gte":"{{{last}}}"}},"sorts":[{"direction":"asc","attribute":"created_at"}]}"""));
        Assert.Equal(made[..1], Ids($$$$"""{"filter":{"created_at":{"$lt":"{{{{last}}}}"}}}"""));
        Assert.Equal(made[1..2], Ids($$$"""{"filter":{"created_at":"{{{last}}}"}}"""));
    }

    [Fact]
    public void A_row_deleted_between_pages_shifts_the_next_page()
    {
        string[] made = [Thing("{}"), Thing("{}"), Thing("{}"), Thing("{}")];
        Assert.Equal(made[..2], Ids("""{"limit":2}"""));
        _bench.Delete($"/v2/objects/things/records/{made[0]}");
        Assert.Equal(made[3..], Ids("""{"limit":2,"offset":2}"""));
    }

    [Fact]
    public void A_page_above_500_is_refused_or_by_switch_clamped()
    {
        for (int i = 0; i < 502; i++) _bench.Create("things", "{}");
        Assert.Equal(500, _bench.Query("things", "{}").Rows.Count);
        Reply refused = _bench.Query("things", """{"limit":501}""");
        Assert.Equal((400, "validation_type", "limit"), (refused.Status, refused.Code, refused.FaultPath));
        Assert.Equal(500, _bench.Turn("query-limit-over-500", "clamp").Query("things", """{"limit":501}""").Rows.Count);
    }

    [Fact]
    public void Filter_and_view_exclude_each_other() =>
        Assert.Equal(400, _bench.Query("things", """{"filter":{},"filter_view_id":"x"}""").Status);

    [Fact]
    public void With_a_lag_queries_miss_new_rows_that_reads_find()
    {
        _bench.Turn("query-lag", "00:00:05");
        string id = Thing("""{"key":"k"}""");
        Assert.Empty(Ids("{}"));
        Assert.Equal(0, _bench.Count("things", """{"key":"k"}"""));
        Assert.Equal(200, _bench.Get($"/v2/objects/things/records/{id}").Status);
        Assert.Equal("uniqueness_conflict", _bench.TryCreate("things", """{"key":"k"}""").Code);
        _bench.Clock.Step(TimeSpan.FromSeconds(5));
        Assert.Equal([id], Ids("{}"));
    }

    [Fact]
    public void Text_equality_ignores_case_by_switch()
    {
        Thing("""{"a_text":"Blue"}""");
        _bench.Turn("text-eq-ignores-case", "true");
        Assert.Equal(1, _bench.Count("things", """{"a_text":"BLUE"}"""));
        Assert.Equal(1, _bench.Count("things", """{"a_text":{"$in":["x","bLUE"]}}"""));
    }

    [Fact]
    public void The_default_order_can_be_scrambled()
    {
        string[] made = [.. Enumerable.Range(0, 12).Select(_ => Thing("{}"))];
        string[] scrambled = Ids("{}").Length == 12 ? [.. _bench.Turn("default-order", "scrambled").Query("things", "{}").Rows.Select(r => (string)r!["id"]!["record_id"]!)] : [];
        Assert.NotEqual(made, scrambled);
        Assert.Equal(made.Order(), scrambled.Order());
    }

    [Fact]
    public void A_score_grows_with_rows_and_conditions_and_is_bounded_by_switch()
    {
        Workbench bench = new(limitsOn: false);
        JsonObject person = new() { ["job_title"] = "x" };
        for (int i = 0; i < 20_000; i++) bench.Simulator.CreateByPerson("people", person);
        bench.Turn("limits", "true").Turn("score-per-ten-seconds", "8");
        const string body = """{"filter":{"job_title":"x"},"limit":1}""";
        Assert.Equal("4", bench.Query("people", body).Headers["x-attio-record-query-score"]);
        bench.Query("people", body);
        Assert.Equal(429, bench.Query("people", body).Status);
        Assert.Equal(200, bench.Get("/v2/objects").Status);
        bench.Clock.Step(TimeSpan.FromSeconds(10));
        Assert.Equal(200, bench.Query("people", body).Status);
    }
}
