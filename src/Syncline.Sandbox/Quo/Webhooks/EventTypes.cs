namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>The events that webhooks can ask for.</summary>
internal static class EventTypes
{
    public const string ContactUpdated = "contact.updated";
    public const string ContactDeleted = "contact.deleted";

    private static readonly string[] Dated =
    [
        "message.received", "message.delivered", "message.failed", "message.undelivered",
        "call.ringing", "call.answered", "call.completed", "call.missed", "call.forwarded", "call.menu.selected",
        "call.recording.completed", "call.transcript.completed", "call.summary.completed", "call.voicemail.completed",
        ContactUpdated, ContactDeleted,
    ];

    private static readonly Dictionary<string, string[]> Legacy = new(StringComparer.Ordinal)
    {
        ["messages"] = ["message.received", "message.delivered"],
        ["calls"] = ["call.completed", "call.ringing", "call.recording.completed"],
        ["call-summaries"] = ["call.summary.completed"],
        ["call-transcripts"] = ["call.transcript.completed"],
    };

    public static IEnumerable<string> Families => Legacy.Keys;

    public static IReadOnlyList<string> Of(string family) => Legacy[family];

    // The members of these two families are not documented one by one.
    public static bool IsKnown(string type) => Dated.Contains(type) || type.StartsWith("task.", StringComparison.Ordinal) || type.StartsWith("integration.", StringComparison.Ordinal);
}
