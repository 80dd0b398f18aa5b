using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>What Quo makes of a call after its end: recording, summary, transcript, voicemail.</summary>
internal sealed class CallArtefacts(QuoTelephony telephony)
{
    public DateTimeOffset? RecordingAt(CallRecord call) => call.IsAnswered ? call.CompletedAt + telephony.RecordingDelay : null;

    public DateTimeOffset? SummaryAt(CallRecord call) => call.IsAnswered && telephony.HasSummaries ? call.CompletedAt + telephony.SummaryDelay : null;

    public DateTimeOffset? TranscriptAt(CallRecord call) => call.IsAnswered && telephony.HasSummaries ? call.CompletedAt + telephony.TranscriptDelay : null;

    /// <summary>absent, in-progress or completed.</summary>
    public static string StatusAt(DateTimeOffset? readyAt, DateTimeOffset now) => readyAt is not { } ready ? "absent" : now < ready ? "in-progress" : "completed";

    /// <summary>Empty until there is one.</summary>
    public JsonArray Recordings(CallRecord call, DateTimeOffset now) => RecordingAt(call) is { } ready && now >= ready ? [Recording(call, now)] : [];

    public JsonObject Summary(CallRecord call, DateTimeOffset now, string statusName = "status")
    {
        string status = StatusAt(SummaryAt(call), now);
        bool isDone = status == "completed";
        return new()
        {
            ["callId"] = call.Id,
            [statusName] = status,
            ["summary"] = isDone ? new JsonArray("The caller asked for an offer.", "A meeting on Thursday was agreed.") : null,
            ["nextSteps"] = isDone ? new JsonArray("Send the offer.") : null,
            ["jobs"] = isDone ? new JsonArray() : null,
        };
    }

    public JsonObject Transcript(CallRecord call, DateTimeOffset now, string statusName = "status")
    {
        string status = StatusAt(TranscriptAt(call), now);
        return new()
        {
            ["callId"] = call.Id,
            [statusName] = status,
            ["createdAt"] = WireTime.Write(call.CompletedAt),
            ["duration"] = call.Duration.TotalSeconds,
            ["dialogue"] = status == "completed" ? Dialogue(call) : null,
        };
    }

    /// <summary>Null when nobody left one.</summary>
    public static JsonObject? Voicemail(CallRecord call) => call.VoicemailId is null ? null : new()
    {
        ["id"] = call.VoicemailId,
        ["status"] = "completed",
        ["duration"] = 12,
        ["recordingUrl"] = $"https://recordings.example.com/{call.VoicemailId}.mp3?signature=expires",
        ["transcript"] = "Please call me back about the offer.",
    };

    // Signed addresses expire: another one is given each time.
    private static JsonObject Recording(CallRecord call, DateTimeOffset now) => new()
    {
        ["id"] = call.RecordingId,
        ["duration"] = (int)call.Duration.TotalSeconds,
        ["startTime"] = WireTime.Write(call.AnsweredAt),
        ["status"] = "completed",
        ["type"] = "audio/mpeg",
        ["url"] = $"https://recordings.example.com/{call.RecordingId}.mp3?expires={now.AddHours(1).ToUnixTimeSeconds()}",
    };

    private static JsonArray Dialogue(CallRecord call) =>
    [
        new JsonObject { ["userId"] = call.AssistantId is null ? call.User.Id : null, ["identifier"] = call.Line.Number, ["content"] = "Hello, how can I help?", ["start"] = 0.5, ["end"] = 2.5 },
        new JsonObject { ["userId"] = null, ["identifier"] = call.Outside[0], ["content"] = "I would like an offer.", ["start"] = 3, ["end"] = 5 },
    ];
}
