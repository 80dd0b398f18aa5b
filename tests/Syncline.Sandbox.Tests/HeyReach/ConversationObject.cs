using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed partial class ConversationObject
{
    private readonly Account _account = new(HeyReachWorld.Lively(600));

    [Fact]
    public void Has_the_keys_of_the_contract_in_their_order()
    {
        string[] keys = [.. Items()[0].EnumerateObject().Select(p => p.Name)];
        Assert.Equal(
            ["id", "read", "groupChat", "blockedByMe", "blockedByParticipant", "lastMessageAt", "lastMessageText", "lastMessageType", "lastMessageSender",
             "totalMessages", "linkedInAccountId", "correspondentProfile", "linkedInAccount", "messages"],
            keys);
    }

    [Fact]
    public void Messages_have_six_keys_and_no_id()
    {
        JsonElement message = Items()[0].GetProperty("messages")[0];
        Assert.Equal(["createdAt", "body", "subject", "postLink", "isInMail", "sender"], message.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Head_agrees_with_the_newest_message_and_messages_ascend()
    {
        Assert.All(Items(), item =>
        {
            JsonElement[] messages = [.. item.GetProperty("messages").EnumerateArray()];
            Assert.Equal(messages.Length, item.GetProperty("totalMessages").GetInt32());
            Assert.Equal(messages[^1].GetProperty("createdAt").GetString(), item.GetProperty("lastMessageAt").GetString());
            Assert.Equal(messages[^1].GetProperty("body").GetString(), item.GetProperty("lastMessageText").GetString());
            Assert.Equal(messages[^1].GetProperty("sender").GetString(), item.GetProperty("lastMessageSender").GetString());
            DateTimeOffset[] times = [.. messages.Select(m => m.GetProperty("createdAt").GetDateTimeOffset())];
            Assert.Equal(times.Order(), times);
            Assert.Equal(times.Length, times.Distinct().Count());
        });
    }

    [Fact]
    public void Thread_ids_have_58_characters_of_base64()
    {
        Assert.All(Items(), item => Assert.Matches(ThreadId(), item.GetProperty("id").GetString()));
    }

    [Fact]
    public void Times_end_with_Z_and_have_no_trailing_zeros()
    {
        string[] times = [.. Items().SelectMany(i => i.GetProperty("messages").EnumerateArray()).Select(m => m.GetProperty("createdAt").GetString()!)];
        Assert.All(times, time => Assert.Matches(Trimmed(), time));
        Assert.Contains(times, t => t.Length == 24);
        Assert.Contains(times, t => t.Length == 23);
    }

    [Fact]
    public void A_whole_second_has_no_fraction_at_all()
    {
        Account plain = new(HeyReachWorld.Plain(1, 1));
        plain.HeyReach.ReplyArrives();
        Assert.Equal("2026-09-15T12:00:00Z", Account.Items(plain.V3())[0].GetProperty("lastMessageAt").GetString());
    }

    [Fact]
    public void An_empty_body_is_a_voice_message()
    {
        JsonElement[] empty = [.. Items().Where(i => i.GetProperty("lastMessageText").GetString() == "")];
        Assert.NotEmpty(empty);
        Assert.All(empty, i => Assert.Equal(("VOICE", "CORRESPONDENT"), (i.GetProperty("lastMessageType").GetString(), i.GetProperty("lastMessageSender").GetString())));
    }

    [Fact]
    public void CampaignId_is_absent_null_or_present_as_the_knob_says()
    {
        Assert.DoesNotContain(Items(), i => i.TryGetProperty("campaignId", out _));
        _account.HeyReach.Behaviour.CampaignIds = CampaignIdForm.Null;
        Assert.All(Items(), i => Assert.Equal(JsonValueKind.Null, i.GetProperty("campaignId").ValueKind));
        _account.HeyReach.Behaviour.CampaignIds = CampaignIdForm.Present;
        Assert.Contains(Items(), i => i.GetProperty("campaignId").ValueKind == JsonValueKind.Number);
    }

    [Fact]
    public void A_preview_shows_the_newest_messages_and_the_true_total()
    {
        _account.HeyReach.Behaviour.PreviewMessages = 2;
        JsonElement item = Items().First(i => i.GetProperty("totalMessages").GetInt32() > 2);
        Assert.Equal(2, item.GetProperty("messages").GetArrayLength());
        Assert.Equal(item.GetProperty("lastMessageAt").GetString(), item.GetProperty("messages")[1].GetProperty("createdAt").GetString());
        HeyReachConversation whole = _account.HeyReach.Find(item.GetProperty("id").GetString()!)!;
        Assert.Equal(whole.Messages.Count, Account.Json(_account.Chatroom(whole)).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public void Reading_does_not_mark_as_seen()
    {
        int unread = Items().Count(i => !i.GetProperty("read").GetBoolean());
        Assert.NotEqual(0, unread);
        Assert.Equal(unread, Items().Count(i => !i.GetProperty("read").GetBoolean()));
    }

    [Fact]
    public void A_lively_world_shows_every_oddity()
    {
        JsonElement[] items = [.. Items()];
        JsonElement[] profiles = [.. items.Select(i => i.GetProperty("correspondentProfile"))];
        Assert.Contains(items, i => i.GetProperty("groupChat").GetBoolean());
        Assert.Contains(profiles, p => Text(p, "profileUrl").Any(c => c > 127));
        Assert.Contains(profiles, p => Text(p, "profileUrl").Contains("/in/ACoAA", StringComparison.Ordinal));
        Assert.Contains(profiles, p => Text(p, "lastName") is { Length: > 0 } name && name != name.Trim());
        Assert.Contains(profiles, p => Text(p, "lastName").Length == 0);
        Assert.Contains(profiles, p => p.GetProperty("linkedin_id").ValueKind == JsonValueKind.Null && Text(p, "profileUrl").Length == 0);
        Assert.Contains(profiles, p => p.GetProperty("companyName").ValueKind == JsonValueKind.Null);
        Assert.Contains(profiles, p => p.GetProperty("customFields").EnumerateArray().GroupBy(f => Text(f, "name")).Any(g => g.Count() > 1));
        Assert.Contains(items, i => i.GetProperty("messages")[0].GetProperty("isInMail").GetBoolean() && Text(i.GetProperty("messages")[0], "subject").Length > 0);
        Assert.Contains(_account.HeyReach.Conversations.GroupBy(c => c.Lead.LinkedInId ?? c.Id), g => g.Select(c => c.LinkedInAccountId).Distinct().Count() == 2);
        Assert.True(_account.HeyReach.Conversations.Select(c => c.LinkedInAccountId).Distinct().Count() > 3);
    }

    [Fact]
    public void Letters_beyond_ascii_are_sent_unescaped()
    {
        HeyReachLead lead = _account.HeyReach.Leads.First(l => l.ProfileUrl.Any(c => c > 127));
        Assert.Contains(lead.ProfileUrl, _account.Post("/lead/GetLead", JsonSerializer.Serialize(new { profileUrl = lead.ProfileUrl })).Body, StringComparison.Ordinal);
    }

    private IEnumerable<JsonElement> All() => Enumerable.Range(0, 7).SelectMany(page => Account.Items(_account.V2(string.Create(CultureInfo.InvariantCulture, $"{{\"offset\":{page * 100},\"limit\":100}}"))));

    private List<JsonElement> Items() => [.. All()];

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";

    [GeneratedRegex("^2-[A-Za-z0-9+/]{54}==$")]
    private static partial Regex ThreadId();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?Z$")]
    private static partial Regex Trimmed();
}
