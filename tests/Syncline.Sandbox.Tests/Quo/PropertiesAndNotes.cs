using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>What belongs to a contact on the dated surface (contract, section 3).</summary>
public sealed class PropertiesAndNotes
{
    private readonly Office _office = new();
    private readonly string _contact;

    public PropertiesAndNotes()
    {
        _office.Quo.App.DefineCustomField("Segment");
        _contact = _office.Make("ext-1", Office.Item("+12025550101"), Office.Item("ada@example.com"), "\"customFields\":[{\"key\":\"segment\",\"value\":\"B2B\"}]").Id;
    }

    private string Properties => $"/contacts/{_contact}/properties";
    private string Notes => $"/contacts/{_contact}/notes";

    [Fact]
    public void Everything_that_v1_holds_inside_is_a_property_here()
    {
        Assert.Equal(["phone-number work +12025550101", "email work ada@example.com", "string Segment B2B"],
            _office.Get(Properties).Rows.Select(p => $"{p!["type"]} {p["name"]} {p["value"]}"));
        Assert.Single(_office.Get(Properties + "?type=email").Rows);
        Assert.Equal(["/query/limit"], _office.Get(Properties + "?limit=51").FaultPaths);
    }

    [Fact]
    public void A_property_is_made_with_200_and_shows_on_v1()
    {
        Reply made = _office.Post(Properties, """{"type":"phone-number","name":"mobile","value":"+12025550102"}""");
        Assert.Equal((200, "mobile"), (made.Status, (string)made.Data["name"]!));
        Assert.Equal(["+12025550101", "+12025550102"], _office.Get("/v1/contacts/" + _contact).Data["defaultFields"]!["phoneNumbers"]!.AsArray().Select(p => (string)p!["value"]!));
        Assert.Equal(made.Data.ToJsonString(), _office.Get($"{Properties}/{made.Id}").Data.ToJsonString());
    }

    [Theory]
    [InlineData("""{"value":"x"}""", "/body/type")]
    [InlineData("""{"type":"string"}""", "/body/value")]
    [InlineData("""{"type":"string","value":null}""", "/body/value")]
    [InlineData("""{"type":"number","value":"5"}""", "/body/value")]
    [InlineData("""{"type":"boolean","value":"true"}""", "/body/value")]
    [InlineData("""{"type":"phone-number","value":5}""", "/body/value")]
    public void A_malformed_property_is_a_400(string body, string path) => Assert.Equal([path], _office.Post(Properties, body).FaultPaths);

    [Theory]
    [InlineData("""{"type":"anything","value":{"a":1}}""")]
    [InlineData("""{"type":"multi-select","value":["a","b"]}""")]
    [InlineData("""{"type":"table","value":[["a"],["b"]]}""")]
    public void The_type_is_a_free_string(string body) => Assert.Equal(200, _office.Post(Properties, body).Status);

    [Fact]
    public void Name_and_value_change_and_the_type_does_not()
    {
        string id = _office.Get(Properties + "?type=phone-number").Ids.Single();
        Reply changed = _office.Patch($"{Properties}/{id}", """{"value":"+12025550109"}""");
        Assert.Equal((200, "work", "+12025550109"), (changed.Status, (string)changed.Data["name"]!, (string)changed.Data["value"]!));
        Assert.Equal(["/body/type"], _office.Patch($"{Properties}/{id}", """{"type":"email"}""").FaultPaths);
        Assert.Equal(400, _office.Patch($"{Properties}/{id}", """{"type":"phone-number"}""").Status);
        Assert.Equal(["+12025550109"], _office.Held(_contact).Phones);
    }

    [Fact]
    public void A_property_goes_with_204_and_is_a_404_after()
    {
        string id = _office.Get(Properties + "?type=phone-number").Ids.Single();
        Assert.Equal(204, _office.Delete($"{Properties}/{id}").Status);
        Assert.Equal(404, _office.Delete($"{Properties}/{id}").Status);
        Assert.Equal(404, _office.Get("/contacts/unknown/properties").Status);
        Assert.Empty(_office.Held(_contact).Phones);
    }

    [Theory]
    [InlineData(false, "B2B")]
    [InlineData(true, "B2C")]
    public void Whether_a_property_named_like_a_custom_field_is_that_field_is_a_switch(bool binds, string onV1)
    {
        _office.Behaviour.PropertiesBind = binds;
        _office.Post(Properties, """{"type":"string","name":"Segment","value":"B2C"}""");
        Assert.Equal(onV1, (string)_office.Get("/v1/contacts/" + _contact).Data["customFields"]!.AsArray().Single()!["value"]!);
    }

    [Fact]
    public void A_free_property_outlives_a_v1_patch()
    {
        string id = _office.Post(Properties, """{"type":"string","name":"Free","value":"x"}""").Id;
        _office.Patch("/v1/contacts/" + _contact, """{"defaultFields":{"lastName":"Q"}}""");
        Assert.Equal([id], _office.Held(_contact).Items.Select(i => i.Id));
    }

    [Fact]
    public void A_note_is_made_with_200_changed_and_deleted_with_204()
    {
        Reply made = _office.Post(Notes, """{"text":"Met at a fair ☎"}""");
        Assert.Equal((200, "Met at a fair ☎"), (made.Status, (string)made.Data["text"]!));
        _office.Post(Notes, """{"text":"Met at a fair ☎"}""");
        Assert.Equal(2, _office.Get(Notes).Rows.Count);
        Assert.Equal("Later", (string)_office.Patch($"{Notes}/{made.Id}", """{"text":"Later"}""").Data["text"]!);
        Assert.Equal("Later", (string)_office.Get($"{Notes}/{made.Id}").Data["text"]!);
        Assert.Equal((204, 404), (_office.Delete($"{Notes}/{made.Id}").Status, _office.Get($"{Notes}/{made.Id}").Status));
        Assert.Equal(["Met at a fair ☎"], _office.Held(_contact).Notes);
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(1, 200)]
    [InlineData(2000, 200)]
    [InlineData(2001, 400)]
    public void A_note_has_1_to_2000_characters(int length, int status) =>
        Assert.Equal(status, _office.Post(Notes, new JsonObject { ["text"] = new string('x', length) }.ToJsonString()).Status);

    [Theory]
    [InlineData(false, "2026-09-15T12:00:00.000Z")]
    [InlineData(true, "2026-09-15T12:00:09.000Z")]
    public void Whether_a_note_moves_its_contact_is_a_switch(bool moves, string updatedAt)
    {
        _office.Behaviour.NotesTouchContacts = moves;
        _office.Clock.Advance(TimeSpan.FromSeconds(9));
        _office.Post(Notes, """{"text":"x"}""");
        Assert.Equal(updatedAt, (string)_office.Get("/contacts/" + _contact).Data["updatedAt"]!);
    }

    [Fact]
    public void Shares_tell_with_whom()
    {
        Assert.Empty(_office.Get($"/contacts/{_contact}/shares").Rows);
        _office.Quo.App.Share(_contact, _office.Quo.UserIds[1]);
        JsonNode share = _office.Get($"/contacts/{_contact}/shares").Rows.Single()!;
        Assert.Equal((_contact, _office.Quo.UserIds[1]), ((string)share["contactId"]!, (string)share["sharedWith"]!));
    }
}
