using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>Rows of the feed as activity records.</summary>
/// <remarks>
/// The lead's own variables stand flattened among a row's fields, and <c>lead</c> shows the lead as it is now, not as it was: neither gets into the record, so that an activity stays the same however often it is read.
/// </remarks>
internal static class LemlistActivities
{
    public const string Stream = "activities";

    /// <summary>States of a lead, told once more for an activity of a channel.</summary>
    private static readonly string[] Groups = ["contacted", "hooked", "attracted", "warmed", "interested", "notInterested"];

    private static readonly (string Prefix, string Channel)[] Channels =
        [("emails", "email"), ("linkedin", "linkedin"), ("whatsapp", "whatsapp"), ("sms", "sms"), ("aircall", "call"), ("call", "call")];

    public static bool IsGroup(JsonElement row) => Groups.Contains(row.Text("type"), StringComparer.Ordinal);

    public static bool IsBot(JsonElement row) => row.Flag("bot") == true;

    public static string? ContactOf(JsonElement row) => row.Text("contactId") ?? row.Part("lead")?.Text("contactId");

    public static string? LeadOf(JsonElement row) => row.Text("leadId") ?? row.Part("lead")?.Text("_id");

    /// <summary>The record without its person, for whom it may be necessary to ask.</summary>
    public static RemoteRecord ToRecord(StreamId stream, JsonElement row)
    {
        string type = row.Text("type")!;
        FieldSet fields = FieldSet.Of(
            ("activity_key", FieldValue.TextOrNone(row.Text("_id"))),
            ("type", FieldValue.Of(type)),
            ("channel", FieldValue.TextOrNone(ChannelOf(type))),
            ("direction", FieldValue.TextOrNone(DirectionOf(type))),
            ("title", FieldValue.TextOrNone(row.Text("subject") ?? InWords(type))),
            ("body", FieldValue.TextOrNone(row.Text("text") ?? row.Text("messagePreview") ?? row.Text("note"))),
            ("status", FieldValue.TextOrNone(IsBot(row) ? "bot" : row.Text("errorMessage"))),
            ("campaign_id", FieldValue.TextOrNone(row.Text("campaignId"))),
            ("campaign_name", FieldValue.TextOrNone(row.Text("campaignName"))),
            ("occurred_at", row.Time("createdAt") is { } at ? FieldValue.Of(at) : null),
            ("owner_email", FieldValue.TextOrNone(row.Text("sendUserEmail"))),
            ("company", row.Text("companyId") is { } company ? FieldValue.Reference(LemlistCompanies.Name, company) : null));
        return new(stream.Key(row.Text("_id")!), RecordKind.Activity, fields) { ModifiedAt = row.Time("createdAt"), Version = ContentVersion.Of(fields) };
    }

    /// <summary>Null for a type that belongs to no channel (<c>paused</c>, <c>meetingBooked</c>).</summary>
    public static string? ChannelOf(string type) => Channels.FirstOrDefault(c => type.StartsWith(c.Prefix, StringComparison.Ordinal)).Channel;

    /// <summary>Null where nothing was said: an opened mail, a visited profile.</summary>
    public static string? DirectionOf(string type) => ChannelOf(type) is null ? null
        : type.EndsWith("Replied", StringComparison.Ordinal) ? "inbound"
        : type.EndsWith("Sent", StringComparison.Ordinal) || type.EndsWith("InviteDone", StringComparison.Ordinal) || type.EndsWith("VoiceNoteDone", StringComparison.Ordinal) ? "outbound"
        : null;

    /// <summary><c>linkedinInviteAccepted</c> as "Linkedin invite accepted".</summary>
    private static string InWords(string type)
    {
        string words = string.Concat(type.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
