using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

/// <summary>What hooks say of what happened (contract, section 8).</summary>
public sealed class HookBodies
{
    private readonly HookDesk _desk = new();

    [Fact]
    public void A_reply_is_told_in_snake_case_with_the_thread_and_both_people()
    {
        _desk.Subscribe(HookDesk.Everything);
        HeyReachConversation thread = _desk.Campaigning;
        _desk.HeyReach.ReplyArrives(thread.Id, "Gladly ☎");
        JsonElement body = Assert.Single(_desk.Delivered());
        Assert.Equal(
            ["event_type", "timestamp", "correlation_id", "is_inmail", "conversation_id", "campaign", "sender", "lead", "recent_messages"], Keys(body));
        Assert.Equal(("every_message_reply_received", "2026-09-15T12:00:00Z", thread.Id), (Word(body, "event_type"), Word(body, "timestamp"), Word(body, "conversation_id")));
        Assert.False(body.GetProperty("is_inmail").GetBoolean());
        Assert.Equal(thread.CampaignId, body.GetProperty("campaign").GetProperty("id").GetInt32());
        Assert.Equal(thread.LinkedInAccountId, body.GetProperty("sender").GetProperty("id").GetInt32());
        Assert.Equal((thread.Lead.LinkedInId, thread.Lead.ProfileUrl), (Word(body.GetProperty("lead"), "id"), Word(body.GetProperty("lead"), "profile_url")));
        Assert.Equal(["id", "first_name", "last_name", "full_name", "profile_url"], Keys(body.GetProperty("sender")));
        Assert.Equal(
            ["id", "profile_url", "first_name", "last_name", "full_name", "company_name", "company_url", "position", "location", "email_address", "tags"], Keys(body.GetProperty("lead")));
        Assert.Equal([(thread.Messages[0].Body, false), ("Gladly ☎", true)], Recent(body));
    }

    [Fact]
    public void Nothing_is_signed()
    {
        _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.ReplyArrives();
        _desk.Delivered();
        Assert.Empty(_desk.Hooks.Sent.Single().Headers);
    }

    [Fact]
    public void Only_the_first_reply_of_a_campaigns_thread_is_a_first_reply()
    {
        _desk.Subscribe("MESSAGE_REPLY_RECEIVED");
        HeyReachConversation thread = _desk.Campaigning;
        _desk.HeyReach.BurstOfReplies(thread.Id);
        _desk.HeyReach.ReplyArrives(thread.Id);
        JsonElement body = Assert.Single(_desk.Delivered());
        Assert.Equal(2, Recent(body).Count);
        _desk.HeyReach.ReplyArrives(_desk.Outside.Id);
        Assert.Empty(_desk.Delivered());
    }

    [Fact]
    public void Every_reply_is_told_outside_campaigns_too_with_the_campaign_null_or_absent()
    {
        _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.BurstOfReplies(_desk.Outside.Id);
        List<JsonElement> bodies = _desk.Delivered();
        Assert.Equal([2, 3, 4], bodies.Select(b => Recent(b).Count));
        Assert.All(bodies, b => Assert.Equal(JsonValueKind.Null, b.GetProperty("campaign").ValueKind));
        _desk.Trouble.NoCampaign = NoCampaignForm.Absent;
        _desk.HeyReach.ReplyArrives(_desk.Outside.Id);
        Assert.False(_desk.Delivered().Single().TryGetProperty("campaign", out _));
    }

    [Fact]
    public void Where_not_all_conversations_are_imported_replies_and_tags_are_told_to_nobody()
    {
        _desk.Subscribe(HookDesk.Everything);
        _desk.Subscribe("LEAD_TAG_UPDATED");
        _desk.Trouble.ImportsAll = false;
        _desk.HeyReach.ReplyArrives(_desk.Campaigning.Id);
        _desk.HeyReach.TagAdded();
        Assert.Empty(_desk.Delivered());
    }

    [Fact]
    public void A_back_dated_message_is_told_when_HeyReach_learns_of_it()
    {
        _desk.Subscribe(HookDesk.Everything);
        HeyReachMessage late = _desk.HeyReach.BackDatedInsert(_desk.Campaigning.Id);
        JsonElement body = Assert.Single(_desk.Delivered());
        Assert.Equal("2026-09-15T12:00:00Z", Word(body, "timestamp"));
        Assert.Equal((late.Body, true), Recent(body)[0]);
    }

    [Fact]
    public void InMails_have_events_of_their_own()
    {
        HookDesk desk = new(HeyReachWorld.Plain(5, 1) with { InMails = 1 });
        desk.Subscribe("INMAIL_REPLY_RECEIVED");
        desk.Subscribe("MESSAGE_REPLY_RECEIVED");
        desk.Subscribe(HookDesk.Everything);
        desk.HeyReach.ReplyArrives(desk.Campaigning.Id);
        List<JsonElement> bodies = desk.Delivered();
        Assert.Equal(["inmail_reply_received", "every_message_reply_received"], bodies.Select(b => Word(b, "event_type")));
        Assert.All(bodies, b => Assert.True(b.GetProperty("is_inmail").GetBoolean()));
    }

    [Fact]
    public void A_message_sent_over_the_API_is_told_once_it_is_in_the_inbox()
    {
        _desk.Subscribe("MESSAGE_SENT");
        HeyReachConversation thread = _desk.Campaigning;
        _desk.Account.Post("/inbox/SendMessage", JsonSerializer.Serialize(new { message = "Hello", conversationId = thread.Id, linkedInAccountId = thread.LinkedInAccountId }));
        Assert.Empty(_desk.Delivered());
        Assert.Equal(_desk.Account.Clock.Now + _desk.HeyReach.Behaviour.SendDelay, _desk.Hooks.NextDueAt);
        _desk.Account.Clock.Advance(_desk.HeyReach.Behaviour.SendDelay);
        Assert.Equal(("Hello", false), Recent(Assert.Single(_desk.Delivered()))[^1]);
        Assert.Null(_desk.Hooks.NextDueAt);
        _desk.HeyReach.MessageGoesOut(thread.Id, "Again");
        _desk.HeyReach.MessageGoesOut(_desk.Outside.Id, "By hand");
        Assert.Equal(("Again", false), Recent(Assert.Single(_desk.Delivered()))[^1]);
    }

    [Fact]
    public void A_webhook_of_one_campaign_hears_nothing_of_another()
    {
        HeyReachConversation thread = _desk.Campaigning, other = _desk.HeyReach.Conversations.First(c => c.CampaignId is { } id && id != thread.CampaignId);
        _desk.Subscribe("MESSAGE_REPLY_RECEIVED", thread.CampaignId!.Value);
        _desk.HeyReach.ReplyArrives(other.Id);
        _desk.HeyReach.ReplyArrives(thread.Id);
        Assert.Equal(thread.Id, Word(Assert.Single(_desk.Delivered()), "conversation_id"));
    }

    [Fact]
    public void A_connection_is_asked_for_and_given_without_messages()
    {
        _desk.Subscribe("CONNECTION_REQUEST_SENT");
        _desk.Subscribe("CONNECTION_REQUEST_ACCEPTED");
        HeyReachLead lead = _desk.HeyReach.ConnectionRequested();
        Assert.Equal("ConnectionSent", StateOf(lead));
        _desk.HeyReach.ConnectionAccepted();
        Assert.Equal("ConnectionAccepted", StateOf(lead));
        List<JsonElement> bodies = _desk.Delivered();
        Assert.Equal(["connection_request_sent", "connection_request_accepted"], bodies.Select(b => Word(b, "event_type")));
        Assert.All(bodies, b => Assert.Equal((lead.LinkedInId, 0, null), (Word(b.GetProperty("lead"), "id"), Recent(b).Count, Word(b, "conversation_id"))));
        Assert.Throws<ArgumentException>(() => _desk.HeyReach.ConnectionAccepted(lead.LinkedInId));
    }

    [Fact]
    public void A_campaign_that_ends_is_told_without_a_lead_and_listed_as_finished()
    {
        _desk.Subscribe("CAMPAIGN_COMPLETED");
        int id = _desk.Campaigning.CampaignId!.Value;
        _desk.HeyReach.CampaignCompletes(id);
        JsonElement body = Assert.Single(_desk.Delivered());
        Assert.Equal((id, JsonValueKind.Null), (body.GetProperty("campaign").GetProperty("id").GetInt32(), body.GetProperty("lead").ValueKind));
        Assert.Equal("FINISHED", Word(_desk.Account.Get($"/campaign/GetById?campaignId={id}"), "status"));
    }

    [Fact]
    public void Tags_are_told_when_they_are_others_than_before_by_a_person_or_over_the_API()
    {
        _desk.Subscribe("LEAD_TAG_UPDATED");
        string lead = _desk.Campaigning.Lead.LinkedInId!;
        _desk.HeyReach.TagAdded(lead);
        _desk.HeyReach.TagAdded(lead);
        Assert.Equal("VIP", Assert.Single(_desk.Delivered()).GetProperty("lead").GetProperty("tags")[0].GetString());
        foreach (string tag in new[] { "VIP", "Nurture" }) _desk.Account.Post("/lead/AddTags", $$"""{"leadLinkedInId":"{{lead}}","tags":["{{tag}}"]}""");
        Assert.Equal(2, Assert.Single(_desk.Delivered()).GetProperty("lead").GetProperty("tags").GetArrayLength());
    }

    [Fact]
    public void Auto_tags_come_flat_with_prefixed_keys_or_in_the_envelope()
    {
        _desk.Subscribe("LEAD_AUTO_TAGGED_NOT_INTERESTED");
        HeyReachLead lead = _desk.Campaigning.Lead;
        _desk.HeyReach.AutoTagged(lead.LinkedInId, "Not Interested");
        _desk.HeyReach.AutoTagged(lead.LinkedInId);
        JsonElement flat = Assert.Single(_desk.Delivered());
        Assert.Equal(("lead_auto_tagged_not_interested", lead.ProfileUrl), (Word(flat, "eventType"), Word(flat, "leadProfileUrl")));
        Assert.Equal(_desk.Campaigning.CampaignId, flat.GetProperty("campaignId").GetInt32());
        _desk.Trouble.FlatAutoTags = false;
        _desk.HeyReach.AutoTagged(lead.LinkedInId, "Not Interested");
        Assert.Equal(lead.LinkedInId, Word(Assert.Single(_desk.Delivered()).GetProperty("lead"), "id"));
        Assert.Contains("Not Interested", _desk.Account.V3().GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HookEventType.Lower, "every_message_reply_received")]
    [InlineData(HookEventType.Upper, "EVERY_MESSAGE_REPLY_RECEIVED")]
    [InlineData(HookEventType.Missing, null)]
    public void The_event_is_named_in_lower_case_in_upper_case_or_not_at_all(HookEventType form, string? named)
    {
        _desk.Trouble.EventType = form;
        _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.ReplyArrives();
        JsonElement body = Assert.Single(_desk.Delivered());
        Assert.Equal(named, body.TryGetProperty("event_type", out JsonElement type) ? type.GetString() : null);
    }

    [Theory]
    [InlineData(RecentMessages.Thread, 6)]
    [InlineData(RecentMessages.Slice, 3)]
    [InlineData(RecentMessages.Trigger, 1)]
    public void Recent_messages_are_the_thread_a_slice_of_it_or_the_one(RecentMessages form, int count)
    {
        HookDesk desk = new(HeyReachWorld.Plain(3, 5));
        desk.Trouble.RecentMessages = form;
        desk.Subscribe(HookDesk.Everything);
        desk.HeyReach.ReplyArrives(body: "The newest");
        List<(string Text, bool IsReply)> shown = Recent(Assert.Single(desk.Delivered()));
        Assert.Equal((count, ("The newest", true)), (shown.Count, shown[^1]));
        desk.Trouble.NewestFirst = true;
        desk.HeyReach.ReplyArrives(body: "Newer still");
        Assert.Equal("Newer still", Recent(Assert.Single(desk.Delivered()))[0].Text);
    }

    [Fact]
    public void The_time_of_a_message_is_that_of_the_inbox_or_loses_its_fraction()
    {
        _desk.Subscribe(HookDesk.Everything);
        _desk.Account.Clock.Advance(TimeSpan.FromMilliseconds(370));
        string thread = _desk.Campaigning.Id;
        _desk.HeyReach.ReplyArrives(thread);
        _desk.Trouble.WholeSeconds = true;
        _desk.HeyReach.ReplyArrives(thread);
        Assert.Equal(["2026-09-15T12:00:00.37Z", "2026-09-15T12:00:00Z"], _desk.Delivered().Select(b => Word(b.GetProperty("recent_messages").EnumerateArray().Last(), "creation_time")));
    }

    private string? StateOf(HeyReachLead lead) => _desk.HeyReach.Holds(100).Single(t => t.Name == "campaigns").Rows
        .SelectMany(row => Account.Items(_desk.Account.Read("/campaign/GetLeadsFromCampaign", $$"""{"campaignId":{{row[0]}},"offset":0,"limit":100}""")))
        .Where(l => Word(l.GetProperty("linkedInUserProfile"), "linkedin_id") == lead.LinkedInId).Select(l => Word(l, "leadConnectionStatus")).SingleOrDefault();

    private static List<(string Text, bool IsReply)> Recent(JsonElement body) =>
        [.. body.GetProperty("recent_messages").EnumerateArray().Select(m => (Word(m, "message")!, m.GetProperty("is_reply").GetBoolean()))];

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private static string? Word(JsonElement element, string name) => element.GetProperty(name).GetString();
}
