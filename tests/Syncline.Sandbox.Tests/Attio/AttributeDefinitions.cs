using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Attio;

public sealed class AttributeDefinitions
{
    private readonly Workbench _bench = new Workbench().WithThings();

    private static JsonObject Whole(string slug = "extra", string type = "text") => new()
    {
        ["title"] = "Extra", ["description"] = null, ["api_slug"] = slug, ["type"] = type, ["is_required"] = false, ["is_unique"] = false,
        ["is_multiselect"] = false, ["config"] = new JsonObject(),
    };

    private Reply Make(string path, JsonObject data) => _bench.Post($"/v2/{path}/attributes", new JsonObject { ["data"] = data }.ToJsonString());

    [Fact]
    public void A_fresh_workspace_has_people_and_companies_only()
    {
        Workbench bench = new();
        Assert.Equal(["people", "companies"], bench.Get("/v2/objects").Rows.Select(o => (string?)o!["api_slug"]));
        Assert.Equal((404, "not_found"), (bench.Get("/v2/objects/deals").Status, bench.Get("/v2/objects/deals").Code));
        bench.Turn("object-deals", "true");
        Assert.Equal(200, bench.Get("/v2/objects/deals").Status);
        Assert.Contains("associated_deals", bench.Get("/v2/objects/people/attributes").Rows.Select(a => (string?)a!["api_slug"]));
    }

    [Fact]
    public void People_have_the_system_attributes()
    {
        JsonNode[] all = [.. _bench.Get("/v2/objects/people/attributes").Rows.Select(n => n!)];
        JsonNode emails = all.Single(a => (string?)a["api_slug"] == "email_addresses");
        Assert.True((bool)emails["is_unique"]! && (bool)emails["is_multiselect"]! && (bool)emails["is_system_attribute"]!);
        HashSet<string> readOnly = [.. all.Where(a => !(bool)a["is_writable"]!).Select(a => (string)a["api_slug"]!)];
        Assert.Superset(new HashSet<string>(["record_id", "created_at", "created_by", "avatar_url", "last_interaction", "strongest_connection_user"]), readOnly);
        Assert.DoesNotContain("linkedin", readOnly);
        Assert.DoesNotContain("updated_at", all.Select(a => (string?)a["api_slug"]));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("description")]
    [InlineData("api_slug")]
    [InlineData("type")]
    [InlineData("is_required")]
    [InlineData("is_unique")]
    [InlineData("is_multiselect")]
    [InlineData("config")]
    public void All_eight_keys_are_required(string key)
    {
        JsonObject data = Whole();
        data.Remove(key);
        Reply reply = Make("objects/people", data);
        Assert.Equal((400, "validation_type", $"data.{key}"), (reply.Status, reply.Code, reply.FaultPath));
    }

    [Fact]
    public void An_extra_key_is_refused()
    {
        JsonObject data = Whole();
        data["colour"] = "red";
        Assert.Equal(400, Make("objects/people", data).Status);
    }

    [Fact]
    public void An_answer_has_every_key_and_both_configs()
    {
        JsonNode made = Make("objects/people", Whole()).Data;
        foreach (string key in (string[])["id", "title", "description", "api_slug", "type", "is_system_attribute", "is_writable", "is_required", "is_unique", "is_multiselect", "is_default_value_enabled", "is_archived", "default_value", "relationship", "created_at", "config"])
        {
            Assert.True(made.AsObject().ContainsKey(key), key);
        }
        Assert.Equal("""{"currency":{"default_currency_code":null,"display_type":null},"record_reference":{"allowed_object_ids":null}}""", made["config"]!.ToJsonString());
    }

    [Theory]
    [InlineData("people", "text", 400)]
    [InlineData("companies", "text", 400)]
    [InlineData("things", "text", 200)]
    [InlineData("things", "select", 400)]
    public void Unique_is_refused_on_people_companies_and_selects(string table, string type, int status)
    {
        JsonObject data = Whole(type: type);
        data["is_unique"] = true;
        Reply reply = Make($"objects/{table}", data);
        Assert.Equal(status, reply.Status);
        if (status == 400) Assert.Equal(("validation_type", "Cannot set attribute as unique."), (reply.Code, reply.Message));
    }

    [Fact]
    public void Unique_is_refused_on_people_by_patch_too()
    {
        Make("objects/people", Whole());
        Assert.Equal("Cannot set attribute as unique.", _bench.Patch("/v2/objects/people/attributes/extra", """{"data":{"is_unique":true}}""").Message);
    }

    [Fact]
    public void A_slug_is_taken_even_by_an_archived_attribute()
    {
        Make("objects/people", Whole());
        Assert.Equal((409, "slug_conflict"), (Make("objects/people", Whole()).Status, Make("objects/people", Whole()).Code));
        Assert.Equal(200, _bench.Patch("/v2/objects/people/attributes/extra", """{"data":{"is_archived":true}}""").Status);
        Assert.Equal(409, Make("objects/people", Whole()).Status);
        Assert.DoesNotContain("extra", Slugs("/v2/objects/people/attributes"));
        Assert.Contains("extra", Slugs("/v2/objects/people/attributes?show_archived=true"));
        Assert.Equal((400, "value_not_found"), (_bench.TryCreate("people", """{"extra":"x"}""").Status, _bench.TryCreate("people", """{"extra":"x"}""").Code));
    }

    [Theory]
    [InlineData("""{"type":"number"}""")]
    [InlineData("""{"is_multiselect":true}""")]
    [InlineData("{}")]
    public void Type_and_multiselect_never_change(string data)
    {
        Make("objects/people", Whole());
        Reply reply = _bench.Patch("/v2/objects/people/attributes/extra", $$$"""{"data":{{{data}}}}""");
        Assert.Equal((400, "validation_type"), (reply.Status, reply.Code));
    }

    [Fact]
    public void System_attributes_cannot_be_edited() =>
        Assert.Equal("system_edit_unauthorized", _bench.Patch("/v2/objects/people/attributes/job_title", """{"data":{"title":"Role"}}""").Code);

    [Theory]
    [InlineData("interaction")]
    [InlineData("personal-name")]
    [InlineData("nonsense")]
    public void Some_types_cannot_be_made(string type) => Assert.Equal(400, Make("objects/things", Whole(type: type)).Status);

    [Fact]
    public void A_status_is_refused_on_people() => Assert.Equal(400, Make("objects/people", Whole(type: "status")).Status);

    [Fact]
    public void A_default_is_refused_on_people_and_used_elsewhere()
    {
        JsonObject data = Whole();
        data["default_value"] = JsonNode.Parse("""{"type":"static","template":["new"]}""");
        Assert.Equal(400, Make("objects/people", (JsonObject)data.DeepClone()).Status);
        Assert.Equal(200, Make("objects/things", data).Status);
        Assert.Equal("new", (string?)_bench.Create("things", "{}").Value("extra")["value"]);
    }

    [Theory]
    [InlineData("a_timestamp", "timestamp", """{"type":"dynamic","template":"P1DT2H"}""", 200)]
    [InlineData("a_timestamp", "timestamp", """{"type":"dynamic","template":"Pfoo"}""", 400)]
    [InlineData("a_text", "text", """{"type":"static","template":"new"}""", 400)]
    [InlineData("a_text", "text", """{"type":"other","template":[]}""", 400)]
    public void A_default_has_a_known_form(string slug, string type, string given, int status)
    {
        JsonObject data = Whole(slug + "_2", type);
        data["default_value"] = JsonNode.Parse(given);
        Assert.Equal(status, Make("objects/things", data).Status);
        if (status == 200) Assert.Equal("2026-05-05T11:30:00.250000000Z", (string?)_bench.Create("things", "{}").Value(slug + "_2")["value"]);
    }

    [Fact]
    public void A_relationship_makes_the_reverse_attribute()
    {
        JsonObject data = Whole("person", "record-reference");
        data["relationship"] = JsonNode.Parse("""{"object":"people","title":"Things","api_slug":"things","is_multiselect":true}""");
        JsonNode made = Make("objects/things", data).Data;
        JsonNode back = _bench.Get("/v2/objects/people/attributes/things").Data;
        Assert.Equal((string?)made["id"]!["attribute_id"], (string?)back["relationship"]!["id"]!["attribute_id"]);
        Assert.Equal((string?)back["id"]!["attribute_id"], (string?)made["relationship"]!["id"]!["attribute_id"]);
        Assert.True((bool)back["is_multiselect"]!);
        string people = (string)_bench.Get("/v2/objects/people").Data["id"]!["object_id"]!;
        Assert.Equal(people, (string?)made["config"]!["record_reference"]!["allowed_object_ids"]![0]);
    }

    [Fact]
    public void Options_are_made_renamed_and_archived_but_never_twice()
    {
        const string options = "/v2/objects/things/attributes/a_select/options";
        Assert.Equal(200, _bench.Post(options, """{"data":{"title":"Black"}}""").Status);
        Assert.Equal((409, "slug_conflict"), (_bench.Post(options, """{"data":{"title":"Black"}}""").Status, _bench.Post(options, """{"data":{"title":"Black"}}""").Code));
        Assert.Equal(200, _bench.Patch($"{options}/Black", """{"data":{"is_archived":true}}""").Status);
        Assert.Equal(409, _bench.Post(options, """{"data":{"title":"Black"}}""").Status);
        Assert.Equal(["Red", "Green", "Blue"], _bench.Get(options).Rows.Select(o => (string?)o!["title"]));
        Assert.Equal(4, _bench.Get($"{options}?show_archived=true").Rows.Count);
        string id = (string)_bench.Patch($"{options}/Red", """{"data":{"title":"Crimson"}}""").Data["id"]!["option_id"]!;
        Assert.Equal(200, _bench.Patch($"{options}/{id}", """{"data":{"title":"Red"}}""").Status);
        Assert.Equal("This attribute is not a select attribute.", _bench.Get("/v2/objects/things/attributes/a_text/options").Message);
    }

    [Fact]
    public void Objects_need_three_keys_and_a_free_slug()
    {
        Assert.Equal("data.plural_noun", _bench.Post("/v2/objects", """{"data":{"api_slug":"boats","singular_noun":"Boat"}}""").FaultPath);
        const string boats = """{"data":{"api_slug":"boats","singular_noun":"Boat","plural_noun":"Boats"}}""";
        Assert.Equal(200, _bench.Post("/v2/objects", boats).Status);
        Assert.Equal((409, "slug_conflict"), (_bench.Post("/v2/objects", boats).Status, _bench.Post("/v2/objects", boats).Code));
        Assert.Equal("Ship", (string?)_bench.Patch("/v2/objects/boats", """{"data":{"singular_noun":"Ship"}}""").Data["singular_noun"]);
    }

    [Fact]
    public void A_renamed_slug_answers_under_the_new_name_and_the_same_id()
    {
        string id = (string)Make("objects/things", Whole()).Data["id"]!["attribute_id"]!;
        string record = _bench.Create("things", """{"extra":"kept"}""").RecordId;
        _bench.Patch("/v2/objects/things/attributes/extra", """{"data":{"api_slug":"other"}}""");
        Assert.Equal("kept", (string?)_bench.Get($"/v2/objects/things/records/{record}").Value("other")["value"]);
        Assert.Equal(200, _bench.Get($"/v2/objects/things/attributes/{id}").Status);
        Assert.Equal(404, _bench.Get("/v2/objects/things/attributes/extra").Status);
    }

    private IEnumerable<string?> Slugs(string path) => _bench.Get(path).Rows.Select(a => (string?)a!["api_slug"]);
}
