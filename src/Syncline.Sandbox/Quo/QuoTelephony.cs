namespace Syncline.Sandbox.Quo;

/// <summary>How a call ends.</summary>
public enum QuoCallEnd
{
    Answered,

    /// <summary>Nobody answers, nothing is left.</summary>
    Missed,

    /// <summary>Nobody answers, a voicemail is left.</summary>
    Voicemail,

    /// <summary>Quo's assistant answers: <c>answeredBy</c> is no user.</summary>
    AiAnswered,
}

/// <summary>What becomes of a text message after it was queued.</summary>
public enum QuoMessageOutcome { Delivered, Undelivered, Failed }

/// <summary>How calls and messages go on after they began.</summary>
public sealed class QuoTelephony
{
    /// <summary>From the end of a call to its recording.</summary>
    public TimeSpan RecordingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>From the end of a call to its summary.</summary>
    public TimeSpan SummaryDelay { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>From the end of a call to its transcript.</summary>
    public TimeSpan TranscriptDelay { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Summaries and transcripts exist on higher plans only; without, they stay absent.</summary>
    public bool HasSummaries { get; set; } = true;

    /// <summary>From the 202 to the message's outcome.</summary>
    public TimeSpan MessageDelay { get; set; } = TimeSpan.FromSeconds(5);

    public QuoMessageOutcome MessageOutcome { get; set; }

    /// <summary>Receivers of one message: the contract says ten, the vendored OpenAPI document one.</summary>
    public int MostReceivers { get; set; } = 10;

    internal IReadOnlyList<Knob> Knobs() =>
    [
        TextKnob.Span("recording-delay", "From the end of a call to its recording, 00:00:30.", () => RecordingDelay, v => RecordingDelay = v),
        TextKnob.Span("summary-delay", "From the end of a call to its summary, 00:03:00.", () => SummaryDelay, v => SummaryDelay = v),
        TextKnob.Span("transcript-delay", "From the end of a call to its transcript, 00:02:00.", () => TranscriptDelay, v => TranscriptDelay = v),
        TextKnob.Flag("summaries", "Whether the plan has summaries and transcripts.", () => HasSummaries, v => HasSummaries = v),
        TextKnob.Span("message-delay", "From a message's 202 to its outcome, 00:00:05.", () => MessageDelay, v => MessageDelay = v),
        TextKnob.Choice("message-outcome", "What becomes of sent messages: Delivered, Undelivered or Failed.", () => MessageOutcome, v => MessageOutcome = v),
        TextKnob.Figure("most-receivers", "Receivers of one message: 10 (the contract) or 1 (the vendored document).", () => MostReceivers, v => MostReceivers = v),
    ];
}
