namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>A call from its beginning on; what of it is there yet is a matter of the time asked.</summary>
/// <param name="Number">Counts up with every call.</param>
/// <param name="Outside">The numbers on the other side, E.164; more than one makes a group call.</param>
internal sealed record CallRecord(long Number, string Id, QuoConversation Conversation, QuoUser User, bool IsIncoming, IReadOnlyList<string> Outside, QuoCallEnd End, DateTimeOffset CreatedAt)
{
    private static readonly TimeSpan RingsFor = TimeSpan.FromSeconds(5);

    /// <summary>Talking time; 0 for a call nobody answered.</summary>
    public required TimeSpan Duration { get; init; }

    public required string RecordingId { get; init; }
    public required string? VoicemailId { get; init; }

    /// <summary>The assistant's id where it answered, <c>SY…</c>.</summary>
    public required string? AssistantId { get; init; }

    public QuoNumber Line => Conversation.Line;
    public string Direction => IsIncoming ? "incoming" : "outgoing";
    public bool IsAnswered => End is QuoCallEnd.Answered or QuoCallEnd.AiAnswered;
    public bool IsGroup => Outside.Count > 1;
    public DateTimeOffset? AnsweredAt => IsAnswered ? CreatedAt + RingsFor : null;
    public DateTimeOffset CompletedAt => CreatedAt + RingsFor + Duration;
    public string? AnsweredBy => AssistantId ?? (IsAnswered ? User.Id : null);

    /// <summary>The status word of the REST calls.</summary>
    public string StatusAt(DateTimeOffset now) =>
        now < CreatedAt + RingsFor ? "ringing" : now < CompletedAt ? "in-progress" : IsAnswered ? "completed" : IsIncoming ? "missed" : "no-answer";

    /// <summary>The status word of call.completed: another vocabulary than the REST call's.</summary>
    public string HookStatus => End switch { QuoCallEnd.Answered => "answered", QuoCallEnd.AiAnswered => "ai-handled", _ => "unanswered" };

    public DateTimeOffset LastChange(DateTimeOffset now) => now < CompletedAt ? AnsweredAt is { } answered && now >= answered ? answered : CreatedAt : CompletedAt;
}

/// <summary>A text message.</summary>
/// <param name="Number">Counts up with every message.</param>
internal sealed record MessageRecord(
    long Number, string Id, QuoConversation Conversation, QuoUser User, bool IsIncoming, string From, IReadOnlyList<string> To, string Text, DateTimeOffset CreatedAt)
{
    /// <summary>When the outcome of a sent message is known.</summary>
    public required DateTimeOffset SettledAt { get; init; }

    public required QuoMessageOutcome Outcome { get; init; }

    public string Direction => IsIncoming ? "incoming" : "outgoing";

    public string StatusAt(DateTimeOffset now) =>
        now < SettledAt ? "queued" : Outcome == QuoMessageOutcome.Delivered ? "delivered" : "undelivered";

    public DateTimeOffset LastChange(DateTimeOffset now) => now < SettledAt ? CreatedAt : SettledAt;
}
