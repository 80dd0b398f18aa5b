using System.Text.Json;

namespace Syncline.Sandbox.HeyReach;

/// <summary>Writes the conversation object. V2 and the chatroom show e-mails and custom fields, V3 shows auto tags instead.</summary>
internal sealed class ConversationJson(HeyReachBehaviour behaviour)
{
    public void WriteV2(Utf8JsonWriter writer, Conversation conversation) => Write(writer, conversation, conversation.Messages, behaviour.PreviewMessages, v3: false);

    public void WriteV3(Utf8JsonWriter writer, Conversation conversation) => Write(writer, conversation, conversation.Messages, behaviour.PreviewMessages, v3: true);

    /// <summary>The thread with messages of another time, all of them.</summary>
    public void WriteChatroom(Utf8JsonWriter writer, Conversation conversation, HeyReachMessage[] messages) => Write(writer, conversation, messages, 0, v3: false);

    private void Write(Utf8JsonWriter writer, Conversation conversation, HeyReachMessage[] messages, int preview, bool v3)
    {
        writer.WriteStartObject();
        WriteHead(writer, conversation, messages);
        WriteCampaign(writer, conversation);
        writer.WriteNumber("linkedInAccountId"u8, conversation.Sender.Id);
        writer.WriteStartObject("correspondentProfile"u8);
        WriteProfile(writer, conversation.Lead, v3);
        writer.WriteEndObject();
        writer.WriteStartObject("linkedInAccount"u8);
        SenderJson.WriteInInbox(writer, conversation.Sender);
        writer.WriteEndObject();
        WriteMessages(writer, preview > 0 && preview < messages.Length ? messages.AsSpan(messages.Length - preview) : messages);
        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, Conversation conversation, HeyReachMessage[] messages)
    {
        HeyReachMessage last = messages[^1];
        writer.WriteString("id"u8, conversation.Id);
        writer.WriteBoolean("read"u8, conversation.Read);
        writer.WriteBoolean("groupChat"u8, conversation.GroupChat);
        writer.WriteBoolean("blockedByMe"u8, false);
        writer.WriteBoolean("blockedByParticipant"u8, false);
        writer.WriteTime("lastMessageAt", last.CreatedAt);
        writer.WriteString("lastMessageText"u8, last.Body);
        writer.WriteString("lastMessageType"u8, last.Body.Length == 0 ? "VOICE" : "TEXT");
        writer.WriteString("lastMessageSender"u8, Side(last.Sender));
        writer.WriteNumber("totalMessages"u8, messages.Length);
    }

    private void WriteCampaign(Utf8JsonWriter writer, Conversation conversation)
    {
        if (behaviour.CampaignIds == CampaignIdForm.Absent) return;
        if (behaviour.CampaignIds == CampaignIdForm.Present && conversation.CampaignId is { } id) writer.WriteNumber("campaignId"u8, id);
        else writer.WriteNull("campaignId"u8);
    }

    private static void WriteProfile(Utf8JsonWriter writer, Lead lead, bool v3)
    {
        LeadJson.WriteProfile(writer, lead);
        writer.WriteTexts("tags", lead.Tags);
        if (v3) WriteAutoTags(writer, lead);
        else WriteContact(writer, lead);
    }

    private static void WriteContact(Utf8JsonWriter writer, Lead lead)
    {
        writer.WriteString("emailAddress"u8, lead.EmailAddress);
        writer.WriteString("enrichedEmailAddress"u8, lead.EnrichedEmailAddress);
        writer.WriteNull("customEmailAddress"u8);
        writer.WriteStartArray("customFields"u8);
        foreach (CustomField field in lead.CustomFields)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, field.Name);
            writer.WriteString("value"u8, field.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAutoTags(Utf8JsonWriter writer, Lead lead)
    {
        writer.WriteStartArray("autoTags"u8);
        foreach (AutoTag tag in lead.AutoTags)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, tag.Name);
            writer.WriteNumber("campaignId"u8, tag.CampaignId);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteMessages(Utf8JsonWriter writer, ReadOnlySpan<HeyReachMessage> messages)
    {
        writer.WriteStartArray("messages"u8);
        foreach (HeyReachMessage message in messages)
        {
            writer.WriteStartObject();
            writer.WriteTime("createdAt", message.CreatedAt);
            writer.WriteString("body"u8, message.Body);
            writer.WriteString("subject"u8, message.Subject);
            writer.WriteString("postLink"u8, message.PostLink);
            writer.WriteBoolean("isInMail"u8, message.IsInMail);
            writer.WriteString("sender"u8, Side(message.Sender));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static string Side(HeyReachSide side) => side == HeyReachSide.Me ? "ME" : "CORRESPONDENT";
}
