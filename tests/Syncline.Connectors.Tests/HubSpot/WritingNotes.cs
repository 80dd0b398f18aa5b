using Syncline.Connectors.HubSpot;
using Syncline.Loading;
using Syncline.Records;
using static Syncline.Connectors.Tests.HubSpot.HubSpotFixture;

namespace Syncline.Connectors.Tests.HubSpot;

public sealed class WritingNotes
{
    private readonly HubSpotFixture _hubspot = new();
    private readonly FakeObject _ada;

    public WritingNotes() => _ada = _hubspot.Fake.Add("contacts", ("email", "ada@example.com"));

    [Fact]
    public async Task A_message_is_a_note_on_the_contact_once_whatever_is_repeated()
    {
        await _hubspot.PrepareAsync();
        _hubspot.Fake.LoseAnswers = 1;
        Assert.IsType<WriteOutcome.Unknown>(await _hubspot.WriteAsync(Message("Hello <Ada>")));
        RemoteRecord written = Assert.IsType<WriteOutcome.Written>(await _hubspot.WriteAsync(Message("Hello <Ada>"))).Record;

        FakeObject note = Assert.Single(_hubspot.Fake.Objects["notes"]);
        Assert.Equal(("message:m-1", "<p><strong>Direction:</strong> outbound</p><p>Hello &lt;Ada&gt;</p>", "2026-09-01T08:00:00.000Z"), (note.Properties["syncline_key"], note.Properties["hs_note_body"], note.Properties["hs_timestamp"]));
        Assert.Equal(("Hello <Ada>", "outbound", $"contacts/{_ada.Id}"), (written.Fields["note.text"]!.Text, written.Fields["note.direction"]!.Text, written.Fields["associations.contact"]!.Text));
        Assert.Single(_hubspot.Fake.Ties, t => t is { From: "notes", Type: 202 });
    }

    [Fact]
    public async Task A_note_is_changed_in_place_and_keeps_what_is_not_changed()
    {
        await _hubspot.PrepareAsync();
        RemoteRecord made = Assert.IsType<WriteOutcome.Written>(await _hubspot.WriteAsync(Message("Hello"))).Record;
        RemoteRecord changed = Assert.IsType<WriteOutcome.Written>(await _hubspot.WriteAsync(_hubspot.Update("messages", _hubspot.Fake.Objects["notes"].Single(), ("note.text", Text("Hello\nagain"))))).Record;
        Assert.Equal(made.Fields.With("note.text", Text("Hello\nagain")), changed.Fields.With("associations.contact", made.Fields["associations.contact"]));
        Assert.Single(_hubspot.Fake.Objects["notes"]);
    }

    [Fact]
    public async Task Without_the_unique_property_no_note_is_written()
    {
        HubSpotFixture hubspot = new();
        hubspot.Fake.Properties["notes"].Remove(hubspot.Fake.Properties["notes"].Single(p => (string?)p!["name"] == "syncline_key"));
        Assert.Contains(await hubspot.PrepareAsync(), u => u is { Remote: "syncline_key" } && u.Kind == RecordKind.Message);
        Assert.Equal("no_key", Assert.IsType<WriteOutcome.Refused>(await hubspot.WriteAsync(Message("Hello"))).Code);
        Assert.Empty(hubspot.Fake.Objects["notes"]);
    }

    [Fact]
    public async Task Something_without_a_time_gets_that_of_its_writing()
    {
        await _hubspot.PrepareAsync();
        await _hubspot.WriteAsync(_hubspot.Create("notes", ("syncline_key", Text("note:1")), ("associations.contact", FieldValue.Reference("contacts", $"{_ada.Id}"))));
        Assert.StartsWith("2026-10-01T12:00", _hubspot.Fake.Objects["notes"].Single().Properties["hs_timestamp"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one\ntwo\n\nthree")]
    [InlineData("a < b && \"c\"")]
    [InlineData("Grüße aus Wien")]
    public void Text_comes_back_as_it_was(string text) => Assert.Equal(text, HubSpotHtml.ToText(HubSpotHtml.OfText(text)));

    [Theory]
    [InlineData("<div><p>Hello&nbsp;<b>Ada</b></p></div>", "Hello\u00a0Ada")]
    [InlineData("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo")]
    public void Tags_are_no_text(string html, string text) => Assert.Equal(text, HubSpotHtml.ToText(html));

    private Operation Message(string text) => _hubspot.Create("messages",
        ("syncline_key", Text("message:m-1")), ("note.text", Text(text)), ("note.direction", Text("outbound")),
        ("hs_timestamp", FieldValue.Of(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero))), ("associations.contact", FieldValue.Reference("contacts", $"{_ada.Id}")));
}
