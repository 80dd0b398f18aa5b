using System.Globalization;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>A campaign a conversation belongs to.</summary>
/// <param name="Name">Null when it could not be looked up.</param>
internal sealed record HeyReachCampaign(long Id, string? Name);

/// <summary>Threads as conversation records.</summary>
internal static class HeyReachConversations
{
    public const string Stream = "conversations";

    /// <param name="person">The id of the lead's person record.</param>
    /// <param name="sender">Our account with its e-mail address, from the listing or looked up.</param>
    public static RemoteRecord ToRecord(RecordKey key, WireConversation conversation, string person, WireSender? sender, IReadOnlyList<HeyReachCampaign> campaigns) =>
        new(key, RecordKind.Conversation, FieldSet.Of(
            ("id", FieldValue.Of(key.Id)),
            ("person", FieldValue.Reference(HeyReachPeople.Stream, person)),
            ("last_message_at", conversation.LastAt is { } at ? FieldValue.Of(at) : null),
            ("total_messages", FieldValue.Of((decimal)conversation.Total)),
            ("sender_account", conversation.SenderId is { } account ? FieldValue.Of(Text(account)) : null),
            ("owner_email", FieldValue.TextOrNone(sender?.EmailAddress)),
            ("owner_name", FieldValue.TextOrNone($"{sender?.FirstName?.Trim()} {sender?.LastName?.Trim()}")),
            ("campaign_id", Texts.ListOf(campaigns.Select(c => Text(c.Id)))),
            ("campaign_name", Texts.ListOf(campaigns.Select(c => c.Name))),
            ("tags", Texts.ListOf([.. conversation.Tags, .. conversation.CorrespondentProfile?.Tags ?? []])),
            ("auto_tags", Texts.ListOf(conversation.AutoTags))))
        {
            ModifiedAt = conversation.LastAt,
        };

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What says whether a thread has to be read again.</summary>
public static class HeyReachVersion
{
    /// <summary>A thread's version as it is kept for <c>conversations</c> ids. Both halves are needed: a back-dated message raises the count alone.</summary>
    /// <remarks>An edited body changes neither half: edits are seen by a full reading, or when the thread moves for another reason.</remarks>
    public static string Of(DateTimeOffset lastMessageAt, long totalMessages) => string.Create(CultureInfo.InvariantCulture, $"{lastMessageAt.UtcTicks}:{totalMessages}");

    /// <summary>Null when the thread does not say when it last moved: it is then read every time.</summary>
    internal static string? Of(WireConversation conversation) => conversation.LastAt is { } at ? Of(at, conversation.Total) : null;
}
