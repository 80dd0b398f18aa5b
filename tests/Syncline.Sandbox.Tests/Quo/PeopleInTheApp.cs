using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Faults;
using Syncline.Sandbox.Hosting;
using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>What people do in the app, what they see, and how the sandbox shows and steers it.</summary>
public sealed class PeopleInTheApp
{
    private readonly Office _office = new();

    [Fact]
    public void What_people_change_is_what_the_API_answers()
    {
        string id = _office.Make("ext-1", Office.Item("+12025550101")).Id;
        _office.Quo.App.DefineCustomField("Deal size", "number");
        Happen("edit", $"{id} company Quill and Sons");
        Happen("add-phone", $"{id} +12025550102");
        Happen("add-email", $"{id} ada@example.org");
        Happen("remove-item", $"{id} +12025550101");
        Happen("set-field", $"{id} deal-size 12");
        JsonNode contact = _office.Get("/v1/contacts/" + id).Data;
        Assert.Equal("Quill and Sons", (string)contact["defaultFields"]!["company"]!);
        Assert.Equal(["+12025550102"], contact["defaultFields"]!["phoneNumbers"]!.AsArray().Select(p => (string)p!["value"]!));
        Assert.Equal(12, (int)contact["customFields"]![0]!["value"]!);
        Happen("delete", id);
        Assert.Equal(404, _office.Get("/v1/contacts/" + id).Status);
    }

    [Fact]
    public void A_contact_made_in_the_app_has_no_source_or_the_apps_own()
    {
        Happen("add-contact", "+12025550101 Juno Reyes");
        Happen("add-openphone-contact", "+12025550102 Pavel Brook");
        Assert.Equal([null, "openphone"], _office.Get("/v1/contacts?maxResults=10").Rows.Select(c => (string?)c!["source"]));
    }

    [Theory]
    [InlineData(OwnedContacts.Forbidden, 403, 403, 403)]
    [InlineData(OwnedContacts.Conflict, 409, 403, 409)]
    [InlineData(OwnedContacts.Ignored, 200, 200, 204)]
    public void A_contact_that_an_integration_owns_is_read_only_and_how_that_shows_is_a_switch(OwnedContacts how, int v1, int dated, int delete)
    {
        _office.Behaviour.OwnedContacts = how;
        Happen("add-owned-contact", "hubspot +12025550101 Iris Vale");
        QuoContactView before = _office.Quo.Contacts.Single();
        Assert.Equal(v1, _office.Patch("/v1/contacts/" + before.Id, """{"defaultFields":{"firstName":"X"}}""").Status);
        Assert.Equal(dated, _office.Patch("/contacts/" + before.Id, """{"firstName":"X"}""").Status);
        Assert.Equal(delete, _office.Delete("/v1/contacts/" + before.Id).Status);
        Assert.Equal(("Iris Vale", "hubspot"), (_office.Held(before.Id).FirstName, _office.Held(before.Id).Source));
    }

    [Fact]
    public void An_API_contact_shows_in_the_app_once_a_conversation_with_its_number_exists()
    {
        string id = _office.Make(phones: Office.Item("+12025550101")).Id;
        Assert.False(_office.Held(id).IsVisibleInApp);
        Happen("conversation", "+12025550199");
        Assert.False(_office.Held(id).IsVisibleInApp);
        Happen("conversation", "+12025550101");
        Assert.True(_office.Held(id).IsVisibleInApp);
        Assert.True(_office.Held(_office.Quo.App.AddContact("Juno")).IsVisibleInApp);
    }

    [Fact]
    public void A_custom_field_that_is_removed_takes_its_values_along()
    {
        _office.Quo.App.DefineCustomField("Segment");
        string id = _office.Make(extra: "\"customFields\":[{\"key\":\"segment\",\"value\":\"B2B\"}]").Id;
        Happen("rename-field", "segment Market");
        Assert.Equal("Market", (string)_office.Get("/v1/contacts/" + id).Data["customFields"]![0]!["name"]!);
        Happen("remove-field", "segment");
        Assert.Empty(_office.Get("/v1/contacts/" + id).Data["customFields"]!.AsArray());
        Assert.Equal("0801400", _office.Patch("/v1/contacts/" + id, """{"customFields":[{"key":"segment","value":"x"}]}""").Code);
    }

    [Fact]
    public void Every_happening_refuses_an_argument_it_cannot_use() =>
        Assert.All(_office.Quo.Happenings, happening => Assert.Throws<ArgumentException>(() => happening.Happen("")));

    [Fact]
    public void Every_knob_takes_its_own_text() => Assert.All(_office.Quo.Knobs, knob =>
    {
        string text = knob.Get();
        knob.Set(text);
        Assert.Equal(text, knob.Get());
    });

    [Fact]
    public void A_lively_world_has_every_oddity_and_is_the_same_for_the_same_seed()
    {
        static Office Lively(int seed)
        {
            Office office = new(seed: seed);
            office.Quo.Populate(QuoWorld.Lively(400));
            return office;
        }
        QuoContactView[] contacts = [.. Lively(1).Quo.Contacts];
        Assert.Contains(contacts, c => c.IsOwnedByIntegration);
        Assert.Contains(contacts, c => c.Phones.Count == 0);
        Assert.Contains(contacts, c => c.Phones.Count == 2);
        Assert.Contains(contacts, c => !c.IsVisibleInApp);
        Assert.Contains(contacts.SelectMany(c => c.Phones).CountBy(p => p), p => p.Value > 1);
        Assert.Equal(Print(Lively(3)), Print(Lively(3)));
        Assert.NotEqual(Print(Lively(3)), Print(Lively(4)));
        static string Print(Office office) => string.Join('\n', office.Walk("/v1/contacts", 50)) + office.Get("/v1/contacts?maxResults=50").Raw.Body;
    }

    [Fact]
    public void Holdings_show_the_newest_rows_and_the_full_counts()
    {
        _office.Quo.Populate(QuoWorld.Plain(12));
        HeldTable contacts = _office.Quo.Holds(5)[0];
        Assert.Equal(("contacts", 5, 12L), (contacts.Name, contacts.Rows.Count, contacts.Count));
        Assert.Equal("ext-00012", contacts.Rows[0][1]);
        Assert.All(_office.Quo.Holds(5), t => Assert.All(t.Rows, row => Assert.Equal(t.Columns.Count, row.Count)));
    }

    [Fact]
    public void A_lost_answer_leaves_its_contact_behind()
    {
        SandboxGate gate = new([_office.Quo], _office.Clock) { Faults = new CountedFaults(_office.Clock) { LostAnswers = 1 } };
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = Office.Key };
        Delivery delivery = gate.Send("quo", new("POST", "/v1/contacts", "", headers, """{"defaultFields":{"firstName":"Ada"},"externalId":"ext-1"}"""));
        Assert.Null(delivery.Response);
        Assert.Single(_office.Quo.WithExternalId("ext-1"));
        Assert.Equal((1L, true), (gate.Ledger.Count, gate.Ledger.Entries[0].Reached));
    }

    [Fact]
    public async Task It_is_served_steered_and_shown_like_the_others()
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new([_office.Quo], _office.Clock), new(), TestContext.Current.CancellationToken);
        using HttpClient client = new() { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("_sandbox/quo/happenings/add-contact", new StringContent("+12025550101 Juno Reyes"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("_sandbox/quo/knobs/read-lag", new StringContent("00:00:02"))).StatusCode);
        HttpRequestMessage list = new(HttpMethod.Get, "quo/v1/contacts?maxResults=10");
        list.Headers.TryAddWithoutValidation("Authorization", Office.Key);
        Assert.Contains("Juno Reyes", await (await client.SendAsync(list)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(2), _office.Behaviour.ReadLag);
        Assert.Contains("Juno Reyes", await client.GetStringAsync("_sandbox/quo/holds"), StringComparison.Ordinal);
        Assert.Contains("Juno Reyes", Encoding.UTF8.GetString(await client.GetByteArrayAsync("")), StringComparison.Ordinal);
        Assert.DoesNotContain(Office.Key, await client.GetStringAsync("_sandbox/ledger"), StringComparison.Ordinal);
    }

    private void Happen(string name, string argument) => _office.Quo.Happenings.Single(h => h.Name == name).Happen(argument);
}
