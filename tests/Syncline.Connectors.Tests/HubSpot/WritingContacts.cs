using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using static Syncline.Connectors.Tests.HubSpot.HubSpotFixture;

namespace Syncline.Connectors.Tests.HubSpot;

public sealed class WritingContacts
{
    private readonly HubSpotFixture _hubspot = new();

    [Fact]
    public async Task A_hundred_new_people_are_one_call_and_each_has_its_own_answer_whatever_their_order()
    {
        await _hubspot.PrepareAsync();
        int before = _hubspot.Fake.Calls.Count;
        Operation[] people = [.. Enumerable.Range(0, 100).Select(i => _hubspot.Create("contacts", ("email", List($"P{i}@example.com")), ("firstname", Text($"P{i}"))))];
        IReadOnlyList<WriteOutcome> outcomes = await _hubspot.WriteAllAsync(people);

        Assert.Equal(before + 1, _hubspot.Fake.Calls.Count);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => $"p{i}@example.com")], outcomes.Select(o => Assert.IsType<WriteOutcome.Written>(o).Record.Fields["email"]!.ToString()));
        Assert.Equal(100, _hubspot.Fake.Calls[^1].Body!["inputs"]!.AsArray().Select(i => (string?)i!["objectWriteTraceId"]).Distinct().Count());
    }

    [Fact]
    public async Task The_company_is_set_as_the_primary_one_in_the_call_that_makes_the_contact()
    {
        FakeObject acme = _hubspot.Fake.Add("companies", ("name", "Acme"));
        await _hubspot.PrepareAsync();
        WriteOutcome outcome = await _hubspot.WriteAsync(_hubspot.Create("contacts", ("email", List("ada@example.com")), ("associations.company", FieldValue.Reference("companies", $"{acme.Id}"))));

        Assert.Equal($"companies/{acme.Id}", Assert.IsType<WriteOutcome.Written>(outcome).Record.Fields["associations.company"]!.Text);
        Assert.Equal([1, 279], _hubspot.Fake.Ties.Select(t => t.Type).Order());
        Assert.DoesNotContain(_hubspot.Fake.Made, m => m.Contains("associations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_company_moves_the_association()
    {
        (FakeObject acme, FakeObject other, FakeObject ada) = (_hubspot.Fake.Add("companies"), _hubspot.Fake.Add("companies"), _hubspot.Fake.Add("contacts", ("email", "ada@example.com")));
        _hubspot.Fake.Tie("contacts", ada.Id, "companies", acme.Id, 1, 279);
        await _hubspot.PrepareAsync();
        Operation move = _hubspot.Update("contacts", ada, ("associations.company", FieldValue.Reference("companies", $"{other.Id}"))) with { Before = FieldSet.Of(("associations.company", FieldValue.Reference("companies", $"{acme.Id}"))) };

        Assert.Equal($"companies/{other.Id}", Assert.IsType<WriteOutcome.Written>(await _hubspot.WriteAsync(move)).Record.Fields["associations.company"]!.Text);
        Assert.Equal([(other.Id, 1), (other.Id, 279)], _hubspot.Fake.Ties.Select(t => (t.ToId, t.Type)).Order());
    }

    [Fact]
    public async Task A_taken_address_names_who_has_it_and_costs_the_others_nothing()
    {
        FakeObject holder = _hubspot.Fake.Add("contacts", ("email", "old@example.com"), ("hs_additional_emails", "ada@example.com"));
        await _hubspot.PrepareAsync();
        IReadOnlyList<WriteOutcome> outcomes = await _hubspot.WriteAllAsync(_hubspot.Create("contacts", ("email", List("ada@example.com"))), _hubspot.Create("contacts", ("email", List("eve@example.com"))));

        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(outcomes[0]);
        Assert.Equal(($"{holder.Id}", null), (refused.ConflictingId, refused.OptionalField));
        Assert.IsType<WriteOutcome.Written>(outcomes[1]);
    }

    [Fact]
    public async Task A_person_is_found_by_the_first_address_and_by_further_ones()
    {
        FakeObject holder = _hubspot.Fake.Add("contacts", ("email", "old@example.com"), ("hs_additional_emails", "ada@example.com;ada@example.org"));
        await _hubspot.PrepareAsync();
        Assert.Equal($"{holder.Id}", Assert.Single(await _hubspot.FindAsync("contacts", ("email", List("old@example.com")))).Record.Key.Id);
        Found further = Assert.Single(await _hubspot.FindAsync("contacts", ("email", List("ada@example.org", "nobody@example.com"))));
        Assert.Equal(($"{holder.Id}", "email", "ada@example.com, ada@example.org, old@example.com"), (further.Record.Key.Id, further.MatchedBy, further.Record.Fields["email"]!.ToString()));
    }

    [Fact]
    public async Task Of_many_people_further_addresses_are_read_once()
    {
        FakeObject holder = _hubspot.Fake.Add("contacts", ("email", "old@example.com"), ("hs_additional_emails", "p7@example.com"));
        await _hubspot.PrepareAsync();
        for (int run = 0; run < 3; run++)
        {
            Wanted[] wanted = [.. Enumerable.Range(0, 50).Select(i => new Wanted(i, FieldSet.Of(("email", List($"p{i}@example.com")))))];
            Assert.Equal((7L, $"{holder.Id}"), (await _hubspot.Destination.FindAsync(_hubspot.Stream("contacts"), wanted, CancellationToken.None)).Select(f => (f.GoldenId, f.Record.Key.Id)).Single());
        }
        Assert.Single(_hubspot.Fake.Made, m => m.EndsWith("/search", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Into_a_portal_with_few_people_many_new_ones_are_written_without_a_look_up_each()
    {
        FakeObject there = _hubspot.Fake.Add("contacts", ("email", "old@example.com"), ("hs_additional_emails", "p7@example.com"));
        await _hubspot.PrepareAsync();
        int before = _hubspot.Fake.Calls.Count;
        for (int chunk = 0; chunk < 4; chunk++)
        {
            // The last one is short: nobody asks anew for what is listed.
            Wanted[] wanted = [.. Enumerable.Range(0, chunk == 3 ? 20 : 500).Select(i => new Wanted(i, FieldSet.Of(("email", List($"p{(500 * chunk) + i}@example.com")))))];
            IReadOnlyList<Found> found = await _hubspot.Destination.FindAsync(_hubspot.Stream("contacts"), wanted, CancellationToken.None);
            Assert.Equal(chunk == 0 ? [$"{there.Id}"] : [], found.Select(f => f.Record.Key.Id));
        }
        // The listing, and what it takes to look at the one who may be there.
        Assert.True(_hubspot.Fake.Calls.Count - before <= 5, $"{_hubspot.Fake.Calls.Count - before} calls");

        // What was written since is asked after.
        await _hubspot.WriteAsync(_hubspot.Create("contacts", ("email", List("p900@example.com"))));
        Wanted[] again = [.. Enumerable.Range(600, 500).Select(i => new Wanted(i, FieldSet.Of(("email", List($"p{i}@example.com")))))];
        Assert.Equal(900L, Assert.Single(await _hubspot.Destination.FindAsync(_hubspot.Stream("contacts"), again, CancellationToken.None)).GoldenId);
    }

    [Fact]
    public async Task A_few_companies_are_looked_up_though_the_portal_was_listed()
    {
        await _hubspot.PrepareAsync();
        Wanted[] many = [.. Enumerable.Range(0, 300).Select(i => new Wanted(i, FieldSet.Of(("domain", List($"company{i}.example.com")))))];
        Assert.Empty(await _hubspot.Destination.FindAsync(_hubspot.Stream("companies"), many, CancellationToken.None));
        FakeObject there = _hubspot.Fake.Add("companies", ("domain", "new.example.com"));
        Assert.Equal($"{there.Id}", Assert.Single(await _hubspot.FindAsync("companies", ("domain", List("new.example.com")))).Record.Key.Id);
    }

    [Fact]
    public async Task Somebody_without_an_address_is_found_by_the_profile()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("hs_linkedin_url", "https://www.linkedin.com/in/ada-example/"));
        await _hubspot.PrepareAsync();
        Assert.Equal(($"{ada.Id}", "hs_linkedin_url"), (await _hubspot.FindAsync("contacts", ("hs_linkedin_url", Text("https://www.linkedin.com/in/ada-example")))).Select(f => (f.Record.Key.Id, f.MatchedBy)).Single());
    }

    [Fact]
    public async Task A_lost_create_is_looked_up_by_its_address_and_made_once()
    {
        await _hubspot.PrepareAsync();
        _hubspot.Fake.LoseAnswers = 1;
        IReadOnlyList<WriteOutcome> outcomes = await _hubspot.WriteAllAsync(_hubspot.Create("contacts", ("email", List("ada@example.com"))), _hubspot.Create("contacts", ("email", List("eve@example.com"))));
        Assert.All(outcomes, o => Assert.IsType<WriteOutcome.Written>(o));
        Assert.Equal(2, _hubspot.Fake.Objects["contacts"].Count);
    }

    [Fact]
    public async Task A_lost_create_of_a_company_is_unknown()
    {
        await _hubspot.PrepareAsync();
        _hubspot.Fake.LoseAnswers = 1;
        Assert.IsType<WriteOutcome.Unknown>(await _hubspot.WriteAsync(_hubspot.Create("companies", ("domain", List("example.com")))));
        Assert.Single(_hubspot.Fake.Objects["companies"]);
        Assert.True(_hubspot.Stream("companies").SettleTime >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_lost_create_that_somebody_else_was_quicker_with_is_not_taken_for_ours()
    {
        await _hubspot.PrepareAsync();
        _hubspot.Fake.Answer("POST .*contacts/batch/create", 502, "<html></html>");
        _hubspot.Fake.Add("contacts", ("email", "ada@example.com"), ("firstname", "Augusta"));
        Assert.IsType<WriteOutcome.Unknown>(await _hubspot.WriteAsync(_hubspot.Create("contacts", ("email", List("ada@example.com")), ("firstname", Text("Ada")))));
        Assert.Single(_hubspot.Fake.Objects["contacts"]);
    }

    [Theory]
    [InlineData("Chess", "chess")]
    [InlineData("Go & draughts", "GO_AND_DRAUGHTS")]
    [InlineData("go_and_draughts", "GO_AND_DRAUGHTS")]
    public async Task An_option_is_found_however_it_is_spelt(string value, string option)
    {
        _hubspot.Fake.Define("contacts", "hobbies", "enumeration", "checkbox", options: [("tea", "Tea"), ("chess", "Chess"), ("GO_AND_DRAUGHTS", "Board games")]);
        await _hubspot.PrepareAsync();
        await _hubspot.WriteAsync(_hubspot.Create("contacts", ("email", List("ada@example.com")), ("hobbies", List(value))));
        Assert.Equal(option, Assert.Single(_hubspot.Fake.Objects["contacts"]).Properties["hobbies"]);
    }

    [Fact]
    public async Task A_value_that_is_no_option_is_told_before_anything_is_sent()
    {
        await _hubspot.PrepareAsync();
        int before = _hubspot.Fake.Calls.Count;
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _hubspot.WriteAsync(_hubspot.Create("contacts", ("email", List("ada@example.com")), ("interests", List("tea", "falconry")))));
        Assert.Equal(("unknown_option", "interests", before), (refused.Code, refused.OptionalField, _hubspot.Fake.Calls.Count));
        Assert.Contains("options(falconry=", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_is_refused_as_a_whole_is_divided_until_the_bad_row_is_alone()
    {
        await _hubspot.PrepareAsync();
        string refusal = FakeHubSpot.Error("VALIDATION_ERROR", """Property values were not valid: [{"isValid":false,"message":"bad","error":"INVALID_OPTION","name":"jobtitle"}]""").ToJsonString();
        foreach (int _ in Enumerable.Range(0, 3)) _hubspot.Fake.Answer("POST .*batch/create", 400, refusal);
        IReadOnlyList<WriteOutcome> outcomes = await _hubspot.WriteAllAsync([.. Enumerable.Range(0, 4).Select(i => _hubspot.Create("contacts", ("email", List($"p{i}@example.com")), ("jobtitle", Text("x"))))]);

        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(outcomes[0]);
        Assert.Equal(("INVALID_OPTION", "jobtitle", false), (refused.Code, refused.OptionalField, refused.IsWholeBatch));
        Assert.Equal(3, outcomes.OfType<WriteOutcome.Written>().Count());
        Assert.Equal(3, _hubspot.Fake.Objects["contacts"].Count);
    }

    [Fact]
    public async Task An_update_of_what_is_gone_is_gone_and_the_rest_is_written()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("email", "ada@example.com"));
        await _hubspot.PrepareAsync();
        IReadOnlyList<WriteOutcome> outcomes = await _hubspot.WriteAllAsync(_hubspot.Update("contacts", new(9), ("jobtitle", Text("CTO"))), _hubspot.Update("contacts", ada, ("jobtitle", Text("CTO"))));
        Assert.IsType<WriteOutcome.Gone>(outcomes[0]);
        Assert.Equal("CTO", Assert.IsType<WriteOutcome.Written>(outcomes[1]).Record.Fields["jobtitle"]!.Text);
    }

    [Fact]
    public async Task A_bad_optional_property_is_named()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("email", "ada@example.com"));
        await _hubspot.PrepareAsync(("contacts", new("refuse_me", "refused")));
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _hubspot.WriteAsync(_hubspot.Update("contacts", ada, ("refuse_me", Text("x")))));
        Assert.Equal("refuse_me", refused.OptionalField);
    }

    [Fact]
    public async Task A_lifecycle_stage_does_not_go_back()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("lifecyclestage", "customer"));
        await _hubspot.PrepareAsync();
        Operation back = _hubspot.Update("contacts", ada, ("lifecyclestage", Text("lead"))) with { Before = FieldSet.Of(("lifecyclestage", Text("customer"))) };
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await _hubspot.WriteAsync(back));
        Assert.Equal(("lifecycle_backwards", "lifecyclestage"), (refused.Code, refused.OptionalField));
        Assert.Equal("customer", ada.Properties["lifecyclestage"]);
    }

    [Fact]
    public async Task Choices_are_added_beside_those_somebody_made_and_known_by_their_label()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("interests", "tea"));
        await _hubspot.PrepareAsync(("contacts", new("interests", "interests")));
        await _hubspot.WriteAsync(_hubspot.Update("contacts", ada, ("interests", List("tea", "Chess"))) with { Before = FieldSet.Of(("interests", List("tea"))) });
        Assert.Equal(";chess", ada.Properties["interests"]);
    }

    [Fact]
    public async Task An_address_that_is_still_wanted_stays_the_first_one()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("email", "b@example.com"), ("hs_additional_emails", "c@example.com"));
        await _hubspot.PrepareAsync();
        await _hubspot.WriteAsync(_hubspot.Update("contacts", ada, ("email", List("a@example.com", "b@example.com"))) with { Before = FieldSet.Of(("email", List("b@example.com", "c@example.com"))), RemovesListValues = true });
        Assert.Equal("b@example.com", ada.Properties["email"]);
        await _hubspot.WriteAsync(_hubspot.Update("contacts", ada, ("email", List("a@example.com"))) with { Before = FieldSet.Of(("email", List("b@example.com", "c@example.com"))), RemovesListValues = true });
        Assert.Equal("a@example.com", ada.Properties["email"]);
    }

    [Fact]
    public async Task With_a_property_for_our_id_a_repeated_create_makes_one_record()
    {
        HubSpotFixture hubspot = new(("external_id_property", "our_id"));
        FakeObject acme = hubspot.Fake.Add("companies");
        await hubspot.PrepareAsync();
        Assert.True(hubspot.Stream("contacts").CreateIsIdempotent);
        (string, FieldValue?)[] fields = [("our_id", Text("hub-1")), ("firstname", Text("Ada")), ("associations.company", FieldValue.Reference("companies", $"{acme.Id}"))];
        RemoteRecord first = Assert.IsType<WriteOutcome.Written>(await hubspot.WriteAsync(hubspot.Create("contacts", fields))).Record;
        RemoteRecord second = Assert.IsType<WriteOutcome.Written>(await hubspot.WriteAsync(hubspot.Create("contacts", fields))).Record;
        Assert.Equal(first, second with { ModifiedAt = first.ModifiedAt, Version = first.Version });
        Assert.Single(hubspot.Fake.Objects["contacts"]);
        Assert.Equal([1, 279], hubspot.Fake.Ties.Select(t => t.Type).Order());
        Assert.Equal("our_id", Assert.Single(await hubspot.FindAsync("contacts", ("our_id", Text("hub-1")))).MatchedBy);
    }

    [Fact]
    public async Task What_a_portal_has_no_property_for_is_left_out_and_said()
    {
        IReadOnlyList<Unavailable> unavailable = await _hubspot.PrepareAsync(("contacts", new FieldRule("shoe_size", "shoe_size")));
        Assert.Contains(unavailable, u => u is { Remote: "shoe_size" });
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _hubspot.PrepareAsync(("contacts", new FieldRule("shoe_size", "shoe_size") { IsRequired = true })));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
    }

    [Fact]
    public async Task Archiving_is_done_when_the_record_is_not_there_any_more()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts");
        await _hubspot.PrepareAsync();
        Assert.IsType<WriteOutcome.Deleted>(await _hubspot.WriteAsync(_hubspot.Delete("contacts", $"{ada.Id}")));
        Assert.IsType<WriteOutcome.Deleted>(await _hubspot.WriteAsync(_hubspot.Delete("contacts", $"{ada.Id}")));
        Assert.True(ada.IsArchived);
    }
}
