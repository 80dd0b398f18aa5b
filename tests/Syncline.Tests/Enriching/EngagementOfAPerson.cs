using Syncline.Conformance.Time;
using Syncline.Enriching;
using Syncline.Records;
using Syncline.Tests.Time;

namespace Syncline.Tests.Enriching;

public sealed class EngagementOfAPerson
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "none", 0, 0, 0)]
    [InlineData("o0", "waiting", 1, 0, 0)]
    [InlineData("o0 i2", "replied", 1, 1, 10 + 30 + 20 + 10)]
    [InlineData("o0 i2 o5", "answered", 2, 1, 10 + 15 + 20)]
    [InlineData("o0 i48", "replied", 1, 1, 10 + 30 + 10 + 10)]
    [InlineData("o0 i100", "replied", 1, 1, 10 + 30 + 5 + 10)]
    [InlineData("i0", "replied", 0, 1, 10 + 30 + 20 + 10)]
    [InlineData("o0 i1 i2 i3 i4 i5", "replied", 1, 5, 100)]
    [InlineData("o0 o1 o2 o3 i4", "replied", 4, 1, 10 + 8 + 20 + 10)]
    [InlineData("o0 i?", "answered", 1, 1, 10 + 30 + 5)]
    [InlineData("o? o0", "waiting", 2, 0, 0)]
    public void Is_told_by_messages(string messages, string state, int sent, int received, int score)
    {
        FieldSet figures = Of(Messages(messages));
        Assert.Equal((state, sent, received, score), (figures["reply_state"]!.Text, (int)figures["messages_sent"]!.AsNumber(), (int)figures["messages_received"]!.AsNumber(), (int)figures["engagement_score"]!.AsNumber()));
    }

    [Fact]
    public void Knows_the_first_and_the_last_contact_and_the_last_reply()
    {
        FieldSet figures = Of(Messages("o3 i5 o0 i4 o7"));
        Assert.Equal([Monday, Monday.AddHours(7), Monday.AddHours(5)], new[] { "first_contacted_at", "last_contacted_at", "last_reply_at" }.Select(f => figures[f]!.AsTime()));
    }

    [Fact]
    public void Unites_what_all_conversations_say()
    {
        FieldSet figures = Engagement.Of([], [Conversation("autumn"), Conversation("spring"), Conversation("autumn")]);
        Assert.Equal("autumn, spring", figures["campaign_id"]!.ToString());
        Assert.Null(Of([])["campaign_id"]);
    }

    [Fact]
    public void Fills_no_field_but_its_own() => Assert.Subset(Engagement.Fields.ToHashSet(), Of(Messages("o0 i1")).Select(f => f.Name).ToHashSet());

    [Fact]
    public void Is_the_same_in_any_order_and_never_beyond_its_bounds() => Seeds.Each(300, random =>
    {
        GoldenRecord[] messages = [.. Enumerable.Range(0, random.Next(20)).Select(i => Message(i, random.Next(2) == 0 ? "o" : "i", random.Next(8) == 0 ? null : Monday.AddHours(random.Next(200))))];
        FieldSet figures = Of(messages);
        Assert.Equal(figures, Of([.. messages.OrderBy(_ => random.Next())]));
        Assert.InRange(figures["engagement_score"]!.AsNumber(), 0, 100);
    });

    private static FieldSet Of(GoldenRecord[] messages) => Engagement.Of(messages, []);

    private static GoldenRecord[] Messages(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((m, i) => Message(i, m[..1], m[1..] == "?" ? null : Monday.AddHours(int.Parse(m.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture))))];

    private static GoldenRecord Message(int id, string direction, DateTimeOffset? at) => new(id, RecordKind.Message,
        FieldSet.Of(("direction", FieldValue.Of(direction == "o" ? "outbound" : "inbound")), ("sent_at", at is { } time ? FieldValue.Of(time) : null)));

    private static GoldenRecord Conversation(string campaign) => new(1, RecordKind.Conversation, FieldSet.Of(("campaign_id", FieldValue.Of(campaign))));
}
