using System.Globalization;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>Messages as records.</summary>
internal static class HeyReachMessages
{
    public const string Stream = "messages";

    /// <summary>The record id: <c>thread|ticks|me</c> or <c>thread|ticks|correspondent</c>, and for further messages of that side at that very time <c>|2</c>, <c>|3</c>.</summary>
    public static string IdOf(string conversation, PlacedMessage placed)
    {
        string side = placed.Message.IsOurs ? "me" : "correspondent";
        string id = string.Create(CultureInfo.InvariantCulture, $"{conversation}|{placed.At.UtcTicks}|{side}");
        return placed.Ordinal == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}|{placed.Ordinal}");
    }

    /// <param name="person">The id of the lead's person record.</param>
    /// <param name="sender">Our account in the thread, whoever wrote the message: what HeyReach calls a sender.</param>
    /// <param name="campaigns">The thread's campaigns.</param>
    /// <param name="isNewest">True for the thread's last message, the only one whose kind of content HeyReach tells.</param>
    public static RemoteRecord ToRecord(
        RecordKey key, PlacedMessage placed, WireConversation conversation, string person, WireSender? sender, IReadOnlyList<HeyReachCampaign> campaigns, bool isNewest)
    {
        WireMessage message = placed.Message;
        bool isEmpty = string.IsNullOrWhiteSpace(message.Body);
        return new(key, RecordKind.Message, FieldSet.Of(
            ("message_uid", FieldValue.Of(HeyReachMessageUid.Of(conversation.Id!, placed))),
            ("message_uid_alias", Texts.ListOf(HeyReachMessageUid.AliasesOf(conversation.Id!, placed))),
            ("conversation", FieldValue.Reference(HeyReachConversations.Stream, conversation.Id!)),
            ("person", FieldValue.Reference(HeyReachPeople.Stream, person)),
            ("conversation_id", FieldValue.Of(conversation.Id!)),
            ("body", isEmpty ? null : FieldValue.Of(message.Body!)),
            ("subject", FieldValue.TextOrNone(message.Subject)),
            ("sent_at", FieldValue.Of(placed.At)),
            ("direction", FieldValue.Of(message.IsOurs ? "outbound" : "inbound")),
            ("channel", FieldValue.Of(message.IsInMail == true ? "inmail" : "dm")),
            ("campaign_id", Texts.ListOf(campaigns.Select(c => HeyReachConversations.Text(c.Id)))),
            ("sender_email", FieldValue.TextOrNone(sender?.EmailAddress)),
            ("last_message_type", isEmpty && isNewest ? FieldValue.TextOrNone(conversation.LastMessageType) : null)))
        {
            ModifiedAt = placed.At,
        };
    }
}

/// <summary>The text by which a message is known at destinations: <c>thread:time:sender</c>.</summary>
internal static class HeyReachMessageUid
{
    // How a client may have written the time of a message it has stored: as HeyReach trims it, as JavaScript and as .NET write it in full.
    private static readonly string[] Renderings = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", "yyyy-MM-ddTHH:mm:ss.fffZ", "yyyy-MM-ddTHH:mm:ss.fffffffZ"];

    /// <summary>With time and sender exactly as HeyReach wrote them.</summary>
    public static string Of(string conversation, PlacedMessage placed) => Compose(conversation, placed.Message.CreatedAt!, SenderOf(placed), placed.Ordinal);

    /// <summary>The other forms that the same message may bear at a destination from before.</summary>
    public static IEnumerable<string> AliasesOf(string conversation, PlacedMessage placed)
    {
        string sender = SenderOf(placed);
        string[] senders = [sender, sender.ToLowerInvariant()];
        IEnumerable<string> times = Renderings.Select(r => placed.At.UtcDateTime.ToString(r, CultureInfo.InvariantCulture)).Prepend(placed.Message.CreatedAt!);
        return times.SelectMany(t => senders.Select(s => Compose(conversation, t, s, placed.Ordinal))).Distinct().Where(uid => uid != Of(conversation, placed));
    }

    private static string SenderOf(PlacedMessage placed) => string.IsNullOrEmpty(placed.Message.Sender) ? "CORRESPONDENT" : placed.Message.Sender;

    private static string Compose(string conversation, string time, string sender, int ordinal) =>
        ordinal == 1 ? $"{conversation}:{time}:{sender}" : string.Create(CultureInfo.InvariantCulture, $"{conversation}:{time}:{sender}:{ordinal}");
}
