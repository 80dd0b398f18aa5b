namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class Definitions
{
    private const string Root = "/crm/properties/2026-09/contacts";

    private readonly Portal _portal = new();

    [Fact]
    public void A_new_property_is_known_after_a_moment()
    {
        Assert.Equal(201, _portal.Post(Root, Text("lead_score")).Status);
        Assert.Equal("PROPERTY_DOESNT_EXIST", _portal.TryCreate("contacts", """{"email":"a@example.com","lead_score":"1"}""").Code);
        _portal.Clock.Step(0.5);
        Assert.Equal(201, _portal.TryCreate("contacts", """{"email":"a@example.com","lead_score":"1"}""").Status);
        Assert.Equal("lead_score", (string?)_portal.Get($"{Root}/lead_score").Json["name"]);
    }

    [Fact]
    public void A_taken_name_is_a_conflict_and_an_archived_one_comes_back()
    {
        _portal.Post(Root, Text("lead_score"));
        _portal.Clock.Step(1);
        Reply taken = _portal.Post(Root, Text("lead_score"));
        Assert.Equal((409, "OBJECT_ALREADY_EXISTS", "Properties.PROPERTY_WITH_NAME_EXISTS", "A property named 'lead_score' already exists."), (taken.Status, taken.Category, (string?)taken.Json["subCategory"], taken.Message));
        string id = _portal.Create("contacts", """{"email":"a@example.com","lead_score":"1"}""");
        Assert.Equal(204, _portal.Delete($"{Root}/lead_score").Status);
        Assert.Equal((404, "OBJECT_NOT_FOUND"), (_portal.Get($"{Root}/lead_score").Status, _portal.Get($"{Root}/lead_score").Category));
        Assert.DoesNotContain("lead_score", _portal.Read("contacts", id, "?properties=lead_score").Json["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal(201, _portal.Post(Root, Text("lead_score")).Status);
        _portal.Clock.Step(1);
        Assert.Equal("1", _portal.Read("contacts", id, "?properties=lead_score")["lead_score"]);
    }

    [Theory]
    [InlineData("""{"name":"Bad-Name","label":"x","groupName":"contactinformation","type":"string","fieldType":"text"}""")]
    [InlineData("""{"name":"x","label":"x","groupName":"nosuch","type":"string","fieldType":"text"}""")]
    [InlineData("""{"name":"x","label":"x","groupName":"contactinformation","type":"string","fieldType":"number"}""")]
    [InlineData("""{"name":"x","label":"x","groupName":"contactinformation","type":"enumeration","fieldType":"select"}""")]
    [InlineData("""{"name":"x","label":"x","groupName":"contactinformation","type":"bool","fieldType":"booleancheckbox"}""")]
    [InlineData("""{"name":"x","groupName":"contactinformation","type":"string","fieldType":"text"}""")]
    public void A_wrong_definition_is_refused(string body) => Assert.Equal(400, _portal.Post(Root, body).Status);

    [Fact]
    public void A_boolean_needs_its_two_options()
    {
        const string bare = """{"name":"vip","label":"VIP","groupName":"contactinformation","type":"bool","fieldType":"booleancheckbox"}""";
        Assert.Equal("INVALID_BOOLEAN_OPTION", _portal.Post(Root, bare).Code);
        Assert.Equal(201, _portal.Post(Root, bare.Replace("}", ""","options":[{"label":"Yes","value":"true"},{"label":"No","value":"false"}]}""", StringComparison.Ordinal)).Status);
    }

    [Fact]
    public void A_change_passes_over_uniqueness_and_replaces_options_only_when_it_sends_them()
    {
        _portal.Post(Root, """{"name":"tier","label":"Tier","groupName":"contactinformation","type":"enumeration","fieldType":"select","options":[{"label":"A","value":"a"},{"label":"B","value":"b"}]}""");
        _portal.Clock.Step(1);
        Reply changed = _portal.Patch($"{Root}/tier", """{"label":"Level","hasUniqueValue":true}""");
        Assert.Equal((200, "Level", false, 2), (changed.Status, (string?)changed.Json["label"], (bool)changed.Json["hasUniqueValue"]!, changed.Json["options"]!.AsArray().Count));
        Assert.Single(_portal.Patch($"{Root}/tier", """{"options":[{"label":"C","value":"c"}]}""").Json["options"]!.AsArray());
    }

    [Fact]
    public void Ten_properties_may_be_unique()
    {
        for (int i = 0; i < 10; i++) _portal.WithUnique("companies", $"key_{i}");
        Assert.Equal(400, _portal.Post("/crm/properties/2026-09/companies", Text("key_10", "companyinformation").Replace("}", ",\"hasUniqueValue\":true}", StringComparison.Ordinal)).Status);
    }

    [Fact]
    public void Groups_with_properties_stay()
    {
        Assert.Equal(201, _portal.Post($"{Root}/groups", """{"name":"syncline","label":"Syncline"}""").Status);
        _portal.Post(Root, Text("a_key", "syncline"));
        _portal.Clock.Step(1);
        Reply refused = _portal.Delete($"{Root}/groups/syncline");
        Assert.Equal(400, refused.Status);
        Assert.Contains("PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES", refused.Message, StringComparison.Ordinal);
        _portal.Delete($"{Root}/a_key");
        Assert.Equal(204, _portal.Delete($"{Root}/groups/syncline").Status);
    }

    [Fact]
    public void Batches_read_create_and_archive()
    {
        Reply made = _portal.Post($"{Root}/batch/create", $$"""{"inputs":[{{Text("one")}},{{Text("two")}},{{Text("email")}}]}""");
        Assert.Equal((207, 2), (made.Status, made.Results.Count));
        _portal.Clock.Step(1);
        Assert.Equal(204, _portal.Post($"{Root}/batch/archive", """{"inputs":[{"name":"one"},{"name":"nosuch"}]}""").Status);
        Reply read = _portal.Post($"{Root}/batch/read", """{"archived":false,"inputs":[{"name":"one"},{"name":"two"}]}""");
        Assert.Equal((207, "two"), (read.Status, (string?)read.Results.Single()!["name"]));
    }

    private static string Text(string name, string group = "contactinformation") =>
        $$"""{"name":"{{name}}","label":"{{name}}","groupName":"{{group}}","type":"string","fieldType":"text"}""";
}
