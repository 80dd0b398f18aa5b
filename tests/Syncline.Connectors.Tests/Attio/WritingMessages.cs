using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;
using static Syncline.Connectors.Tests.Attio.AttioFixture;

namespace Syncline.Connectors.Tests.Attio;

public sealed class WritingMessages : IDisposable
{
    private readonly AttioFixture _attio = new();

    public void Dispose() => _attio.Dispose();

    private FakeAttioWorld World => _attio.Fake.World;

    private Task<WriteOutcome> CreateAsync(FakeRecord person, string uid, string body = "Hello") => _attio.WriteAsync("messages", Verb.Create, null,
        ("person", FieldValue.Reference("people", person.Id)), ("body", Text(body)), ("direction", Text("Outbound")), ("message_uid", Text(uid)), ("message_uid_alias", List("other:1")),
        ("sent_at", FieldValue.Of(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 810, TimeSpan.Zero))));

    private void Unconnect()
    {
        World.Replace("people", new("linkedin_messages", "record-reference", true));
        World.Replace("linkedin_messages", new("person", "record-reference"));
    }

    [Fact]
    public async Task A_message_is_asserted_by_its_uid_and_a_true_relationship_costs_no_second_write()
    {
        FakeRecord ada = World.Add("people", "{}");
        await _attio.PrepareAsync();
        WriteOutcome.Written written = Assert.IsType<WriteOutcome.Written>(await CreateAsync(ada, "t:1"));

        SeenCall call = Assert.Single(_attio.Fake.Writes);
        Assert.Equal("PUT /v2/objects/linkedin_messages/records?matching_attribute=message_uid", call.ToString());
        Assert.False(call.Body!["data"]!["values"]!.AsObject().ContainsKey("message_uid_alias"));
        Assert.Equal($$"""[{"target_object":"people","target_record_id":"{{ada.Id}}"}]""", call.Body!["data"]!["values"]!["person"]!.ToJsonString());
        Assert.Equal(FieldValue.Reference("people", ada.Id), written.Record.Fields["person"]);
        Assert.Equal(FieldValue.Of(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 810, TimeSpan.Zero)), written.Record.Fields["sent_at"]);
    }

    [Fact]
    public async Task The_same_message_twice_is_one_record()
    {
        FakeRecord ada = World.Add("people", "{}");
        await _attio.PrepareAsync();
        await CreateAsync(ada, "t:1");
        await CreateAsync(ada, "t:1");
        Assert.Single(World.Records["linkedin_messages"]);
        Assert.True(_attio.Stream("messages").CreateIsIdempotent);
    }

    [Fact]
    public async Task Two_separate_references_are_both_written()
    {
        Unconnect();
        FakeRecord ada = World.Add("people", "{}");
        await _attio.PrepareAsync();
        Assert.IsType<WriteOutcome.Written>(await CreateAsync(ada, "t:1"));
        Assert.IsType<WriteOutcome.Written>(await CreateAsync(ada, "t:2"));

        Assert.Equal(["PUT", "PATCH", "PUT", "PATCH"], _attio.Fake.Writes.Select(w => w.Method));
        Assert.Equal(World.Records["linkedin_messages"].Select(m => m.Id).Order(), ada.Values["linkedin_messages"].Select(v => (string)v!["target_record_id"]!).Order());
    }

    [Fact]
    public async Task A_message_whose_person_does_not_refer_back_is_seen_as_unfinished_and_mended_by_an_update()
    {
        Unconnect();
        FakeRecord ada = World.Add("people", "{}");
        await _attio.PrepareAsync();
        _attio.Fake.Answer("^PATCH .*/people/", "bad gateway", status: 502, times: 6);
        Assert.IsType<WriteOutcome.Unknown>(await CreateAsync(ada, "t:1"));

        Found found = Assert.Single(await _attio.Destination.FindAsync(_attio.Stream("messages"), [new(1, FieldSet.Of(("message_uid", Text("t:1"))))], CancellationToken.None));
        Assert.Null(found.Record.Fields["person"]);
        await _attio.WriteAsync("messages", Verb.Update, found.Record.Key.Id, ("person", FieldValue.Reference("people", ada.Id)));
        Assert.Single(ada.Values["linkedin_messages"]);
        IReadOnlyDictionary<string, RemoteRecord> read = await _attio.Destination.ReadAsync(_attio.Stream("messages"), [found.Record.Key.Id], CancellationToken.None);
        Assert.Equal(ada.Id, read[found.Record.Key.Id].Fields["person"]?.ReferencedId);
    }

    [Fact]
    public async Task A_refusal_never_repeats_the_body_of_a_message()
    {
        FakeRecord ada = World.Add("people", "{}");
        await _attio.PrepareAsync();
        const string Secret = "A long and private sentence that nobody but its reader should see.";
        _attio.Fake.Refuse("^PUT .*/linkedin_messages/", 400, "validation_type", $"Value [{Secret}] is no good for attribute with slug \"body\".");
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await CreateAsync(ada, "t:1", Secret));
        Assert.DoesNotContain("private", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dangling_person_is_a_refusal()
    {
        await _attio.PrepareAsync();
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await CreateAsync(new(World.NewId(), "", []), "t:1"));
        Assert.Null(refused.OptionalField);
        Assert.Empty(World.Records["linkedin_messages"]);
    }

    [Fact]
    public async Task A_message_is_found_by_another_name_of_its_uid()
    {
        World.Add("linkedin_messages", """{"message_uid":["old:1"]}""");
        await _attio.PrepareAsync();
        Wanted wanted = new(7, FieldSet.Of(("message_uid", Text("t:1")), ("message_uid_alias", List("old:1", "old:2"))));
        Found found = Assert.Single(await _attio.Destination.FindAsync(_attio.Stream("messages"), [wanted], CancellationToken.None));
        Assert.Equal((7, "message_uid_alias"), (found.GoldenId, found.MatchedBy));
    }

    [Fact]
    public async Task An_update_of_the_alias_alone_writes_nothing()
    {
        FakeRecord message = World.Add("linkedin_messages", """{"message_uid":["t:1"]}""");
        await _attio.PrepareAsync();
        Assert.IsType<WriteOutcome.Written>(await _attio.WriteAsync("messages", Verb.Update, message.Id, ("message_uid_alias", List("old:1"))));
        Assert.Empty(_attio.Fake.Writes);
    }

    [Fact]
    public async Task An_option_is_written_in_the_spelling_the_workspace_has()
    {
        World.Replace("linkedin_messages", new("direction", "select") { Titles = { "INBOUND", "OUTBOUND" } });
        FakeRecord ada = World.Add("people", "{}");
        await _attio.PrepareAsync();
        await CreateAsync(ada, "t:1");
        Assert.Equal("OUTBOUND", (string?)Assert.Single(_attio.Fake.Writes).Body!["data"]!["values"]!["direction"]![0]);
    }
}
