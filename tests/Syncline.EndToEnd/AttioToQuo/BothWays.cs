using System.Text.Json.Nodes;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Quo;

namespace Syncline.EndToEnd.AttioToQuo;

/// <summary>What somebody edits in Quo comes back to Attio, or does not, as the configuration says; the two are quiet after two cycles.</summary>
public sealed class BothWays
{
    private const string Latest = "{ from: [attio, quo], to: [attio, quo], kinds: [person] }";

    private const string AttioIsRight =
        "{ from: [attio, quo], to: [attio, quo], kinds: [person], merge: { person: { first_name: source-of-truth(attio), last_name: source-of-truth(attio), full_name: source-of-truth(attio) } } }";

    // Goes further than a source of truth: the numbers of Quo are not read at all.
    private const string NumbersGoOneWay = "maps: { quo: { person: { phone: { direction: out } } } }";

    [Fact]
    public async Task A_name_edited_in_quo_comes_back_to_attio()
    {
        await using Office office = await Office.OpenAsync(Latest, plainAttio: true);
        string ada = office.AddPerson("Ada", "+12125550100", "Engineer");
        await office.SyncAsync();
        office.Quo.App.Edit(office.ContactOf(ada).Id, "lastName", "King");
        await CycleTwiceAsync(office);
        Assert.Equal(("Ada", "King"), NameIn(office, ada));
        Assert.Equal("King", office.ContactOf(ada).LastName);
    }

    [Fact]
    public async Task A_number_added_in_quo_comes_back_to_attio()
    {
        await using Office office = await Office.OpenAsync(Latest, plainAttio: true);
        string ada = office.AddPerson("Ada", "+12125550100");
        await office.SyncAsync();
        office.Quo.App.AddPhone(office.ContactOf(ada).Id, "+12125550111");
        await CycleTwiceAsync(office);
        Assert.Equal(["+12125550100", "+12125550111"], Person(office, ada).Texts("phone_numbers").Order(StringComparer.Ordinal));
        Assert.Equal(["+12125550100", "+12125550111"], office.ContactOf(ada).Phones.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_number_of_attios_that_is_removed_in_quo_goes_in_attio_too()
    {
        await using Office office = await Office.OpenAsync(Latest, plainAttio: true);
        string ada = office.AddPerson("Ada", "+12125550100");
        office.Attio.EditByPerson("people", ada, "phone_numbers", new JsonArray("+12125550100", "+12125550101"));
        await office.SyncAsync();
        office.Quo.App.RemoveItem(office.ContactOf(ada).Id, "+12125550101");
        await CycleTwiceAsync(office);
        Assert.Equal(["+12125550100"], office.ContactOf(ada).Phones);
        Assert.Equal(["+12125550100"], Person(office, ada).Texts("phone_numbers"));
    }

    [Fact]
    public async Task A_last_number_removed_in_quo_stays_in_attio()
    {
        await using Office office = await Office.OpenAsync(Latest, plainAttio: true);
        string ada = office.AddPerson("Ada", "+12125550100");
        await office.SyncAsync();
        office.Quo.App.RemoveItem(office.ContactOf(ada).Id, "+12125550100");
        await CycleTwiceAsync(office);
        Assert.Equal(["+12125550100"], Person(office, ada).Texts("phone_numbers"));
        Assert.Empty(office.ContactOf(ada).Phones);
    }

    [Fact]
    public async Task A_name_edited_on_both_sides_comes_to_agree()
    {
        await using Office office = await Office.OpenAsync(Latest, plainAttio: true);
        string ada = office.AddPerson("Ada", "+12125550100", "Engineer");
        await office.SyncAsync();
        office.Quo.App.Edit(office.ContactOf(ada).Id, "role", "Countess");
        office.Attio.EditByPerson("people", ada, "job_title", "CTO");
        await CycleTwiceAsync(office);
        Assert.Equal(Person(office, ada).Text("job_title"), office.ContactOf(ada).Role);
    }

    [Fact]
    public async Task Where_attio_is_the_source_of_truth_for_numbers_those_of_quo_do_not_come_back()
    {
        await using Office office = await Office.OpenAsync("{ from: [attio, quo], to: [attio, quo], kinds: [person], merge: { person: { phone: source-of-truth(attio) } } }", plainAttio: true);
        string ada = office.AddPerson("Ada", "+12125550100");
        await office.SyncAsync();
        office.Quo.App.AddPhone(office.ContactOf(ada).Id, "+12125550111");
        await CycleTwiceAsync(office);
        Assert.Equal(["+12125550100"], Person(office, ada).Texts("phone_numbers"));
        Assert.Equal(2, office.ContactOf(ada).Phones.Count);
    }

    [Fact]
    public async Task A_number_that_came_from_quo_and_is_removed_there_goes_in_attio()
    {
        await using Office office = await Office.OpenAsync(Latest, plainAttio: true);
        office.Quo.App.AddContact("Bob", "Example", "+12125550102", "bob@example.com");
        string contact = office.Quo.Contacts.Single().Id;
        office.Quo.App.AddPhone(contact, "+12125550103");
        await office.SyncAsync();
        Assert.Equal(2, office.Attio.Records("people").Single().Texts("phone_numbers").Count);
        office.Quo.App.RemoveItem(contact, "+12125550103");
        await CycleTwiceAsync(office);
        Assert.Equal(["+12125550102"], office.Attio.Records("people").Single().Texts("phone_numbers"));
    }

    [Fact]
    public async Task Where_attio_is_the_source_of_truth_a_name_edited_in_quo_does_not_come_back()
    {
        await using Office office = await Office.OpenAsync(AttioIsRight, plainAttio: true);
        string ada = office.AddPerson("Ada", "+12125550100", "Engineer");
        await office.SyncAsync();
        office.Quo.App.Edit(office.ContactOf(ada).Id, "lastName", "King");
        await CycleTwiceAsync(office);
        Assert.Equal(("Ada", "Example"), NameIn(office, ada));
    }

    [Fact]
    public async Task Where_numbers_go_one_way_those_added_and_removed_in_quo_do_not_come_back()
    {
        await using Office office = await Office.OpenAsync(AttioIsRight, plainAttio: true, more: NumbersGoOneWay);
        string ada = office.AddPerson("Ada", "+12125550100");
        office.Attio.EditByPerson("people", ada, "phone_numbers", new JsonArray("+12125550100", "+12125550101"));
        await office.SyncAsync();
        string contact = office.ContactOf(ada).Id;
        office.Quo.App.AddPhone(contact, "+12125550111");
        office.Quo.App.RemoveItem(contact, "+12125550101");
        await CycleTwiceAsync(office);
        Assert.Equal(["+12125550100", "+12125550101"], Person(office, ada).Texts("phone_numbers").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Attios_own_edits_go_on_to_quo_under_either()
    {
        foreach (string sync in (string[])[Latest, AttioIsRight])
        {
            await using Office office = await Office.OpenAsync(sync, plainAttio: true, more: sync == AttioIsRight ? NumbersGoOneWay : "");
            string ada = office.AddPerson("Ada", "+12125550100");
            await office.SyncAsync();
            office.Attio.EditByPerson("people", ada, "phone_numbers", new JsonArray("+12125550199"));
            office.Attio.EditByPerson("people", ada, "name", new JsonObject { ["first_name"] = "Ada", ["last_name"] = "King", ["full_name"] = "Ada King" });
            await CycleTwiceAsync(office);
            Assert.Equal(("King", "+12125550199"), (office.ContactOf(ada).LastName, office.ContactOf(ada).Phones.Single()));
        }
    }

    /// <summary>After two cycles the third writes nothing on either side, and nobody has become two.</summary>
    private static async Task CycleTwiceAsync(Office office)
    {
        int people = office.Attio.Records("people").Count, contacts = office.Quo.ContactCount;
        await office.SyncAsync();
        await office.SyncAsync();
        office.ForgetCalls();
        await office.SyncAsync();
        Assert.Empty(office.QuoWrites);
        Assert.DoesNotContain(office.AttioCalls, IsWrite);
        Assert.Equal((people, contacts), (office.Attio.Records("people").Count, office.Quo.ContactCount));
    }

    private static bool IsWrite(SandboxRequest request) => request.Method is "PUT" or "PATCH" or "DELETE" || (request.Method == "POST" && !request.Path.EndsWith("/query", StringComparison.Ordinal));

    private static AttioRecordView Person(Office office, string id) => office.Attio.Record("people", id)!;

    private static (string?, string?) NameIn(Office office, string id)
    {
        JsonNode name = Person(office, id).Raw("name")[0]!;
        return ((string?)name["first_name"], (string?)name["last_name"]);
    }
}
