using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Lemlist;

public sealed class WritingToLemlist
{
    private readonly FakeLemlist _lemlist = new();
    private readonly string _spring;
    private int _operations;

    public WritingToLemlist()
    {
        _spring = _lemlist.AddCampaign("Spring");
        _lemlist.Settings["campaign"] = _spring;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<WriteOutcome> WriteAsync(Verb verb, string? id, params (string Name, FieldValue? Value)[] fields)
    {
        Connection connection = _lemlist.Open();
        IDestination destination = connection.Destination!;
        await destination.PrepareAsync(connection.Maps, Token);
        Operation operation = new($"op-{++_operations}", new("lemlist", "people"), RecordKind.Person, 1, verb, FieldSet.Of(fields)) { RemoteId = id };
        return (await destination.WriteAsync(destination.Streams.Single(), [operation], Token)).Single();
    }

    private static (string, FieldValue?) Field(string name, string value) => (name, FieldValue.Of(value));

    private string AddLead(string email, bool isUnsubscribed = false)
    {
        string id = _lemlist.AddContact(email);
        _lemlist.Contact(id)["campaigns"] = new JsonArray(new JsonObject { ["campaignId"] = _spring, ["leadId"] = "lea_1", ["leadState"] = "review" });
        _lemlist.Contact(id)["unsubscribed"] = isUnsubscribed;
        return id;
    }

    [Fact]
    public async Task A_new_person_is_put_into_the_campaign_without_a_flag_that_costs_credits()
    {
        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await WriteAsync(Verb.Create, null, Field("email", "ada@example.com"), Field("firstName", "Ada"), Field("companyName", "Example Ltd"), Field("campaign", _spring)));
        Assert.Equal(_spring, written.Record.Fields["campaign"]?.Text);
        LemlistCall lead = _lemlist.Writes.Single(c => c.Path.EndsWith("/leads/", StringComparison.Ordinal));
        Assert.Equal(["deduplicate"], lead.Query.Keys);
        Assert.Equal("""{"companyName":"Example Ltd","email":"ada@example.com","firstName":"Ada"}""", lead.Body!.ToJsonString());
    }

    [Fact]
    public async Task A_contact_goes_into_the_campaign_with_its_name_and_without_figures_of_lemlists()
    {
        string ada = _lemlist.AddContact("ada@example.com", fields: """{"firstName":"Ada","lastCampaign":"Old","isActiveInCampaigns":false}""");
        Assert.IsType<WriteOutcome.Written>(await WriteAsync(Verb.Update, ada, Field("campaign", _spring)));
        Assert.Equal("""{"email":"ada@example.com","firstName":"Ada"}""", Assert.Single(_lemlist.Writes).Body!.ToJsonString());
    }

    [Fact]
    public async Task The_source_and_the_destination_show_one_record_alike()
    {
        _lemlist.Settings["campaign"] = "Spring";
        string ada = AddLead("ada@example.com");
        Connection connection = _lemlist.Open();
        await connection.Destination!.PrepareAsync(connection.Maps, Token);
        RemoteRecord written = (await connection.Destination.ReadAsync(connection.Destination.Streams.Single(), [ada], Token))[ada];
        RemoteRecord read = Assert.Single(await ((Syncline.Extraction.IPointSource)_lemlist.Source("people")).FetchAsync([ada], Token));
        Assert.Equal(("Spring", "Spring"), (written.Fields["campaign"]?.Text, read.Fields["campaign"]?.Text));
    }

    [Fact]
    public async Task Somebody_who_is_in_the_campaign_is_not_put_into_it_again()
    {
        string ada = AddLead("ada@example.com");
        Assert.IsType<WriteOutcome.Written>(await WriteAsync(Verb.Update, ada, Field("jobTitle", "Engineer"), Field("campaign", _spring)));
        Assert.Single(_lemlist.LeadsOf(_spring));
        Assert.DoesNotContain(_lemlist.Writes, c => c.Path.EndsWith("/leads/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_who_has_unsubscribed_is_not_put_into_it()
    {
        string ada = _lemlist.AddContact("ada@example.com", """{"unsubscribed":true}""");
        Assert.Equal("campaign", Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Verb.Update, ada, Field("campaign", _spring))).OptionalField);
        Assert.Empty(_lemlist.Writes);
    }

    [Fact]
    public async Task Somebody_in_another_campaign_is_refused_and_kept_as_a_contact()
    {
        string ada = _lemlist.AddContact("ada@example.com");
        _lemlist.Contact(ada)["campaigns"] = new JsonArray(new JsonObject { ["campaignId"] = "cam_other", ["leadId"] = "lea_9" });
        Assert.Equal("campaign", Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Verb.Update, ada, Field("campaign", _spring))).OptionalField);
        _lemlist.Settings["deduplicate"] = "false";
        Assert.IsType<WriteOutcome.Written>(await WriteAsync(Verb.Update, ada, Field("campaign", _spring)));
    }

    [Fact]
    public async Task A_lost_answer_is_never_repeated()
    {
        string ada = _lemlist.AddContact("ada@example.com");
        _lemlist.LoseAnswers = 1;
        Assert.IsType<WriteOutcome.Unknown>(await WriteAsync(Verb.Update, ada, Field("campaign", _spring)));
        Assert.Single(_lemlist.LeadsOf(_spring));
        Assert.Single(_lemlist.Writes);
    }

    [Fact]
    public async Task A_lead_in_the_graveyard_is_refused_at_once()
    {
        string ada = AddLead("ada@example.com", isUnsubscribed: true);
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Verb.Update, ada, Field("companyName", "Example Ltd")));
        Assert.Contains("unsubscribed", refused.Reason, StringComparison.Ordinal);
        Assert.Single(_lemlist.Writes);
    }

    [Fact]
    public async Task A_deletion_removes_the_lead_and_unsubscribes_nobody()
    {
        string ada = AddLead("ada@example.com");
        Assert.IsType<WriteOutcome.Deleted>(await WriteAsync(Verb.Delete, ada));
        Assert.Equal("remove", Assert.Single(_lemlist.Writes)["action"]);
        Assert.Empty(_lemlist.LeadsOf(_spring));
        Assert.False((bool)_lemlist.Contact(ada)["unsubscribed"]!);
        Assert.IsType<WriteOutcome.Deleted>(await WriteAsync(Verb.Delete, ada));
    }

    [Fact]
    public async Task Contacts_are_deleted_only_where_that_is_set()
    {
        _lemlist.Settings.Remove("campaign");
        string ada = _lemlist.AddContact("ada@example.com");
        Assert.Equal("contacts_kept", Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Verb.Delete, ada)).Code);
        _lemlist.Settings["delete_contacts"] = "true";
        Assert.IsType<WriteOutcome.Deleted>(await WriteAsync(Verb.Delete, ada));
        Assert.Empty(_lemlist.Contacts);
    }

    [Fact]
    public async Task A_contact_that_is_being_enriched_is_not_deleted()
    {
        string ada = _lemlist.AddContact("ada@example.com");
        _lemlist.Settings["delete_contacts"] = "true";
        _lemlist.Answer(c => c.Method == "DELETE", 409, """{"success":false,"error":{"code":"CONTACT_DELETE_BLOCKED","message":"Being enriched"}}""");
        Assert.Equal("CONTACT_DELETE_BLOCKED", Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Verb.Delete, ada)).Code);
    }

    [Fact]
    public async Task An_unsubscription_goes_out_by_its_own_route_and_never_back()
    {
        string ada = _lemlist.AddContact("ada@example.com");
        Assert.IsType<WriteOutcome.Written>(await WriteAsync(Verb.Update, ada, ("unsubscribed", FieldValue.Of(true))));
        Assert.Equal($"POST v2/unsubscribes/contacts/{ada}", Assert.Single(_lemlist.Writes).ToString());
        Assert.Equal("unsubscribed", Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Verb.Update, ada, ("unsubscribed", FieldValue.Of(false)))).OptionalField);
        Assert.True((bool)_lemlist.Contact(ada)["unsubscribed"]!);
    }

    [Fact]
    public void No_shipped_rule_carries_an_unsubscription_out()
    {
        FieldMap map = _lemlist.Open().Maps.Single(m => m.Stream == "people");
        Assert.All(map.Rules.Where(r => r.Remote == "unsubscribed"), r => Assert.Equal(MapDirection.In, r.Direction));
    }

    [Fact]
    public async Task People_are_found_by_any_of_their_addresses()
    {
        string ada = _lemlist.AddContact("ada@example.org");
        IDestination destination = _lemlist.Open().Destination!;
        Wanted wanted = new(7, FieldSet.Of(Field("email", "ada@example.com"), ("emails.all", FieldValue.List([FieldValue.Of("ada@example.com"), FieldValue.Of("ada@example.org")]))));
        Assert.Equal(ada, Assert.Single(await destination.FindAsync(destination.Streams.Single(), [wanted], Token)).Record.Key.Id);
    }

    [Fact]
    public async Task Somebody_without_an_address_is_found_by_the_profile()
    {
        string ada = _lemlist.AddContact(null, fields: """{"linkedinUrl":"https://linkedin.com/in/Ada-Example/"}""");
        _lemlist.AddContact(null, fields: """{"linkedinUrl":"https://linkedin.com/in/ada-example-2"}""");
        IDestination destination = _lemlist.Open().Destination!;
        Wanted wanted = new(7, FieldSet.Of(Field("linkedinUrl", "https://www.linkedin.com/in/ada-example")));
        Assert.Equal(ada, Assert.Single(await destination.FindAsync(destination.Streams.Single(), [wanted], Token)).Record.Key.Id);
    }

    [Fact]
    public async Task A_field_of_the_team_that_is_not_registered_is_left_out()
    {
        Connection connection = _lemlist.Open();
        FieldMap map = connection.Maps.Single(m => m.Stream == "people");
        Unavailable missing = Assert.Single(await connection.Destination!.PrepareAsync([map with { Rules = [.. map.Rules, new("custom.colour", "favourite_colour")] }], Token));
        Assert.Equal("custom.colour", missing.Remote);
    }

    [Fact]
    public async Task Fields_of_leads_need_a_campaign()
    {
        _lemlist.Settings.Remove("campaign");
        Connection connection = _lemlist.Open();
        Assert.All(await connection.Destination!.PrepareAsync(connection.Maps, Token), u => Assert.Equal("companyName", u.Remote));
    }

    [Fact]
    public async Task A_campaign_that_is_not_there_stops_the_run()
    {
        _lemlist.Settings["campaign"] = "Winter";
        Connection connection = _lemlist.Open();
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => connection.Destination!.PrepareAsync(connection.Maps, Token));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.Contains("Spring", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_address_is_the_fields_fault_where_another_key_is_there()
    {
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Verb.Create, null, Field("email", "nonsense"), Field("linkedinUrl", "https://www.linkedin.com/in/ada-example")));
        Assert.Equal(("INVALID_EMAIL", "email"), (refused.Code, refused.OptionalField));
    }
}
