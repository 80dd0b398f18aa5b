namespace Syncline.Sandbox.Tests.Attio;

public sealed class NotesOfRecords
{
    private readonly Workbench _bench = new();
    private readonly string _person;

    public NotesOfRecords() => _person = _bench.Create("people", "{}").RecordId;

    private Reply Make(string rest = "", string content = "hello", string format = "plaintext") => _bench.Post(
        "/v2/notes", $$$"""{"data":{"parent_object":"people","parent_record_id":"{{{_person}}}","title":"Call","format":"{{{format}}}","content":"{{{content}}}"{{{rest}}}}}""");

    [Fact]
    public void A_note_is_made_read_and_deleted_but_never_changed()
    {
        string id = (string)Make().Data["id"]!["note_id"]!;
        Assert.Equal("hello", (string?)_bench.Get($"/v2/notes/{id}").Data["content_plaintext"]);
        Assert.Equal("not_found", _bench.Patch($"/v2/notes/{id}", """{"data":{"title":"x"}}""").Code);
        Assert.Equal(404, _bench.Put($"/v2/notes/{id}", """{"data":{"title":"x"}}""").Status);
        Assert.Equal("{}", _bench.Delete($"/v2/notes/{id}").Json.ToJsonString());
        Assert.Equal(404, _bench.Get($"/v2/notes/{id}").Status);
    }

    [Theory]
    [InlineData("2020-01-02T03:04:05Z", 200)]
    [InlineData("1970-01-01T00:00:00Z", 200)]
    [InlineData("1969-12-31T23:59:59Z", 400)]
    [InlineData("2026-05-04T09:30:01Z", 400)]
    [InlineData("soon", 400)]
    public void A_note_may_be_backdated_to_1970_and_not_into_the_future(string at, int status) =>
        Assert.Equal(status, Make($",\"created_at\":\"{at}\"").Status);

    [Fact]
    public void A_list_gives_ten_by_default_fifty_at_most_oldest_first()
    {
        for (int i = 0; i < 12; i++) Make($",\"created_at\":\"20{30 - i - 5:00}-01-01T00:00:00Z\"");
        Assert.Equal(10, _bench.Get("/v2/notes").Rows.Count);
        Assert.Equal(2, _bench.Get("/v2/notes?offset=10").Rows.Count);
        Assert.Equal(12, _bench.Get($"/v2/notes?limit=50&parent_object=people&parent_record_id={_person}").Rows.Count);
        Assert.Equal(400, _bench.Get("/v2/notes?limit=51").Status);
        string[] times = [.. _bench.Get("/v2/notes?limit=50").Rows.Select(n => (string)n!["created_at"]!)];
        Assert.Equal(times.Order(), times);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("format")]
    [InlineData("content")]
    [InlineData("parent_object")]
    [InlineData("parent_record_id")]
    public void All_five_keys_are_required(string key)
    {
        System.Text.Json.Nodes.JsonObject data = new() { ["parent_object"] = "people", ["parent_record_id"] = _person, ["title"] = "t", ["format"] = "plaintext", ["content"] = "c" };
        data.Remove(key);
        Assert.Equal($"data.{key}", _bench.Post("/v2/notes", new System.Text.Json.Nodes.JsonObject { ["data"] = data }.ToJsonString()).FaultPath);
    }

    [Fact]
    public void An_unknown_parent_is_a_404_and_a_large_note_a_413()
    {
        _bench.Turn("note-bytes", "4");
        Assert.Equal((413, "validation_type"), (Make().Status, Make().Code));
        string gone = _person;
        _bench.Delete($"/v2/objects/people/records/{gone}");
        Assert.Equal("not_found", Make(content: "hi").Code);
    }

    [Fact]
    public void Markdown_is_answered_plain_as_well()
    {
        Reply note = Make(content: "## Title\\n- **bold** and [link](https://example.com)", format: "markdown");
        Assert.Equal("Title\nbold and link", (string?)note.Data["content_plaintext"]);
        Assert.Equal("## Title\n- **bold** and [link](https://example.com)", (string?)note.Data["content_markdown"]);
        Assert.Equal(400, Make(format: "html").Status);
    }

    [Fact]
    public void An_escaped_sign_means_nothing_and_is_shown_without_its_backslash()
    {
        Reply note = Make(content: """\\# no title\n\\*plain\\* **bold \\* star** a\\_b c\\d\n- \\[no\\](link)""", format: "markdown");
        Assert.Equal("# no title\n*plain* bold * star a_b c\\d\n[no](link)", (string?)note.Data["content_plaintext"]);
    }
}
