using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;
using static Syncline.Connectors.Tests.Attio.AttioFixture;

namespace Syncline.Connectors.Tests.Attio;

public sealed class WritingNotesAndEntries : IDisposable
{
    private readonly AttioFixture _attio = new(("list", "outreach"));

    public WritingNotesAndEntries()
    {
        _attio.Fake.Answer("^GET /v2/lists$", $$"""{"data":[{"id":{"list_id":"{{List1}}"},"api_slug":"outreach","name":"Outreach","parent_object":["people"]}]}""");
        _attio.Fake.Answer("^GET /v2/lists/.*/attributes", """{"data":[{"api_slug":"stage","type":"text","is_writable":true}]}""");
    }

    private const string List1 = "22222222-2222-2222-2222-222222222222", Entry1 = "33333333-3333-3333-3333-333333333333";

    private static string EntryJson(string person) =>
        $$$"""{"id":{"list_id":"{{{List1}}}","entry_id":"{{{Entry1}}}"},"parent_record_id":"{{{person}}}","parent_object":"people","created_at":"2026-02-01T10:00:00.000000000Z","entry_values":{"stage":[{"value":"New","attribute_type":"text","active_until":null}]}}""";

    public void Dispose() => _attio.Dispose();

    private Operation Note(FakeRecord person, string body, Verb verb = Verb.Create, string? remoteId = null) => _attio.Operation("notes", verb, remoteId,
        ("person", FieldValue.Reference("people", person.Id)), ("title", Text("Conversation")), ("content", Text(body)), ("note_key", Text("conv-1")),
        ("created_at", FieldValue.Of(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero))));

    private async Task<IReadOnlyList<Found>> FindNoteAsync(FakeRecord person) => await _attio.Destination.FindAsync(_attio.Stream("notes"),
        [new(1, FieldSet.Of(("person", FieldValue.Reference("people", person.Id)), ("note_key", Text("conv-1"))))], CancellationToken.None);

    [Fact]
    public async Task A_note_carries_its_marker_and_is_never_dated_into_the_future()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", "{}");
        await _attio.PrepareAsync();
        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(Note(ada, "Hello\nthere")));

        JsonNode data = Assert.Single(_attio.Fake.Writes).Body!["data"]!;
        Assert.Equal("Hello\nthere\n\nsyncline:conv-1", (string?)data["content"]);
        Assert.StartsWith("2026-03-01T12:00:00", (string?)data["created_at"], StringComparison.Ordinal);
        Assert.Equal(("Hello\nthere", "conv-1"), (written.Record.Fields["content"]!.Text, written.Record.Fields["note_key"]!.Text));
    }

    [Theory]
    [InlineData("## Lead\n\n- **Score:** 80", "## Lead\n\n- **Score:** 80")]
    [InlineData("see <https://example.com/post?a=1>", "see [https://example.com/post?a=1](https://example.com/post?a=1)")]
    [InlineData("see <https://example.com/a_b==c>", "see [example.com](https://example.com/a_b==c)")]
    [InlineData("see <https://example.com/(x)>", "see [https://example.com/%28x%29](https://example.com/%28x%29)")]
    [InlineData("no \\<https://example.com>", "no \\<https://example.com>")]
    public async Task A_note_in_markdown_is_sent_as_such_with_the_links_that_attio_knows(string body, string sent)
    {
        FakeRecord ada = _attio.Fake.World.Add("people", "{}");
        await _attio.PrepareAsync();
        Operation note = Note(ada, body);
        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(note with { Fields = note.Fields.With("format", Text("markdown")) }));

        JsonNode data = Assert.Single(_attio.Fake.Writes).Body!["data"]!;
        Assert.Equal(("markdown", sent + "\n\nsyncline-markdown:conv-1"), ((string?)data["format"], (string?)data["content"]));
        Assert.Equal((body.Replace("(x)", "%28x%29", StringComparison.Ordinal), "conv-1", "markdown"), (written.Record.Fields["content"]!.Text, written.Record.Fields["note_key"]!.Text, written.Record.Fields["format"]!.Text));
    }

    [Fact]
    public async Task A_key_with_signs_of_markdown_is_known_again()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", "{}");
        await _attio.PrepareAsync();
        Operation note = Note(ada, "Hello");
        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(note with { Fields = note.Fields.With("format", Text("markdown")).With("note_key", Text("lead-a_b*c-1")) }));
        Assert.EndsWith(@"syncline-markdown:lead-a\_b\*c-1", (string?)Assert.Single(_attio.Fake.Writes).Body!["data"]!["content"], StringComparison.Ordinal);
        Assert.Equal("lead-a_b*c-1", written.Record.Fields["note_key"]!.Text);
    }

    [Fact]
    public async Task A_note_whose_answer_was_lost_is_found_by_its_marker()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", "{}");
        await _attio.PrepareAsync();
        Assert.Empty(await FindNoteAsync(ada));
        _attio.Fake.LoseAnswers = 1;
        Assert.IsType<WriteOutcome.Unknown>(await _attio.WriteAsync(Note(ada, "Hello")));
        Assert.Equal("Hello", Assert.Single(await FindNoteAsync(ada)).Record.Fields["content"]?.Text);
        Assert.Single(_attio.Fake.World.Notes);
    }

    [Fact]
    public async Task A_replacement_leaves_one_note_even_when_the_removal_was_lost_before()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", "{}");
        await _attio.PrepareAsync();
        string old = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(Note(ada, "Hello"))).Record.Key.Id;
        Assert.False(_attio.Stream("notes").CanUpdate);

        _attio.Fake.Answer("^DELETE", "bad gateway", 502, times: 6);
        Assert.IsType<WriteOutcome.Unknown>(await _attio.WriteAsync(Note(ada, "Hello again", Verb.Replace, old)));
        Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(Note(ada, "Hello again", Verb.Replace, old)));

        Assert.Contains("Hello again", (string?)Assert.Single(_attio.Fake.World.Notes)["content_plaintext"], StringComparison.Ordinal);
        Assert.NotEqual(old, Assert.Single(await FindNoteAsync(ada)).Record.Key.Id);
    }

    [Fact]
    public async Task Notes_are_read_one_by_one_and_by_pages()
    {
        FakeRecord ada = _attio.Fake.World.Add("people", "{}");
        await _attio.PrepareAsync();
        string id = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync(Note(ada, "Hello"))).Record.Key.Id;
        Assert.Equal([id], (await _attio.Destination.ReadAsync(_attio.Stream("notes"), [id, _attio.Fake.World.NewId()], CancellationToken.None)).Keys);
        RemoteRecord read = Assert.Single((await _attio.ReadAllAsync("notes", new(null) { Known = new Versions() })).SelectMany(p => p.Records));
        Assert.Equal(FieldValue.Reference("people", ada.Id), read.Fields["person"]);
    }

    [Fact]
    public async Task An_entry_is_asserted_by_its_parent_in_the_list_the_setting_names()
    {
        string person = _attio.Fake.World.NewId();
        _attio.Fake.Answer("^PUT /v2/lists/", $$"""{"data":{{EntryJson(person)}}}""");
        await _attio.PrepareAsync();
        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync("entries", Verb.Create, null, ("person", FieldValue.Reference("people", person)), ("stage", Text("New"))));

        SeenCall call = Assert.Single(_attio.Fake.Writes);
        Assert.Equal($"PUT /v2/lists/{List1}/entries", call.ToString());
        Assert.Equal($$$"""{"parent_record_id":"{{{person}}}","parent_object":"people","entry_values":{"stage":["New"]}}""", call.Body!["data"]!.ToJsonString());
        Assert.Equal($"{List1}:{Entry1}", written.Record.Key.Id);
        Assert.Equal(person, written.Record.Fields["person"]?.ReferencedId);
    }

    [Fact]
    public async Task Several_entries_of_one_parent_are_a_refusal()
    {
        _attio.Fake.Refuse("^PUT /v2/lists/", 400, "multiple_match_results", "Multiple entries found.");
        await _attio.PrepareAsync();
        WriteOutcome outcome = await _attio.WriteAsync("entries", Verb.Create, null, ("person", FieldValue.Reference("people", _attio.Fake.World.NewId())));
        Assert.Equal("multiple_match_results", Assert.IsType<WriteOutcome.Refused>(outcome).Code);
    }

    [Fact]
    public async Task An_entry_is_found_through_its_parent()
    {
        string person = _attio.Fake.World.NewId();
        _attio.Fake.Answer($"^GET /v2/objects/people/records/{person}/entries", $$"""{"data":[{"list_id":"other","entry_id":"x"},{"list_id":"{{List1}}","entry_id":"{{Entry1}}"}]}""");
        _attio.Fake.Answer($"^GET /v2/lists/{List1}/entries/{Entry1}", $$"""{"data":{{EntryJson(person)}}}""");
        await _attio.PrepareAsync();
        Found found = Assert.Single(await _attio.Destination.FindAsync(_attio.Stream("entries"), [new(4, FieldSet.Of(("person", FieldValue.Reference("people", person))))], CancellationToken.None));
        Assert.Equal((4, $"{List1}:{Entry1}", "person"), (found.GoldenId, found.Record.Key.Id, found.MatchedBy));
    }

    [Fact]
    public async Task A_list_that_is_not_there_stops_the_run()
    {
        using AttioFixture other = new(("list", "nowhere"));
        other.Fake.Answer("^GET /v2/lists$", """{"data":[]}""");
        await Assert.ThrowsAsync<ProviderException>(other.PrepareAsync);
    }
}
