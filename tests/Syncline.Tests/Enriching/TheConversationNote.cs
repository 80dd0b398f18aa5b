using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Tests.Enriching;

public sealed class TheConversationNote
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly GoldenRecord Jane = new(7, RecordKind.Person, FieldSet.Of(("first_name", FieldValue.Of("Jane"))));

    [Fact]
    public void Tells_the_conversation_oldest_first() =>
        Assert.Equal("2026-01-05 09:00 · We: Hello\n2026-01-05 11:00 · Jane: Hi there\n", BodyOf(Message(2, "inbound", 2, "Hi there"), Message(1, "outbound", 0, "Hello")));

    [Fact]
    public void Keeps_its_key_when_it_is_refreshed()
    {
        FieldSet before = ConversationNote.Of(Jane, "h1", [Message(1, "outbound", 0, "Hello")]);
        FieldSet after = ConversationNote.Of(Jane, "h1", [Message(1, "outbound", 0, "Hello"), Message(2, "inbound", 2, "Hi")]);
        Assert.Equal(("h1-conversation-7", "h1-conversation-7"), (before["note_key"]!.Text, after["note_key"]!.Text));
        Assert.NotEqual(before["body"], after["body"]);
        Assert.Equal(Monday.AddHours(2), after["written_at"]!.AsTime());
    }

    [Fact]
    public void Is_not_written_without_a_dated_message() => Assert.Empty(ConversationNote.Of(Jane, "h1", []));

    [Fact]
    public void Is_the_same_in_any_order()
    {
        GoldenRecord[] messages = [Message(1, "outbound", 0, "a"), Message(2, "inbound", 0, "b"), Message(3, "outbound", 1, "c")];
        Assert.Equal(BodyOf(messages), BodyOf([.. messages.Reverse()]));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\ud83d\ude00")]
    [InlineData("x\ud83d\ude00")]
    public void Keeps_the_newest_within_its_bound_and_breaks_no_character(string unit)
    {
        string body = BodyOf(Message(1, "outbound", 0, string.Concat(Enumerable.Repeat(unit, 120_000))), Message(2, "inbound", 1, "the end"));
        Assert.InRange(body.Length, 99_998, 100_000);
        Assert.EndsWith("the end\n", body, StringComparison.Ordinal);
        Assert.StartsWith("…", body, StringComparison.Ordinal);
        Assert.False(char.IsLowSurrogate(body[1]));
    }

    private static string BodyOf(params GoldenRecord[] messages) => ConversationNote.Of(Jane, "h1", messages)["body"]!.Text;

    private static GoldenRecord Message(long id, string direction, int hour, string body) => new(id, RecordKind.Message,
        FieldSet.Of(("direction", FieldValue.Of(direction)), ("sent_at", FieldValue.Of(Monday.AddHours(hour))), ("body", FieldValue.Of(body))));
}
