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
            ("messages_sent", FieldValue.Of((decimal)timeline.SentCount)),
            ("messages_received", FieldValue.Of((decimal)timeline.ReceivedCount)),
            ("reply_state", FieldValue.Of(StateOf(timeline))),
            ("engagement_score", FieldValue.Of((decimal)Score(timeline))),
            ("campaign_id", Union(conversations, "campaign_id")),
            ("campaign_name", Union(conversations, "campaign_name")),
            ("owner_email", Union(conversations, "owner_email")));
    }

    /// <summary><c>none</c>: no message; <c>waiting</c>: we wrote, no reply yet; <c>replied</c>: their message is the last one; <c>answered</c>: they replied and we wrote since.</summary>
    private static string StateOf(Timeline timeline) => (timeline.ReceivedCount > 0, timeline.LastIsReply) switch
    {
        (true, true) => "replied",
        (true, false) => "answered",
        (false, _) => timeline.SentCount > 0 ? "waiting" : "none",
    };

    /// <summary>0 to 100: up to 40 for replies (10 each), 30 for the share of our messages that were answered, 20 for a first reply within a day (10 within three, 5 later), 10 when theirs is the last word.</summary>
    private static int Score(Timeline timeline)
    {
        if (timeline.ReceivedCount == 0) return 0;
        int replies = Math.Min(40, 10 * timeline.ReceivedCount);
        double share = timeline.SentCount == 0 ? 1 : Math.Min(1, timeline.ReceivedCount / (double)timeline.SentCount);
        return replies + (int)Math.Round(30 * share, MidpointRounding.AwayFromZero) + SpeedOf(timeline) + (timeline.LastIsReply ? 10 : 0);
    }

    private static int SpeedOf(Timeline timeline)
    {
        if (timeline.SentCount == 0) return 20;
        if (timeline.Sent.Count == 0) return 5;
        DateTimeOffset reply = timeline.Received.FirstOrDefault(r => r >= timeline.Sent[0]);
        if (reply == default) return 5;
        return (reply - timeline.Sent[0]).TotalHours switch { <= 24 => 20, <= 72 => 10, _ => 5 };
    }

    private static FieldValue? TimeOrNone(DateTimeOffset time) => time == default ? null : FieldValue.Of(time);

    private static FieldValue? Union(IReadOnlyList<GoldenRecord> records, string field) => FieldValue.List(records.Select(r => r.Fields[field]).OfType<FieldValue>());

    /// <summary>The times of what we sent and what they sent, ascending, and how many there are with those that have no time.</summary>
    private sealed record Timeline(List<DateTimeOffset> Sent, List<DateTimeOffset> Received, int SentCount, int ReceivedCount)
    {
        public bool LastIsReply => ReceivedCount > 0 && (SentCount == 0 || (Received.Count > 0 && (Sent.Count == 0 || Received[^1] > Sent[^1])));

        public static Timeline Of(IReadOnlyList<GoldenRecord> messages)
        {
            ILookup<string?, GoldenRecord> by = messages.ToLookup(m => m.Fields["direction"]?.Text);
            return new(TimesOf(by["outbound"]), TimesOf(by["inbound"]), by["outbound"].Count(), by["inbound"].Count());
        }

        private static List<DateTimeOffset> TimesOf(IEnumerable<GoldenRecord> messages) =>
            [.. messages.Select(m => m.Fields["sent_at"]).Where(t => t?.Type == FieldType.Time).Select(t => t!.AsTime()).Order()];
    }
}
