using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>What a person's messages, over all conversations and senders, say about the contact. Depends on nothing but the messages: the same ones give the same figures at any time.</summary>
public static class Engagement
{
    /// <summary>The fields it fills.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["first_contacted_at", "last_contacted_at", "last_reply_at", "messages_sent", "messages_received", "reply_state", "engagement_score", "campaign_id", "campaign_name", "owner_email"];

    /// <param name="messages">Golden messages of one person, in any order; those without a time count but date nothing.</param>
    /// <param name="conversations">Golden conversations of that person.</param>
    public static FieldSet Of(IReadOnlyList<GoldenRecord> messages, IReadOnlyList<GoldenRecord> conversations)
    {
        Timeline timeline = Timeline.Of(messages);
        return FieldSet.Of(
            ("first_contacted_at", TimeOrNone(timeline.Sent.FirstOrDefault())),
            ("last_contacted_at", TimeOrNone(timeline.Sent.LastOrDefault())),
            ("last_reply_at", TimeOrNone(timeline.Received.LastOrDefault())),
            ("messages_sent", FieldValue.Of((decimal)timeline.Sent.Count)),
            ("messages_received", FieldValue.Of((decimal)timeline.Received.Count)),
            ("reply_state", FieldValue.Of(StateOf(timeline))),
            ("engagement_score", FieldValue.Of((decimal)Score(timeline))),
            ("campaign_id", Union(conversations, "campaign_id")),
            ("campaign_name", Union(conversations, "campaign_name")),
            ("owner_email", Union(conversations, "owner_email")));
    }

    /// <summary><c>none</c>: no message; <c>waiting</c>: we wrote, no reply yet; <c>replied</c>: their message is the last one; <c>answered</c>: they replied and we wrote since.</summary>
    private static string StateOf(Timeline timeline) => (timeline.Received.Count > 0, timeline.LastIsReply) switch
    {
        (true, true) => "replied",
        (true, false) => "answered",
        (false, _) => timeline.Sent.Count > 0 ? "waiting" : "none",
    };

    /// <summary>0 to 100: up to 40 for replies (10 each), 30 for the share of our messages that were answered, 20 for a first reply within a day (10 within three, 5 later), 10 when theirs is the last word.</summary>
    private static int Score(Timeline timeline)
    {
        if (timeline.Received.Count == 0) return 0;
        int replies = Math.Min(40, 10 * timeline.Received.Count);
        double share = timeline.Sent.Count == 0 ? 1 : Math.Min(1, timeline.Received.Count / (double)timeline.Sent.Count);
        return replies + (int)Math.Round(30 * share, MidpointRounding.AwayFromZero) + SpeedOf(timeline) + (timeline.LastIsReply ? 10 : 0);
    }

    private static int SpeedOf(Timeline timeline)
    {
        if (timeline.Sent.Count == 0) return 20;
        DateTimeOffset reply = timeline.Received.FirstOrDefault(r => r >= timeline.Sent[0]);
        if (reply == default) return 5;
        return (reply - timeline.Sent[0]).TotalHours switch { <= 24 => 20, <= 72 => 10, _ => 5 };
    }

    private static FieldValue? TimeOrNone(DateTimeOffset time) => time == default ? null : FieldValue.Of(time);

    private static FieldValue? Union(IReadOnlyList<GoldenRecord> records, string field) => FieldValue.List(records.Select(r => r.Fields[field]).OfType<FieldValue>());

    /// <summary>The times of what we sent and what they sent, ascending.</summary>
    private sealed record Timeline(List<DateTimeOffset> Sent, List<DateTimeOffset> Received)
    {
        public bool LastIsReply => Received.Count > 0 && (Sent.Count == 0 || Received[^1] > Sent[^1]);

        public static Timeline Of(IReadOnlyList<GoldenRecord> messages) => new(TimesOf(messages, "outbound"), TimesOf(messages, "inbound"));

        private static List<DateTimeOffset> TimesOf(IReadOnlyList<GoldenRecord> messages, string direction) =>
            [.. messages.Where(m => m.Fields["direction"]?.Text == direction).Select(m => m.Fields["sent_at"]).Where(t => t?.Type == FieldType.Time).Select(t => t!.AsTime()).Order()];
    }
}
