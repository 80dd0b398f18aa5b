using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;
using static Syncline.Connectors.Tests.Quo.QuoFixture;

namespace Syncline.Connectors.Tests.Quo;

public sealed class CreatingContacts : IDisposable
{
    private readonly QuoFixture _quo = new();

    public void Dispose() => _quo.Dispose();

    [Fact]
    public async Task A_person_is_one_request_with_numbers_and_addresses()
    {
        WriteOutcome outcome = await _quo.CreateAsync(
            ("firstName", Text("Ada")), ("lastName", Text("Example")), ("company", Text("Acme")), ("role", Text("Engineer")),
            ("emails", List("ada@example.com")), ("phoneNumbers", List("+15550100", "+15550101")), ("externalId", Text("person-1")));

        QuoCall call = Assert.Single(_quo.Fake.Calls);
        Assert.Equal("POST /v1/contacts", call.ToString());
        Assert.Equal(
            """{"defaultFields":{"firstName":"Ada","emails":[{"name":"email","value":"ada@example.com"}],"phoneNumbers":[{"name":"phone","value":"\u002B15550100"},{"name":"phone","value":"\u002B15550101"}],"lastName":"Example","company":"Acme","role":"Engineer"},"customFields":[],"source":"attio","externalId":"person-1"}""",
            call.Body!.ToJsonString());
        RemoteRecord made = Assert.IsType<WriteOutcome.Written>(outcome).Record;
        Assert.Equal(("c1", "+15550100, +15550101", "attio"), (made.Key.Id, made.Fields["phoneNumbers"]!.ToString(), made.Fields["source"]!.Text));
    }

    [Fact]
    public async Task The_key_is_sent_as_it_is()
    {
        await _quo.CreateAsync(("externalId", Text("person-1")));
        Assert.Equal("key-one", _quo.Fake.Calls.Single().Key);
    }

    [Fact]
    public async Task A_person_known_by_the_whole_name_alone_gets_its_parts_and_one_without_a_name_is_accepted()
    {
        await _quo.CreateAsync(("fullName", Text("Ada King Example")));
        await _quo.CreateAsync(("phoneNumbers", List("+15550100")));
        Assert.Equal(("Ada King", "Example"), ((string?)_quo.Fake.Contacts[0]["defaultFields"]!["firstName"], (string?)_quo.Fake.Contacts[0]["defaultFields"]!["lastName"]));
        Assert.Null(_quo.Fake.Contacts[1]["defaultFields"]!["firstName"]);
    }

    [Fact]
    public async Task A_lost_answer_is_unknown_and_nothing_is_repeated()
    {
        _quo.Fake.LoseAnswers = 1;
        Assert.IsType<WriteOutcome.Unknown>(await _quo.CreateAsync(("externalId", Text("person-1"))));
        Assert.Single(_quo.Fake.Writes);
        Assert.Equal("c1", Assert.Single(await _quo.FindAsync("person-1")).Record.Key.Id);
    }

    [Fact]
    public async Task A_server_failure_is_unknown_too()
    {
        _quo.Fake.Answer("^POST", 500, FakeQuo.Error(500, "0801500", "Unknown"));
        Assert.IsType<WriteOutcome.Unknown>(await _quo.CreateAsync(("externalId", Text("person-1"))));
        Assert.Single(_quo.Fake.Writes);
    }

    [Fact]
    public async Task A_rate_refusal_without_a_time_is_waited_out_for_a_second()
    {
        DateTimeOffset before = _quo.Clock.GetUtcNow();
        _quo.Fake.Throttle = 2;
        Assert.IsType<WriteOutcome.Written>(await _quo.CreateAsync(("externalId", Text("person-1"))));
        Assert.Equal(2, _quo.Connection.Permits.Calls.Throttled);
        Assert.True(_quo.Clock.GetUtcNow() - before >= TimeSpan.FromSeconds(2));
        Assert.Single(_quo.Fake.Contacts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conflict_names_the_contact_that_has_the_id_where_there_is_one(bool isThere)
    {
        if (isThere) _quo.Fake.Add("person-1");
        _quo.Fake.Answer("^POST", 409, FakeQuo.Error(409, "0800409", "Conflict"));
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _quo.CreateAsync(("externalId", Text("person-1"))));
        Assert.Equal(("0800409", isThere ? "c1" : null), (refused.Code, refused.ConflictingId));
    }

    [Fact]
    public async Task The_holder_of_a_conflict_is_looked_for_again_once_listings_have_caught_up()
    {
        _quo.Fake.Answer("^POST", 409, FakeQuo.Error(409, "0800409", "Conflict"));
        DateTimeOffset before = _quo.Clock.GetUtcNow();
        _quo.Fake.Meanwhile = call => { if (_quo.Clock.GetUtcNow() - before > TimeSpan.FromSeconds(2) && _quo.Fake.Contacts.Count == 0) _quo.Fake.Add("person-1"); };
        Assert.Equal("c1", Assert.IsType<WriteOutcome.Refused>(await _quo.CreateAsync(("externalId", Text("person-1")))).ConflictingId);
    }

    [Theory]
    [InlineData(401, "30 seconds")]
    [InlineData(402, "subscription")]
    [InlineData(403, "owner or admin")]
    public async Task A_refused_key_stops_the_run_with_a_hint(int status, string hint)
    {
        _quo.Fake.Answer("^POST", status, FakeQuo.Error(status, "0800" + status, "No."));
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _quo.CreateAsync(("externalId", Text("person-1"))));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("key-one", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"message":"Too long","code":"0800400","status":400,"title":"Bad Request","docs":"d"}""", "0800400", "Too long")]
    [InlineData("""{"error":{"message":"Too long","key":"bad-request","trace":"1"}}""", "bad-request", "Too long")]
    [InlineData("""{"title":"Bad Request","message":"Invalid","docs":"d","errors":[{"path":"/body/source","message":"Too long","value":"x"}]}""", "http_400", "Invalid /body/source: Too long")]
    [InlineData("<html>gateway</html>", "http_400", "no reason was given")]
    public async Task A_refusal_is_read_in_every_shape_it_has(string body, string code, string reason)
    {
        _quo.Fake.Answer("^POST", 400, body);
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _quo.CreateAsync(("externalId", Text("person-1"))));
        Assert.Equal((code, reason), (refused.Code, refused.Reason));
    }

    [Fact]
    public async Task Custom_fields_are_sent_in_the_workspaces_types()
    {
        foreach ((string key, string type) in new[] { ("vip", "boolean"), ("score", "number"), ("born", "date"), ("tags", "multi-select"), ("site", "url") }) _quo.Fake.Define(key, type);
        await _quo.PrepareAsync();
        WriteOutcome outcome = await _quo.CreateAsync(
            ("custom.vip", FieldValue.Of(true)), ("custom.score", FieldValue.Of(7.5m)), ("custom.born", FieldValue.Of(new DateOnly(1990, 2, 3))), ("custom.tags", List("a", "b")), ("custom.site", Text("https://example.com")));
        Assert.Equal(
            """[{"key":"born","value":"1990-02-03T00:00:00.000Z"},{"key":"score","value":7.5},{"key":"site","value":"https://example.com"},{"key":"tags","value":["a","b"]},{"key":"vip","value":true}]""",
            _quo.Fake.Writes.Single().Body!["customFields"]!.ToJsonString());
        FieldSet made = Assert.IsType<WriteOutcome.Written>(outcome).Record.Fields;
        Assert.Equal((FieldValue.Of(true), FieldValue.Of(7.5m), FieldValue.Of(new DateOnly(1990, 2, 3)), List("a", "b")), (made["custom.vip"], made["custom.score"], made["custom.born"], made["custom.tags"]));
    }

    [Fact]
    public async Task A_custom_value_that_does_not_fit_is_the_field_to_do_without_and_costs_no_call()
    {
        _quo.Fake.Define("score", "number");
        await _quo.PrepareAsync();
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _quo.CreateAsync(("custom.score", Text("many"))));
        Assert.Equal("custom.score", refused.OptionalField);
        Assert.Empty(_quo.Fake.Writes);
    }

    [Fact]
    public async Task A_custom_field_that_quo_blames_by_its_place_is_the_field_to_do_without()
    {
        _quo.Fake.Define("a", "string");
        _quo.Fake.Define("b", "string");
        await _quo.PrepareAsync();
        _quo.Fake.Answer("^POST", 400, FakeQuo.Error(400, "0801400", "Invalid Custom Field Item", ""","errors":[{"path":"/customFields/1/value","message":"bad","schema":{"type":"string"}}]"""));
        Assert.Equal("custom.b", Assert.IsType<WriteOutcome.Refused>(await _quo.CreateAsync(("custom.a", Text("1")), ("custom.b", Text("2")))).OptionalField);
    }
}

public sealed class PhoneNumbersOnTheirWayOut
{
    [Fact]
    public void Only_international_numbers_go_and_the_others_are_set_apart()
    {
        using QuoFixture quo = new();
        FieldSet sent = quo.Map.ToRemote(FieldSet.Of(("phone", List("+44 20 7946 0958", "(212) 555-0100"))));
        Assert.Equal(("+442079460958", "(212) 555-0100"), (sent["phoneNumbers"]!.ToString(), sent["phoneNumbers.unusable"]!.ToString()));
    }

    [Fact]
    public void With_a_region_national_numbers_go_too()
    {
        using QuoFixture quo = new(("phone_region", "us"));
        FieldSet sent = quo.Map.ToRemote(FieldSet.Of(("phone", List("(212) 555-0100"))));
        Assert.Equal(("+12125550100", null), (sent["phoneNumbers"]!.ToString(), sent["phoneNumbers.unusable"]));
    }

    [Fact]
    public async Task A_number_that_cannot_be_written_is_refused_alone_with_its_reason_and_without_itself()
    {
        using QuoFixture quo = new();
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await quo.CreateAsync(("phoneNumbers", List("+15550100")), ("phoneNumbers.unusable", List("555-0101"))));
        Assert.Equal(("phone_not_international", "phoneNumbers.unusable"), (refused.Code, refused.OptionalField));
        Assert.Contains("country code", refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("555-0101", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(quo.Fake.Calls);
    }

    [Theory]
    [InlineData("true", null)]
    [InlineData("false", "phoneNumbers.unusable")]
    public async Task A_contact_with_no_other_number_is_made_only_where_that_is_wanted(string skips, string? optional)
    {
        using QuoFixture quo = new(("skip_without_phone", skips));
        Assert.Equal(optional, Assert.IsType<WriteOutcome.Refused>(await quo.CreateAsync(("phoneNumbers.unusable", List("555-0101")))).OptionalField);
    }

    [Theory]
    [InlineData("true", "phoneNumbers phoneNumbers.unusable")]
    [InlineData("false", "")]
    public void Whether_a_person_without_a_number_is_skipped_is_a_setting(string skips, string needed)
    {
        using QuoFixture quo = new(("skip_without_phone", skips));
        Assert.Equal(needed, string.Join(' ', quo.Contacts.NeedsOneOf));
    }
}
