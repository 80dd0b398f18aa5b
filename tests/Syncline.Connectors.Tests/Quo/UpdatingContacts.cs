using System.Text.Json.Nodes;
using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Records;
using static Syncline.Connectors.Tests.Quo.QuoFixture;

namespace Syncline.Connectors.Tests.Quo;

public sealed class UpdatingContacts : IDisposable
{
    private const string Ada = """{"firstName":"Ada","role":"Engineer","emails":[{"name":"Work","value":"ada@example.com"}],"phoneNumbers":[{"name":"Mobile","value":"+15550100"}]}""";

    private readonly QuoFixture _quo = new();

    public void Dispose() => _quo.Dispose();

    [Fact]
    public async Task Single_values_are_changed_one_by_one_on_the_dated_surface()
    {
        _quo.Fake.Add("person-1", Ada);
        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await _quo.UpdateAsync("c1", ("role", Text("CTO")), ("externalId", Text("person-2"))));
        QuoCall call = Assert.Single(_quo.Fake.Writes);
        Assert.Equal(("PATCH /contacts/c1", "2026-03-30"), (call.ToString(), call.Version));
        Assert.Equal("""{"firstName":"Ada","role":"CTO","externalId":"person-2"}""", call.Body!.ToJsonString());
        Assert.Equal(("CTO", "+15550100"), (written.Record.Fields["role"]!.Text, written.Record.Fields["phoneNumbers"]!.ToString()));
        Assert.Equal(["+15550100"], Values("phoneNumbers"));
    }

    [Fact]
    public async Task A_single_value_is_emptied_by_null()
    {
        _quo.Fake.Add("person-1", Ada);
        Operation clear = _quo.Operation(Verb.Update, "c1") with { Cleared = ["role"], Before = FieldSet.Of(("role", Text("Engineer"))) };
        Assert.Null(Assert.IsType<WriteOutcome.Written>(await _quo.WriteAsync(clear)).Record.Fields["role"]);
        Assert.Equal("""{"firstName":"Ada","role":null,"externalId":"person-1"}""", _quo.Fake.Writes.Single().Body!.ToJsonString());
    }

    [Fact]
    public async Task A_removal_whose_answer_was_lost_is_not_repeated_because_the_item_it_names_may_be_gone()
    {
        _quo.Fake.Add("person-1", Ada);
        _quo.Fake.LoseAnswers = 1;
        Operation remove = _quo.Operation(Verb.Update, "c1") with { Cleared = ["phoneNumbers"], Before = FieldSet.Of(("phoneNumbers", List("+15550100"))), RemovesListValues = true };
        Assert.IsType<WriteOutcome.Unknown>(await _quo.WriteAsync(remove));
        Assert.Single(_quo.Fake.Writes);
    }

    [Fact]
    public async Task A_contact_that_somebody_changed_after_its_removal_was_planned_is_not_removed()
    {
        _quo.Fake.Add("person-1", Ada);
        RemoteRecord planned = (await _quo.Destination.ReadAsync(_quo.Contacts, ["c1"], TestContext.Current.CancellationToken))["c1"];
        Operation remove = _quo.Operation(Verb.Delete, "c1") with { Before = planned.Fields };
        Assert.IsType<WriteOutcome.Outdated>(await _quo.WriteAsync(remove with { Before = planned.Fields.With("role", Text("Intern")) }));
        Assert.Empty(_quo.Fake.Writes);
        Assert.IsType<WriteOutcome.Deleted>(await _quo.WriteAsync(remove));
    }

    [Fact]
    public async Task A_single_value_that_somebody_changed_after_the_plan_was_made_is_not_overwritten()
    {
        _quo.Fake.Add("person-1", Ada);
        Operation promote = _quo.Operation(Verb.Update, "c1", ("role", Text("CTO"))) with { Before = FieldSet.Of(("role", Text("Engineer"))) };
        _quo.Fake.Find("c1")["defaultFields"]!["role"] = "Founder";
        Assert.IsType<WriteOutcome.Outdated>(await _quo.WriteAsync(promote));
        Assert.Empty(_quo.Fake.Writes);
    }

    [Theory]
    [InlineData("public-api", "PATCH /contacts/c1", "public-api")]
    [InlineData("openphone", "PATCH /v1/contacts/c1", null)]
    public async Task The_label_goes_along_and_one_that_quo_keeps_for_itself_takes_the_way_on_which_it_need_not(string source, string call, string? sent)
    {
        _quo.Fake.Add("person-1", Ada)["source"] = source;
        await _quo.UpdateAsync("c1", ("role", Text("CTO")));
        Assert.Equal((call, sent), (_quo.Fake.Writes.Single().ToString(), (string?)_quo.Fake.Writes.Single().Body!["source"]));
    }

    [Fact]
    public async Task A_number_is_added_beside_everything_the_contact_has_at_that_moment()
    {
        _quo.Fake.Define("colour", "string");
        await _quo.PrepareAsync();
        JsonObject contact = _quo.Fake.Add("person-1", Ada);
        contact["customFields"] = new JsonArray(new JsonObject { ["id"] = "f1", ["key"] = "colour", ["name"] = "Colour", ["type"] = "string", ["value"] = "red" });
        // Somebody adds an address after the plan was made.
        contact["defaultFields"]!["emails"]!.AsArray().Add(new JsonObject { ["id"] = "by-hand", ["name"] = "Home", ["value"] = "ada@example.org" });
        Operation add = _quo.Operation(Verb.Update, "c1", ("emails", List("ada@example.com", "a.example@example.com")), ("phoneNumbers", List("+15550100", "+15550101"))) with
        {
            Before = FieldSet.Of(("emails", List("ada@example.com")), ("phoneNumbers", List("+15550100"))),
        };
        Assert.IsType<WriteOutcome.Written>(await _quo.WriteAsync(add));

        Assert.Equal(["ada@example.com", "ada@example.org", "a.example@example.com"], Values("emails"));
        Assert.Equal(["+15550100", "+15550101"], Values("phoneNumbers"));
        Assert.Contains("by-hand", contact["defaultFields"]!["emails"]!.AsArray().Select(i => (string?)i!["id"]));
        Assert.Equal(("red", "Ada", "Mobile"), ((string?)contact["customFields"]![0]!["value"], (string?)contact["defaultFields"]!["firstName"], (string?)contact["defaultFields"]!["phoneNumbers"]![0]!["name"]));
        Assert.Equal(["GET /v1/contacts/c1", "PATCH /v1/contacts/c1"], _quo.Fake.Calls.Skip(1).Select(c => c.ToString()));
    }

    [Fact]
    public async Task A_number_that_goes_is_sent_with_null_and_what_was_added_meanwhile_stays()
    {
        JsonObject contact = _quo.Fake.Add("person-1", Ada);
        contact["defaultFields"]!["phoneNumbers"]!.AsArray().Add(new JsonObject { ["id"] = "by-hand", ["name"] = "Home", ["value"] = "+15550199" });
        Operation swap = _quo.Operation(Verb.Update, "c1", ("phoneNumbers", List("+15550101"))) with { Before = FieldSet.Of(("phoneNumbers", List("+15550100"))), RemovesListValues = true };
        Assert.IsType<WriteOutcome.Written>(await _quo.WriteAsync(swap));
        Assert.Equal(["+15550199", "+15550101"], Values("phoneNumbers"));
        JsonNode gone = _quo.Fake.Writes.Single().Body!["defaultFields"]!["phoneNumbers"]![0]!;
        Assert.Equal(("i3", null), ((string?)gone["id"], (string?)gone["value"]));
    }

    [Fact]
    public async Task Emptied_lists_end_up_empty_and_the_others_stay()
    {
        _quo.Fake.Add("person-1", Ada);
        await _quo.WriteAsync(_quo.Operation(Verb.Update, "c1") with { Cleared = ["emails"], Before = FieldSet.Of(("emails", List("ada@example.com"))) });
        Assert.Empty(Values("emails"));
        Assert.Equal(["+15550100"], Values("phoneNumbers"));
    }

    [Fact]
    public async Task A_custom_field_is_changed_beside_the_others()
    {
        _quo.Fake.Define("colour", "string");
        _quo.Fake.Define("tags", "multi-select");
        await _quo.PrepareAsync();
        JsonObject contact = _quo.Fake.Add("person-1", Ada);
        await _quo.UpdateAsync("c1", ("custom.tags", List("a")), ("role", Text("CTO")));
        await _quo.UpdateAsync("c1", ("custom.colour", Text("red")));
        await _quo.UpdateAsync("c1", ("custom.tags", List("b")));
        Assert.Equal("""[{"key":"tags","value":["a","b"]},{"key":"colour","value":"red"}]""", Customs(contact));
        await _quo.WriteAsync(_quo.Operation(Verb.Update, "c1") with { Cleared = ["custom.tags"] });
        Assert.Equal("""[{"key":"colour","value":"red"}]""", Customs(contact));
        Assert.Equal("CTO", (string?)contact["defaultFields"]!["role"]);
        Assert.Equal(["ada@example.com"], Values("emails"));
    }

    [Fact]
    public async Task A_removal_in_one_list_takes_nothing_from_another_that_was_empty_when_it_was_planned()
    {
        JsonObject contact = _quo.Fake.Add("person-1", Ada);
        Operation change = _quo.Operation(Verb.Update, "c1", ("emails", List("ada@example.org")), ("phoneNumbers", List("+15550101"))) with { Before = FieldSet.Of(("emails", List("ada@example.com"))), RemovesListValues = true };
        contact["defaultFields"]!["phoneNumbers"] = new JsonArray(new JsonObject { ["id"] = "by-hand", ["name"] = "Home", ["value"] = "+15550199" });
        await _quo.WriteAsync(change);
        Assert.Equal(["+15550199", "+15550101"], Values("phoneNumbers"));
        Assert.Equal(["ada@example.org"], Values("emails"));
    }

    [Fact]
    public async Task A_contact_that_was_changed_since_its_removal_was_decided_is_not_removed()
    {
        _quo.Fake.Add("person-1", Ada);
        FieldSet planned = (await _quo.Destination.ReadAsync(_quo.Contacts, ["c1"], CancellationToken.None))["c1"].Fields;
        Operation removal = _quo.Operation(Verb.Delete, "c1") with { Before = planned };
        _quo.Fake.Find("c1")["defaultFields"]!["role"] = "Founder";
        Assert.IsType<WriteOutcome.Outdated>(await _quo.WriteAsync(removal));
        Assert.Empty(_quo.Fake.Writes);
    }

    [Theory]
    [InlineData("hubspot")]
    [InlineData("Salesforce")]
    public async Task A_contact_of_one_of_quos_own_integrations_is_refused_and_left_alone(string source)
    {
        _quo.Fake.Add("person-1", Ada)["source"] = source;
        foreach (WriteOutcome outcome in (WriteOutcome[])[await _quo.UpdateAsync("c1", ("role", Text("CTO"))), await _quo.UpdateAsync("c1", ("emails", List("a@example.com"))), await _quo.WriteAsync(_quo.Operation(Verb.Delete, "c1"))])
        {
            WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(outcome);
            Assert.Equal("read_only_contact", refused.Code);
            Assert.Contains("CRM", refused.Reason, StringComparison.Ordinal);
        }
        Assert.Empty(_quo.Fake.Writes);
    }

    [Fact]
    public async Task A_change_that_quo_accepts_and_does_not_make_is_refused()
    {
        _quo.Fake.Add("person-1", Ada)["source"] = "pipedrive";
        _quo.Fake.Answer("^PATCH /contacts", 200, """{"data":{"id":"c1","externalId":"person-1","source":"pipedrive","firstName":"Ada","role":"Engineer"}}""");
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _quo.UpdateAsync("c1", ("role", Text("CTO"))));
        Assert.Equal("not_changed", refused.Code);
        Assert.Contains("'pipedrive' to read_only_sources", refused.Reason, StringComparison.Ordinal);
        Assert.IsType<WriteOutcome.Written>(await _quo.UpdateAsync("c1", ("role", Text("Engineer"))));
    }

    [Fact]
    public async Task Another_spelling_of_what_is_there_is_not_added()
    {
        _quo.Fake.Add("person-1", Ada);
        Assert.IsType<WriteOutcome.Written>(await _quo.UpdateAsync("c1", ("emails", List("Ada@Example.com", "ada@example.org")), ("phoneNumbers", List("+1 555 0100"))));
        Assert.Equal(["ada@example.com", "ada@example.org"], Values("emails"));
        Assert.Equal(["+15550100"], Values("phoneNumbers"));
    }

    [Fact]
    public async Task Many_changes_do_not_part_a_reading_from_its_write()
    {
        for (int i = 0; i < 30; i++) _quo.Fake.Add($"p-{i}", Ada);
        await Task.WhenAll(Enumerable.Range(1, 30).Select(i => _quo.UpdateAsync($"c{(i * 3) - 2}", ("role", Text("CTO")))));
        string[] calls = [.. _quo.Fake.Calls.Select(c => c.Method)];
        Assert.All(Enumerable.Range(1, calls.Length), n => Assert.True(calls.Take(n).Count(m => m == "GET") - calls.Take(n).Count(m => m == "PATCH") <= 4));
        Assert.Equal(30, calls.Count(m => m == "PATCH"));
    }

    [Theory]
    [InlineData("role")]
    [InlineData("phoneNumbers")]
    public async Task A_contact_that_is_not_there_any_more_is_gone(string field) =>
        Assert.IsType<WriteOutcome.Gone>(await _quo.UpdateAsync("c99", (field, List("+15550100"))));

    [Fact]
    public async Task A_403_for_one_contact_is_that_contacts_refusal()
    {
        _quo.Fake.Add("person-1", Ada);
        _quo.Fake.Answer("^PATCH", 403, FakeQuo.Error(403, "0801403", "Not Phone Number User"));
        Assert.Equal("0801403", Assert.IsType<WriteOutcome.Refused>(await _quo.UpdateAsync("c1", ("role", Text("CTO")))).Code);
    }

    [Fact]
    public void Between_the_reading_of_a_contact_and_its_write_stand_few_others_however_many_are_new()
    {
        FakeClock clock = new();
        using QuoFixture quo = new(clock);
        quo.Fake.Add("p-1", """{"firstName":"Ada","phoneNumbers":[{"name":"phone","value":"+12125550100"}]}""");
        Task<WriteOutcome>[] creates = [];
        quo.Fake.Meanwhile = call =>
        {
            // A chunk of new people is handed over just when the contact has been read.
            if (call is { Method: "GET", Path: "/v1/contacts/c1" }) creates = [.. Enumerable.Range(0, 150).Select(i => quo.CreateAsync(("externalId", Text($"new-{i}"))))];
        };
        clock.RunInline(async () =>
        {
            await quo.UpdateAsync("c1", ("phoneNumbers", List("+12125550100", "+12125550111")));
            await Task.WhenAll(creates);
        });
        int read = quo.Fake.Calls.FindIndex(c => c.Path == "/v1/contacts/c1"), written = quo.Fake.Calls.FindIndex(c => c is { Method: "PATCH", Path: "/v1/contacts/c1" });
        Assert.InRange(written - read, 1, 30);
    }

    [Fact]
    public async Task A_lost_change_of_single_values_is_sent_again_and_a_lost_addition_is_not()
    {
        _quo.Fake.Add("person-1", Ada);
        _quo.Fake.LoseAnswers = 1;
        Assert.IsType<WriteOutcome.Written>(await _quo.UpdateAsync("c1", ("role", Text("CTO"))));
        Assert.Equal(2, _quo.Fake.Writes.Count());
        _quo.Fake.LoseAnswers = 1;
        Assert.IsType<WriteOutcome.Unknown>(await _quo.UpdateAsync("c1", ("phoneNumbers", List("+15550101"))));
        Assert.Equal(3, _quo.Fake.Writes.Count());
    }

    private string[] Values(string list) => [.. _quo.Fake.Find("c1")["defaultFields"]![list]!.AsArray().Select(i => (string)i!["value"]!)];

    private static string Customs(JsonObject contact) =>
        new JsonArray([.. contact["customFields"]!.AsArray().Select(f => new JsonObject { ["key"] = (string?)f!["key"], ["value"] = f["value"]!.DeepClone() })]).ToJsonString();
}
