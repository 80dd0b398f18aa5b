using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Attio;

public sealed class RecordWrites
{
    private readonly Workbench _bench = new Workbench().WithThings().Turn("auto-company", "false");

    private static IEnumerable<string?> Emails(Reply reply) => reply.Values("email_addresses").Select(v => (string?)v!["email_address"]);

    private static IEnumerable<string?> Tags(Reply reply) => reply.Values("tags").Select(v => (string?)v!["option"]!["title"]);

    [Fact]
    public void A_record_has_every_attribute_by_slug_and_empty_ones_as_empty_arrays()
    {
        string id = (string)_bench.Get("/v2/objects/people/attributes/job_title").Data["id"]!["attribute_id"]!;
        Reply made = _bench.Create("people", $$"""{"{{id}}":"Welder"}""");
        string?[] slugs = [.. _bench.Get("/v2/objects/people/attributes").Rows.Select(a => (string?)a!["api_slug"])];
        Assert.Equal(slugs, made.Data["values"]!.AsObject().Select(p => p.Key));
        Assert.Equal("Welder", (string?)made.Value("job_title")["value"]);
        Assert.Empty(made.Values("email_addresses"));
        Assert.Equal(made.RecordId, (string?)made.Value("record_id")["value"]);
    }

    [Fact]
    public void A_value_carries_the_envelope()
    {
        JsonNode value = _bench.Create("people", """{"job_title":"Welder"}""").Value("job_title");
        Assert.Equal("2026-05-04T09:30:00.250000000Z", (string?)value["active_from"]);
        Assert.True(value.AsObject().ContainsKey("active_until") && value["active_until"] is null);
        Assert.Equal("api-token", (string?)value["created_by_actor"]!["type"]);
        Assert.Equal("text", (string?)value["attribute_type"]);
    }

    [Theory]
    [InlineData("{}", "data")]
    [InlineData("{\"values\":{}}", "data")]
    [InlineData("{\"data\":{}}", "data.values")]
    [InlineData("{\"data\":{\"values\":[]}}", "data.values")]
    public void The_data_wrapper_is_required(string body, string path)
    {
        Reply reply = _bench.Post("/v2/objects/people/records", body);
        Assert.Equal((400, "validation_type", "Body payload validation error.", path), (reply.Status, reply.Code, reply.Message, reply.FaultPath));
    }

    [Fact]
    public void Extra_keys_beside_values_are_refused_on_put_and_patch_only()
    {
        string id = _bench.Create("people", "{}").RecordId;
        const string body = """{"data":{"values":{},"note":"x"}}""";
        Assert.Equal(200, _bench.Post("/v2/objects/people/records", body).Status);
        Assert.Equal(400, _bench.Put($"/v2/objects/people/records/{id}", body).Status);
        Assert.Equal(400, _bench.Patch($"/v2/objects/people/records/{id}", body).Status);
        Assert.Equal(400, _bench.Put("/v2/objects/people/records?matching_attribute=email_addresses", body).Status);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"data\":{\"values\":{\"job_title\":\"a\",\"job_title\":\"b\"}}}")]
    public void An_unreadable_body_is_a_400(string body) => Assert.Equal(400, _bench.Post("/v2/objects/people/records", body).Status);

    [Fact]
    public void A_read_only_attribute_is_refused_or_by_switch_ignored()
    {
        Assert.Equal(400, _bench.TryCreate("people", """{"avatar_url":"x"}""").Status);
        Assert.Empty(_bench.Turn("write-read-only", "ignore").Create("people", """{"avatar_url":"x"}""").Values("avatar_url"));
    }

    [Fact]
    public void A_taken_email_is_a_400_in_any_case_and_stores_nothing()
    {
        string first = _bench.Create("people", """{"email_addresses":["jo@example.com"]}""").RecordId;
        string second = _bench.Create("people", """{"job_title":"Welder"}""").RecordId;
        Reply refused = _bench.Turn("conflict-tail", "always").Patch($"/v2/objects/people/records/{second}", """{"data":{"values":{"job_title":"Fitter","email_addresses":["JO@Example.com"]}}}""");
        Assert.Equal((400, "uniqueness_conflict"), (refused.Status, refused.Code));
        Assert.StartsWith("A value provided for attribute with slug \"email_addresses\" conflicts with one already in the system.", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Conflicting record IDs: {first}", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Welder", _bench.Simulator.Record("people", second)!.Text("job_title"));
        Assert.DoesNotContain("Conflicting", _bench.Turn("conflict-tail", "never").TryCreate("people", """{"email_addresses":["jo@example.com"]}""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Some_conflicts_name_the_other_record_and_some_do_not()
    {
        _bench.Create("companies", """{"domains":["example.com"]}""");
        bool[] named = [.. Enumerable.Range(0, 40).Select(_ => _bench.TryCreate("companies", """{"domains":["EXAMPLE.com"]}""").Message.Contains("Conflicting", StringComparison.Ordinal))];
        Assert.Contains(true, named);
        Assert.Contains(false, named);
    }

    [Fact]
    public void A_deleted_records_values_are_free_again()
    {
        string id = _bench.Create("people", """{"email_addresses":["jo@example.com"]}""").RecordId;
        Reply deleted = _bench.Delete($"/v2/objects/people/records/{id}");
        Assert.Equal((200, "{}"), (deleted.Status, deleted.Json.ToJsonString()));
        Reply gone = _bench.Get($"/v2/objects/people/records/{id}");
        Assert.Equal((404, "not_found", $"Record with ID \"{id}\" not found."), (gone.Status, gone.Code, gone.Message));
        _bench.Create("people", """{"email_addresses":["jo@example.com"]}""");
    }

    [Fact]
    public void A_value_that_was_overwritten_is_free_again()
    {
        string id = _bench.Create("things", """{"key":"k1"}""").RecordId;
        _bench.Patch($"/v2/objects/things/records/{id}", """{"data":{"values":{"key":"k2"}}}""");
        _bench.Create("things", """{"key":"k1"}""");
        Assert.Equal("uniqueness_conflict", _bench.TryCreate("things", """{"key":"k2"}""").Code);
    }

    [Fact]
    public void A_patch_puts_new_emails_in_front_and_moves_none()
    {
        string id = _bench.Create("people", """{"email_addresses":["a@example.com","b@example.com"]}""").RecordId;
        Reply patched = _bench.Patch($"/v2/objects/people/records/{id}", """{"data":{"values":{"email_addresses":["B@example.com","c@example.com","d@example.com"]}}}""");
        Assert.Equal(["c@example.com", "d@example.com", "a@example.com", "b@example.com"], Emails(patched));
        Reply same = _bench.Patch($"/v2/objects/people/records/{id}", """{"data":{"values":{"email_addresses":[]}}}""");
        Assert.Equal(4, Emails(same).Count());
    }

    [Fact]
    public void A_put_keeps_what_was_sent_in_its_order_and_leaves_the_rest()
    {
        string id = _bench.Create("people", """{"job_title":"Welder","email_addresses":["a@example.com","b@example.com"]}""").RecordId;
        Reply put = _bench.Put($"/v2/objects/people/records/{id}", """{"data":{"values":{"email_addresses":["c@example.com","a@example.com"]}}}""");
        Assert.Equal(["c@example.com", "a@example.com"], Emails(put));
        Assert.Equal("Welder", (string?)put.Value("job_title")["value"]);
        Assert.Empty(Emails(_bench.Put($"/v2/objects/people/records/{id}", """{"data":{"values":{"email_addresses":[]}}}""")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public void A_single_value_is_cleared_by_null_or_an_empty_array(string nothing)
    {
        string id = _bench.Create("people", """{"job_title":"Welder"}""").RecordId;
        Assert.Empty(_bench.Patch($"/v2/objects/people/records/{id}", $$$$"""{"data":{"values":{"job_title":{{{{nothing}}}}}}}""").Values("job_title"));
    }

    [Fact]
    public void An_assert_creates_once_and_then_updates_the_same_record()
    {
        Reply first = _bench.PutBy("people", "email_addresses", """{"email_addresses":["jo@example.com"],"job_title":"Welder","linkedin":"x"}""");
        Reply second = _bench.PutBy("people", "email_addresses", """{"email_addresses":["JO@example.com","jo2@example.com"],"job_title":"Fitter"}""");
        Assert.Equal(200, first.Status);
        Assert.Equal(first.RecordId, second.RecordId);
        Assert.Equal(["jo2@example.com", "jo@example.com"], Emails(second));
        Assert.Equal("Fitter", (string?)second.Value("job_title")["value"]);
        Assert.Equal("x", (string?)second.Value("linkedin")["value"]);
        Assert.Single(_bench.Simulator.Records("people"));
    }

    [Fact]
    public void An_assert_makes_other_multiselects_equal_to_what_was_sent()
    {
        _bench.PutBy("things", "key", """{"key":"k1","tags":["Red","Green"]}""");
        Assert.Equal(["Blue"], Tags(_bench.PutBy("things", "key", """{"key":"k1","tags":["Blue"]}""")));
        Assert.Equal(["Blue"], Tags(_bench.PutBy("things", "key", """{"key":"k1"}""")));
    }

    [Theory]
    [InlineData("job_title", "matching_attribute_definition_not_unique", "The matching attribute specified is not a unique attribute.")]
    [InlineData("nothing", "value_not_found", "No attribute was found for matching_attribute slug/ID \"nothing\".")]
    public void An_assert_needs_a_unique_attribute(string attribute, string code, string message)
    {
        Reply reply = _bench.PutBy("people", attribute, """{"job_title":"x"}""");
        Assert.Equal((400, code, message), (reply.Status, reply.Code, reply.Message));
    }

    [Fact]
    public void The_matching_attribute_stands_in_the_query_string()
    {
        Reply reply = _bench.Put("/v2/objects/people/records", """{"data":{"values":{}},"matching_attribute":"email_addresses"}""");
        Assert.Equal((400, "Query params validation error."), (reply.Status, reply.Message));
    }

    [Fact]
    public void An_assert_that_matches_two_records_is_refused()
    {
        _bench.Create("people", """{"email_addresses":["a@example.com"]}""");
        _bench.Create("people", """{"email_addresses":["b@example.com"]}""");
        Assert.Equal("multiple_match_results", _bench.PutBy("people", "email_addresses", """{"email_addresses":["a@example.com","b@example.com"]}""").Code);
    }

    [Fact]
    public void Deals_need_name_stage_and_owner_when_created_only()
    {
        _bench.Turn("object-deals", "true");
        Assert.Equal("missing_value", _bench.TryCreate("deals", """{"name":"Boat","stage":"Lead"}""").Code);
        string id = _bench.Create("deals", """{"name":"Boat","stage":"Lead","owner":"mara@example.com"}""").RecordId;
        Assert.Equal(200, _bench.Patch($"/v2/objects/deals/records/{id}", """{"data":{"values":{"stage":"Lost"}}}""").Status);
        Assert.Equal("missing_value", _bench.Patch($"/v2/objects/deals/records/{id}", """{"data":{"values":{"name":null}}}""").Code);
    }

    [Fact]
    public void History_is_kept_oldest_first()
    {
        string id = _bench.Create("people", """{"job_title":"Welder"}""").RecordId;
        _bench.Clock.Step(TimeSpan.FromMinutes(1));
        _bench.Patch($"/v2/objects/people/records/{id}", """{"data":{"values":{"job_title":"Fitter"}}}""");
        JsonArray all = _bench.Get($"/v2/objects/people/records/{id}/attributes/job_title/values?show_historic=true").Rows;
        Assert.Equal(["Welder", "Fitter"], all.Select(v => (string?)v!["value"]));
        Assert.Equal((string?)all[1]!["active_from"], (string?)all[0]!["active_until"]);
        Assert.Single(_bench.Get($"/v2/objects/people/records/{id}/attributes/job_title/values").Rows);
        Assert.Equal("validation_type", _bench.Get($"/v2/objects/people/records/{id}/attributes/last_interaction/values?show_historic=true").Code);
    }

    [Fact]
    public void Writing_an_equal_value_again_starts_a_new_one_only_by_switch()
    {
        string id = _bench.Create("people", """{"job_title":"Welder"}""").RecordId;
        _bench.Clock.Step(TimeSpan.FromMinutes(1));
        string body = """{"data":{"values":{"job_title":"Welder"}}}""";
        Assert.Equal("2026-05-04T09:30:00.250000000Z", (string?)_bench.Patch($"/v2/objects/people/records/{id}", body).Value("job_title")["active_from"]);
        _bench.Turn("rewrite-makes-history", "true");
        Assert.Equal("2026-05-04T09:31:00.250000000Z", (string?)_bench.Patch($"/v2/objects/people/records/{id}", body).Value("job_title")["active_from"]);
    }

    [Fact]
    public void An_edit_by_a_person_is_signed_by_a_member()
    {
        string id = _bench.Create("people", """{"job_title":"Welder"}""").RecordId;
        _bench.Simulator.EditByPerson("people", id, "job_title", "Fitter");
        JsonNode value = _bench.Get($"/v2/objects/people/records/{id}").Value("job_title");
        Assert.Equal(("Fitter", "workspace-member"), ((string?)value["value"], (string?)value["created_by_actor"]!["type"]));
        _bench.Simulator.DeleteByPerson("people", id);
        Assert.Equal(404, _bench.Get($"/v2/objects/people/records/{id}").Status);
    }

    [Fact]
    public void The_same_seed_gives_the_same_ids()
    {
        Assert.Equal(new Workbench().Create("people", "{}").RecordId, new Workbench().Create("people", "{}").RecordId);
    }
}
