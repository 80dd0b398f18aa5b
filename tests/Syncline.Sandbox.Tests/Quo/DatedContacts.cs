using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Contacts of the dated surface (contract, section 3).</summary>
public sealed class DatedContacts
{
    private readonly Office _office = new();

    [Fact]
    public void A_contact_is_flat()
    {
        Reply made = _office.Post("/contacts", """{"firstName":"Ada","lastName":"Quill","company":"Q","role":"CEO","externalId":"ext-1","source":"attio","sourceUrl":"https://example.com/1"}""");
        Assert.Equal(201, made.Status);
        Assert.Equal(["id", "externalId", "source", "sourceUrl", "firstName", "lastName", "company", "role", "createdAt", "updatedAt", "actorId"], made.Data.AsObject().Select(p => p.Key));
        Assert.Equal(_office.Quo.UserIds[0], (string)made.Data["actorId"]!);
        Assert.Equal(made.Data.ToJsonString(), _office.Get("/contacts/" + made.Id).Data.ToJsonString());
    }

    [Fact]
    public void There_is_no_default_source() => Assert.Null((string?)Make().Data["source"]);

    [Theory]
    [InlineData("{}", "/body/firstName")]
    [InlineData("""{"firstName":null}""", "/body/firstName")]
    [InlineData("""{"firstName":"A","phoneNumbers":[]}""", "/body/phoneNumbers")]
    [InlineData("""{"firstName":"A","emails":[{"name":"work","value":"a@example.com"}]}""", "/body/emails")]
    [InlineData("""{"firstName":"A","defaultFields":{}}""", "/body/defaultFields")]
    [InlineData("""{"firstName":"A","actorId":"PN1"}""", "/body/actorId")]
    public void What_is_not_of_its_shape_is_a_400(string body, string path)
    {
        Reply refused = _office.Post("/contacts", body);
        Assert.Equal((400, path), (refused.Status, refused.FaultPaths.Single()));
        Assert.Null(refused.Json!["code"]);
    }

    [Fact]
    public void Phones_do_not_get_in_even_where_unknown_members_are_ignored()
    {
        _office.Behaviour.UnknownMembers = Strictness.Ignore;
        Reply made = _office.Post("/contacts", """{"firstName":"A","phoneNumbers":[{"name":"work","value":"+12025550101"}]}""");
        Assert.Equal(201, made.Status);
        Assert.Equal(200, _office.Patch("/contacts/" + made.Id, """{"emails":["a@example.com"]}""").Status);
        Assert.Empty(_office.Held(made.Id).Items);
    }

    [Fact]
    public void A_patch_merges_and_null_clears_and_what_v1_holds_stays()
    {
        string id = _office.Make("ext-1", Office.Item("+12025550101")).Id;
        Assert.Equal(200, _office.Patch("/contacts/" + id, """{"lastName":"Quill"}""").Status);
        _office.Patch("/contacts/" + id, """{"externalId":null}""");
        QuoContactView held = _office.Held(id);
        Assert.Equal(("Ada", "Quill", null, "+12025550101"), (held.FirstName, held.LastName, held.ExternalId, held.Phones.Single()));
    }

    [Fact]
    public void A_patch_that_clears_what_it_leaves_out_is_a_switch()
    {
        _office.Behaviour.DatedPatchClears = true;
        string id = _office.Make("ext-1", Office.Item("+12025550101")).Id;
        _office.Patch("/contacts/" + id, """{"lastName":"Quill"}""");
        QuoContactView held = _office.Held(id);
        Assert.Equal((null, "Quill", null, "+12025550101"), (held.FirstName, held.LastName, held.ExternalId, held.Phones.Single()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("51")]
    [InlineData("many")]
    public void A_limit_outside_1_to_50_is_a_400_that_names_it(string limit) =>
        Assert.Equal(["/query/limit"], _office.Get("/contacts?limit=" + limit).FaultPaths);

    [Fact]
    public void Pages_have_ten_rows_unless_told_and_end_with_a_null_cursor()
    {
        string[] made = [.. Enumerable.Range(0, 12).Select(_ => Make().Id)];
        Reply first = _office.Get("/contacts");
        Assert.Equal(made[..10], first.Ids);
        Reply second = _office.Get("/contacts?after=" + Uri.EscapeDataString(first.NextCursor!));
        Assert.Equal(made[10..], second.Ids);
        Assert.Null(second.NextCursor);
        Assert.Equal(400, _office.Get("/contacts?after=nonsense").Status);
        Assert.False(first.Json!.AsObject().ContainsKey("totalItems"));
    }

    [Fact]
    public void Filters_take_one_value_or_a_list_and_join_with_and()
    {
        string a = Make("""{"firstName":"A","externalId":"a","source":"attio"}""").Id, b = Make("""{"firstName":"B","externalId":"b"}""").Id;
        Assert.Equal([a], _office.Get("/contacts?externalId=a").Ids);
        Assert.Equal([a, b], _office.Get("/contacts?externalId%5Bin%5D=b,a,unknown").Ids);
        Assert.Equal([a], _office.Get("/contacts?externalId[in]=b,a&source=attio").Ids);
        Assert.Equal([a], _office.Get("/contacts?source[in]=attio,hubspot").Ids);
    }

    [Fact]
    public void A_list_of_more_than_50_ids_is_a_400()
    {
        static string Query(int count) => "/contacts?externalId[in]=" + string.Join(',', Enumerable.Range(0, count));
        Assert.Equal(200, _office.Get(Query(50)).Status);
        Assert.Equal(["/query/externalId[in]"], _office.Get(Query(51)).FaultPaths);
    }

    [Theory]
    [InlineData("externalId[like]=a")]
    [InlineData("source[gt]=a")]
    [InlineData("firstName[in]=a")]
    public void An_operator_that_is_not_supported_is_a_400(string query) => Assert.Equal(400, _office.Get("/contacts?" + query).Status);

    [Theory]
    [InlineData(Strictness.Refuse, 400)]
    [InlineData(Strictness.Ignore, 200)]
    public void A_filter_there_is_not_is_a_switch(Strictness strictness, int status)
    {
        _office.Behaviour.UnknownMembers = strictness;
        Assert.Equal(status, _office.Get("/contacts?phoneNumber=%2B12025550101").Status);
    }

    [Fact]
    public void A_delete_is_a_204_once_and_a_404_after()
    {
        string id = Make().Id;
        Assert.Equal((204, ""), (_office.Delete("/contacts/" + id).Status, _office.Quo.Contact(id) is null ? "" : "held"));
        Assert.Equal(404, _office.Delete("/contacts/" + id).Status);
        Assert.Equal(404, _office.Patch("/contacts/" + id, "{}").Status);
    }

    [Fact]
    public void Nothing_here_is_a_409()
    {
        _office.Behaviour.Duplicates = DuplicateMode.Conflict409OnPhone;
        Make("""{"firstName":"A","externalId":"a"}""");
        Assert.Equal(201, _office.Post("/contacts", """{"firstName":"A","externalId":"a"}""").Status);
    }

    [Theory]
    [InlineData(ReservedSources.V1Create, 201)]
    [InlineData(ReservedSources.Everywhere, 400)]
    public void Whether_reserved_sources_are_refused_here_is_a_switch(ReservedSources where, int status)
    {
        _office.Behaviour.ReservedSources = where;
        Assert.Equal(status, _office.Post("/contacts", """{"firstName":"A","source":"zapier"}""").Status);
    }

    [Fact]
    public void A_contact_of_a_system_actor_still_shows_a_user_on_v1()
    {
        string id = Make("""{"firstName":"A","actorId":"SYU123"}""").Id;
        Assert.Equal("SYU123", (string)_office.Get("/contacts/" + id).Data["actorId"]!);
        Assert.StartsWith("US", (string)_office.Get("/v1/contacts/" + id).Data["createdByUserId"]!, StringComparison.Ordinal);
    }

    private Reply Make(string body = """{"firstName":"Ada"}""")
    {
        Reply made = _office.Post("/contacts", body);
        Assert.True(made.Status == 201, made.Raw.Body);
        return made;
    }
}
