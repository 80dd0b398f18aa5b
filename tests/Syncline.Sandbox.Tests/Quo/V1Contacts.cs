using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Creating, reading and deleting contacts on v1 (contract, section 2).</summary>
public sealed class V1Contacts
{
    private readonly Office _office = new();

    [Fact]
    public void A_create_answers_201_with_ids_for_the_contact_and_its_items()
    {
        Reply made = _office.Make("ext-1", Office.Item("+12025550101", "mobile"), Office.Item("ada@example.com"));
        Assert.Equal(("ext-1", "public-api", "Ada"), ((string)made.Data["externalId"]!, (string)made.Data["source"]!, (string)made.Data["defaultFields"]!["firstName"]!));
        JsonNode phone = made.Data["defaultFields"]!["phoneNumbers"]![0]!;
        Assert.Equal(("mobile", "+12025550101"), ((string)phone["name"]!, (string)phone["value"]!));
        Assert.Matches("^[0-9a-f]{24}$", (string)phone["id"]!);
        Assert.StartsWith("US", (string)made.Data["createdByUserId"]!, StringComparison.Ordinal);
        Assert.Equal(made.Data.ToJsonString(), _office.Get("/v1/contacts/" + made.Id).Data.ToJsonString());
    }

    [Fact]
    public void A_contact_without_a_phone_number_is_legal() => Assert.Empty(_office.Held(_office.Make().Id).Phones);

    [Theory]
    [InlineData("""{}""", "/defaultFields")]
    [InlineData("""{"defaultFields":"Ada"}""", "/defaultFields")]
    [InlineData("""{"defaultFields":{}}""", "/defaultFields/firstName")]
    [InlineData("""{"defaultFields":{"firstName":5}}""", "/defaultFields/firstName")]
    [InlineData("""{"defaultFields":{"firstName":"A","lastName":5}}""", "/defaultFields/lastName")]
    [InlineData("""{"defaultFields":{"firstName":"A","phoneNumbers":[{"value":"+12025550101"}]}}""", "/defaultFields/phoneNumbers/0/name")]
    [InlineData("""{"defaultFields":{"firstName":"A","emails":[{"name":"work"}]}}""", "/defaultFields/emails/0/value")]
    [InlineData("""{"defaultFields":{"firstName":"A","emails":"a@example.com"}}""", "/defaultFields/emails")]
    [InlineData("""{"defaultFields":{"firstName":"A"},"externalId":""}""", "/externalId")]
    [InlineData("""{"defaultFields":{"firstName":"A"},"source":null}""", "/source")]
    [InlineData("""{"defaultFields":{"firstName":"A"},"sourceUrl":"no uri"}""", "/sourceUrl")]
    [InlineData("""{"defaultFields":{"firstName":"A"},"createdByUserId":"XX1"}""", "/createdByUserId")]
    public void A_malformed_body_is_a_400_that_names_the_member(string body, string path)
    {
        Reply refused = _office.Post("/v1/contacts", body);
        Assert.Equal((400, "0800400", 0), (refused.Status, refused.Code, _office.Quo.ContactCount));
        Assert.Equal([path], refused.FaultPaths);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    public void A_body_that_is_no_object_is_a_400(string body) => Assert.Equal(400, _office.Post("/v1/contacts", body).Status);

    [Fact]
    public void A_first_name_may_be_null_but_must_be_there() => Assert.Equal(201, _office.Post("/v1/contacts", """{"defaultFields":{"firstName":null}}""").Status);

    [Theory]
    [InlineData("openphone")]
    [InlineData("openphone-attio")]
    [InlineData("device")]
    [InlineData("csv")]
    [InlineData("csv-v2")]
    [InlineData("zapier")]
    [InlineData("google-people")]
    [InlineData("other")]
    [InlineData("OpenPhone")]
    public void A_reserved_source_is_a_400(string source) => Assert.Equal(["/source"], CreateWith("source", source).FaultPaths);

    [Theory]
    [InlineData("attio")]
    [InlineData("others")]
    [InlineData("my-csv")]
    public void Any_other_source_is_taken(string source) => Assert.Equal(201, CreateWith("source", source).Status);

    [Theory]
    [InlineData("externalId", 75)]
    [InlineData("source", 72)]
    [InlineData("sourceUrl", 200)]
    public void Lengths_are_bounded(string member, int most)
    {
        string start = member == "sourceUrl" ? "https://example.com/" : "";
        Assert.Equal(201, CreateWith(member, start.PadRight(most, 'x')).Status);
        Assert.Equal(400, CreateWith(member, start.PadRight(most + 1, 'x')).Status);
    }

    [Theory]
    [InlineData("""{"key":"nowhere","value":"x"}""", "/customFields/0/key")]
    [InlineData("""{"value":"x"}""", "/customFields/0/key")]
    [InlineData("""{"key":"segment","value":5}""", "/customFields/0/value")]
    [InlineData("""{"key":"segment"}""", "/customFields/0/value")]
    [InlineData("""{"key":"score","value":"5"}""", "/customFields/0/value")]
    [InlineData("""{"key":"vip","value":"true"}""", "/customFields/0/value")]
    [InlineData("""{"key":"since","value":"2026-01-02"}""", "/customFields/0/value")]
    [InlineData("""{"key":"tags","value":"a"}""", "/customFields/0/value")]
    [InlineData("""{"key":"tags","value":["a",1]}""", "/customFields/0/value")]
    public void A_custom_field_that_is_unknown_or_of_another_type_is_a_400_of_its_own_code(string item, string path)
    {
        Define();
        Reply refused = _office.Post("/v1/contacts", $$"""{"defaultFields":{"firstName":"A"},"customFields":[{{item}}]}""");
        Assert.Equal((400, "0801400", "Invalid Custom Field Item"), (refused.Status, refused.Code, (string)refused.Json!["title"]!));
        Assert.Equal([path], refused.FaultPaths);
        Assert.Equal(0, _office.Quo.ContactCount);
    }

    [Fact]
    public void Custom_fields_are_held_by_key_and_listed_as_people_defined_them()
    {
        Define();
        string id = _office.Make(extra: """
            "customFields":[{"key":"segment","value":"B2B"},{"key":"tags","value":["a"]},{"key":"score","value":null}]
            """).Id;
        Assert.Equal("B2B", (string)_office.Held(id).Custom("segment")!);
        Assert.Null(_office.Held(id).Custom("score"));
        Assert.Equal(["segment string", "score number", "vip boolean", "since date", "tags multi-select"],
            _office.Get("/v1/contact-custom-fields").Rows.Select(f => $"{f!["key"]} {f["type"]}"));
    }

    [Fact]
    public void A_delete_is_a_204_once_and_a_404_after()
    {
        string id = _office.Make().Id;
        Reply gone = _office.Delete("/v1/contacts/" + id);
        Assert.Equal((204, "", null), (gone.Status, gone.Raw.Body, gone.Raw.ContentType));
        foreach (string method in (string[])["DELETE", "GET", "PATCH"]) Assert.Equal((404, "0800404"), (_office.Send(method, "/v1/contacts/" + id, "{}").Status, _office.Send(method, "/v1/contacts/" + id, "{}").Code));
    }

    [Fact]
    public void The_same_external_id_is_taken_twice_and_both_are_found()
    {
        string[] ids = [_office.Make("ext-1").Id, _office.Make("ext-1").Id];
        Assert.Equal(ids, _office.Get("/v1/contacts?maxResults=10&externalIds=ext-1").Ids);
    }

    [Fact]
    public void A_409_can_meet_the_second_of_the_same_external_id_though_no_list_shows_the_first()
    {
        (_office.Behaviour.Duplicates, _office.Behaviour.ReadLag) = (DuplicateMode.Conflict409, TimeSpan.FromSeconds(2));
        _office.Make("ext-1", Office.Item("+12025550101"));
        Assert.Empty(_office.Get("/v1/contacts?maxResults=10&externalIds=ext-1").Ids);
        Reply refused = CreateWith("externalId", "ext-1");
        Assert.Equal((409, "0800409"), (refused.Status, refused.Code));
        _office.Make("ext-2", Office.Item("+12025550101"));
        _office.Behaviour.Duplicates = DuplicateMode.Conflict409OnPhone;
        Assert.Equal(409, _office.Post("/v1/contacts", $$"""{"defaultFields":{"firstName":"A","phoneNumbers":[{{Office.Item("+12025550101")}}]} }""").Status);
        Assert.Equal(2, _office.Quo.ContactCount);
    }

    [Theory]
    [InlineData(ContactPhones.AsSent, 201, "(202) 555-0101")]
    [InlineData(ContactPhones.Normalised, 201, "2025550101")]
    [InlineData(ContactPhones.E164Only, 400, null)]
    public void What_becomes_of_a_loosely_written_phone_number_is_a_switch(ContactPhones form, int status, string? held)
    {
        _office.Behaviour.ContactPhones = form;
        Assert.Equal(status, _office.Post("/v1/contacts", $$"""{"defaultFields":{"firstName":"A","phoneNumbers":[{{Office.Item("(202) 555-0101")}}]} }""").Status);
        Assert.Equal(held, _office.Quo.Contacts.SelectMany(c => c.Phones).FirstOrDefault());
    }

    [Theory]
    [InlineData(false, "Ada@Example.com")]
    [InlineData(true, "ada@example.com")]
    public void Whether_addresses_are_folded_is_a_switch(bool folded, string held)
    {
        _office.Behaviour.EmailsInLowerCase = folded;
        Assert.Equal([held], _office.Held(_office.Make(emails: Office.Item("Ada@Example.com")).Id).Emails);
    }

    [Theory]
    [InlineData(false, "0800400")]
    [InlineData(true, "0801400")]
    public void Which_code_a_plain_400_carries_is_a_switch(bool onlyDocumented, string code)
    {
        _office.Behaviour.OnlyDocumented400 = onlyDocumented;
        Assert.Equal(code, _office.Post("/v1/contacts", "{}").Code);
    }

    private Reply CreateWith(string member, string value) => _office.Post("/v1/contacts", $$"""{"defaultFields":{"firstName":"A"},"{{member}}":"{{value}}"}""");

    private void Define()
    {
        foreach ((string name, string type) in new[] { ("Segment", "string"), ("Score", "number"), ("VIP", "boolean"), ("Since", "date"), ("Tags", "multi-select") }) _office.Quo.App.DefineCustomField(name, type);
    }
}
