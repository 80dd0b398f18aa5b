using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;
using static Syncline.Connectors.Tests.Attio.AttioFixture;

namespace Syncline.Connectors.Tests.Attio;

public sealed class WritingPeople : IDisposable
{
    private readonly AttioFixture _attio = new();

    public void Dispose() => _attio.Dispose();

    [Fact]
    public async Task A_person_with_an_address_is_asserted_by_it()
    {
        await _attio.PrepareAsync();
        WriteOutcome outcome = await _attio.WriteAsync("people", Verb.Create, null, ("name.first_name", Text("Ada")), ("name.last_name", Text("Example")), ("email_addresses", List("ada@example.com")));

        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(outcome);
        SeenCall call = Assert.Single(_attio.Fake.Writes);
        Assert.Equal("PUT /v2/objects/people/records?matching_attribute=email_addresses", call.ToString());
        JsonNode name = call.Body!["data"]!["values"]!["name"]![0]!;
        Assert.Equal("""{"first_name":"Ada","last_name":"Example","full_name":"Ada Example"}""", name.ToJsonString());
        Assert.Equal(List("ada@example.com"), written.Record.Fields["email_addresses"]);
        Assert.Equal("Ada", written.Record.Fields["name.first_name"]?.Text);
    }

    [Fact]
    public async Task A_person_without_an_address_is_created_and_a_lost_answer_is_unknown_and_not_repeated()
    {
        await _attio.PrepareAsync();
        _attio.Fake.LoseAnswers = 1;
        WriteOutcome outcome = await _attio.WriteAsync("people", Verb.Create, null, ("name.full_name", Text("Ada Example")), ("linkedin", Text("ada-example-01")));

        Assert.IsType<WriteOutcome.Unknown>(outcome);
        Assert.Equal("POST /v2/objects/people/records", Assert.Single(_attio.Fake.Writes).ToString());
        Assert.Single(_attio.Fake.World.Records["people"]);
    }

    [Fact]
    public async Task A_lost_assert_is_repeated_and_makes_one_record()
    {
        await _attio.PrepareAsync();
        _attio.Fake.LoseAnswers = 2;
        WriteOutcome outcome = await _attio.WriteAsync("people", Verb.Create, null, ("email_addresses", List("ada@example.com")));

        Assert.IsType<WriteOutcome.Written>(outcome);
        Assert.Equal(3, _attio.Fake.Writes.Count());
        Assert.Single(_attio.Fake.World.Records["people"]);
    }

    [Fact]
    public async Task An_update_adds_to_lists_and_leaves_what_it_does_not_name()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", """{"email_addresses":["ada@example.com"],"job_title":["Engineer"]}""");
        await _attio.PrepareAsync();
        WriteOutcome outcome = await _attio.WriteAsync("people", Verb.Update, ada.Id, ("email_addresses", List("ada@example.org")));

        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(outcome);
        Assert.Equal(List("ada@example.com", "ada@example.org"), written.Record.Fields["email_addresses"]);
        Assert.Equal("Engineer", written.Record.Fields["job_title"]?.Text);
        Assert.Equal($"PATCH /v2/objects/people/records/{ada.Id}", Assert.Single(_attio.Fake.Writes).ToString());
    }

    [Fact]
    public async Task An_update_that_removes_a_list_value_replaces_the_list()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", """{"email_addresses":["ada@example.com","old@example.com"]}""");
        await _attio.PrepareAsync();
        Operation operation = _attio.Operation("people", Verb.Update, ada.Id, ("email_addresses", List("ada@example.com"))) with { RemovesListValues = true };

        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(operation));
        Assert.Equal(List("ada@example.com"), written.Record.Fields["email_addresses"]);
        Assert.Equal("PUT", Assert.Single(_attio.Fake.Writes).Method);
    }

    [Fact]
    public async Task One_part_of_a_name_is_written_with_the_others_as_they_are_now()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", """{"name":[{"first_name":"Ada","last_name":"Example","full_name":"Ada Example"}]}""");
        await _attio.PrepareAsync();
        await _attio.WriteAsync("people", Verb.Update, ada.Id, ("name.last_name", Text("Sample")));

        JsonNode name = Assert.Single(_attio.Fake.Writes).Body!["data"]!["values"]!["name"]![0]!;
        Assert.Equal("""{"first_name":"Ada","last_name":"Sample","full_name":"Ada Sample"}""", name.ToJsonString());
    }

    [Fact]
    public async Task A_location_is_written_with_all_ten_keys()
    {
        await _attio.Destination.PrepareAsync([_attio.Map("people") with { Rules = [new("primary_location.locality", "location")] }], CancellationToken.None);
        await _attio.WriteAsync("people", Verb.Create, null, ("primary_location.locality", Text("Paris")));

        JsonObject location = Assert.Single(_attio.Fake.Writes).Body!["data"]!["values"]!["primary_location"]![0]!.AsObject();
        Assert.Equal(10, location.Count);
        Assert.Equal("Paris", (string?)location["locality"]);
        Assert.Null(location["line_1"]);
    }

    [Fact]
    public async Task Read_only_and_unknown_attributes_are_never_sent()
    {
        await _attio.PrepareAsync();
        await _attio.WriteAsync("people", Verb.Create, null, ("avatar_url", Text("https://example.com/a.png")), ("shoe_size", Text("38")), ("job_title", Text("Engineer")));

        Assert.Equal(["job_title"], Assert.Single(_attio.Fake.Writes).Body!["data"]!["values"]!.AsObject().Select(v => v.Key));
    }

    [Fact]
    public async Task A_refused_phone_is_named_as_the_field_to_do_without()
    {
        await _attio.PrepareAsync();
        WriteOutcome outcome = await _attio.WriteAsync("people", Verb.Create, null, ("phone_numbers", List("555-0100")), ("job_title", Text("Engineer")));

        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(outcome);
        Assert.Equal("validation_type", refused.Code);
        Assert.Equal("phone_numbers", refused.OptionalField);
        Assert.Empty(_attio.Fake.World.Records["people"]);
    }

    [Fact]
    public async Task Validation_errors_are_in_the_reason_and_their_path_names_the_field()
    {
        _attio.Fake.Refuse("^POST .*/people/records$", 400, "validation_type", "Body payload validation error.", ""","validation_errors":[{"code":"invalid_type","path":["data","values","job_title",0],"message":"Expected string"}]""");
        await _attio.PrepareAsync();
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _attio.WriteAsync("people", Verb.Create, null, ("job_title", Text("Engineer"))));

        Assert.Contains("Expected string", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("job_title", refused.OptionalField);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conflict_names_the_record_that_holds_the_value_whether_the_provider_does_or_not(bool isTold)
    {
        FakeRecord holder = _attio.Fake.World.Add("people", """{"email_addresses":["ada@example.com"]}""");
        FakeRecord other = _attio.Fake.World.Add("people", "{}");
        if (!isTold) _attio.Fake.Refuse("^PATCH", 400, "uniqueness_conflict", "A value provided for attribute with slug \"email_addresses\" conflicts with one already in the system.");
        await _attio.PrepareAsync();
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _attio.WriteAsync("people", Verb.Update, other.Id, ("email_addresses", List("ada@example.com"))));

        Assert.Equal("uniqueness_conflict", refused.Code);
        Assert.Equal(holder.Id, refused.ConflictingId);
        Assert.Null(refused.OptionalField);
    }

    [Fact]
    public async Task A_record_that_is_not_there_any_more_is_gone_and_one_being_merged_is_not()
    {
        await _attio.PrepareAsync();
        string id = _attio.Fake.World.NewId();
        Assert.IsType<WriteOutcome.Gone>(await _attio.WriteAsync("people", Verb.Update, id, ("job_title", Text("Engineer"))));

        _attio.Fake.Refuse("^PATCH", 404, "merge_in_progress", "Record is being merged.");
        Assert.Equal("merge_in_progress", Assert.IsType<WriteOutcome.Refused>(await _attio.WriteAsync("people", Verb.Update, id, ("job_title", Text("Engineer")))).Code);
    }

    [Fact]
    public async Task A_delete_is_done_when_the_record_is_not_there()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", "{}");
        await _attio.PrepareAsync();
        Assert.IsType<WriteOutcome.Deleted>(await _attio.WriteAsync("people", Verb.Delete, ada.Id));
        Assert.IsType<WriteOutcome.Deleted>(await _attio.WriteAsync("people", Verb.Delete, ada.Id));
    }

    [Theory]
    [InlineData(401, "unauthorized", "api_key")]
    [InlineData(403, "unauthorized", "record_permission:read-write")]
    public async Task A_refused_key_stops_the_run_with_a_hint(int status, string code, string hint)
    {
        await _attio.PrepareAsync();
        _attio.Fake.Refuse("^POST .*/records$", status, code, "No.");
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _attio.WriteAsync("people", Verb.Create, null, ("job_title", Text("Engineer"))));

        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_is_cleared_by_an_empty_list_and_by_null_where_that_does_nothing()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", """{"job_title":["Engineer"]}""");
        await _attio.PrepareAsync();
        Operation clear = _attio.Operation("people", Verb.Update, ada.Id) with { Cleared = ["job_title"] };
        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(clear));
        Assert.Null(written.Record.Fields["job_title"]);

        _attio.GoesBeyondSchema = true;
        FakeRecord eve = _attio.Fake.World.Add("people", """{"job_title":["Engineer"]}""");
        _attio.Fake.Refuse("^PUT", 400, "validation_type", "Expected a value.");
        written = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(clear with { RemoteId = eve.Id }));
        Assert.Null(written.Record.Fields["job_title"]);
    }

    [Fact]
    public async Task A_value_that_stays_after_both_ways_of_clearing_is_a_refusal()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", """{"job_title":["Engineer"]}""");
        _attio.GoesBeyondSchema = true;
        _attio.Fake.Refuse("^(PUT|PATCH)", 400, "validation_type", "Expected a value.");
        await _attio.PrepareAsync();
        Operation clear = _attio.Operation("people", Verb.Update, ada.Id) with { Cleared = ["job_title"] };
        Assert.Equal("not_cleared", Assert.IsType<WriteOutcome.Refused>(await _attio.WriteAsync(clear)).Code);
    }

    [Fact]
    public async Task A_list_goes_into_a_text_attribute_joined()
    {
        await _attio.PrepareAsync();
        await _attio.WriteAsync("people", Verb.Create, null, ("campaign_id", List("12", "7")));
        Assert.Equal("12, 7", (string?)Assert.Single(_attio.Fake.Writes).Body!["data"]!["values"]!["campaign_id"]![0]);
    }

    [Fact]
    public async Task A_rotated_key_is_used_by_the_next_call()
    {
        await _attio.PrepareAsync();
        Assert.Equal("key-one", _attio.Fake.LastKey);
        _attio.Settings["api_key"] = "key-two";
        await _attio.PrepareAsync();
        Assert.Equal("key-two", _attio.Fake.LastKey);
    }

    [Fact]
    public async Task A_rate_refusal_is_waited_out()
    {
        await _attio.PrepareAsync();
        _attio.Fake.Throttle = 2;
        Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync("people", Verb.Create, null, ("job_title", Text("Engineer"))));
        Assert.Equal(2, _attio.Connection.Permits.Calls.Throttled);
        Assert.Single(_attio.Fake.World.Records["people"]);
    }
}
