using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

/// <summary>What happens at HeyReach without a request.</summary>
public sealed class Occurrences
{
    private readonly Account _account = new(HeyReachWorld.Plain(20, 3));
    private readonly HeyReachConversation _thread;

    public Occurrences() => _thread = _account.HeyReach.Conversations.Last();

    private HeyReachConversation Now => _account.HeyReach.Find(_thread.Id)!;

    [Fact]
    public void A_reply_moves_the_conversation_to_the_top_unread()
    {
        HeyReachMessage reply = _account.HeyReach.ReplyArrives(_thread.Id, "Yes, please");
        Assert.Equal(_thread.Id, Account.Ids(_account.V3())[0]);
        Assert.Equal((4, reply, false), (Now.Messages.Count, Now.Messages[^1], Now.Read));
        Assert.Equal((HeyReachSide.Correspondent, "Yes, please", _account.Clock.Now), (reply.Sender, reply.Body, reply.CreatedAt));
    }

    [Fact]
    public void A_burst_brings_several_replies_at_different_times()
    {
        _account.HeyReach.BurstOfReplies(_thread.Id, count: 4);
        Assert.Equal(7, Now.Messages.Count);
        Assert.Equal(4, Now.Messages.Skip(3).Select(m => m.CreatedAt).Distinct().Count());
    }

    [Fact]
    public void A_back_dated_message_raises_the_count_and_not_the_last_time()
    {
        int place = _account.Scan().IndexOf(_thread.Id);
        HeyReachMessage late = _account.HeyReach.BackDatedInsert(_thread.Id, before: TimeSpan.FromSeconds(1));
        Assert.Equal(_thread.Messages[^1], Now.Messages[^1]);
        Assert.Equal((4, late), (Now.Messages.Count, Now.Messages[^2]));
        Assert.Equal(place, _account.Scan().IndexOf(_thread.Id));
    }

    [Fact]
    public void An_edit_changes_a_body_and_nothing_else()
    {
        _account.HeyReach.EditBody(_thread.Id, "Corrected", index: 1);
        Assert.Equal([_thread.Messages[0], _thread.Messages[1] with { Body = "Corrected" }, _thread.Messages[2]], Now.Messages);
    }

    [Fact]
    public void A_deleted_newest_message_moves_the_conversation_down()
    {
        HeyReachConversation newest = _account.HeyReach.Conversations.First();
        Assert.Equal(newest.Messages[^1], _account.HeyReach.DeleteMessage(newest.Id));
        Assert.Equal(newest.Messages.Take(2), _account.HeyReach.Find(newest.Id)!.Messages);
        Assert.Equal(_account.HeyReach.Conversations.Select(c => c.Id), _account.Scan(7));
    }

    [Fact]
    public void Deleting_the_only_message_takes_the_conversation_along()
    {
        for (int left = 3; left > 0; left--) _account.HeyReach.DeleteMessage(_thread.Id);
        Assert.Null(_account.HeyReach.Find(_thread.Id));
    }

    [Fact]
    public void Two_close_messages_are_200_ms_apart()
    {
        IReadOnlyList<HeyReachMessage> pair = _account.HeyReach.TwoMessagesClose(_thread.Id);
        Assert.Equal(TimeSpan.FromMilliseconds(200), pair[1].CreatedAt - pair[0].CreatedAt);
    }

    [Fact]
    public void Both_sides_can_write_at_the_very_same_time()
    {
        _account.HeyReach.SameInstantFromBothSides(_thread.Id);
        Assert.Equal(Now.Messages[^1].CreatedAt, Now.Messages[^2].CreatedAt);
        Assert.Equal([HeyReachSide.Me, HeyReachSide.Correspondent], Now.Messages.Skip(3).Select(m => m.Sender));
    }

    [Fact]
    public void One_side_can_write_twice_at_the_very_same_time()
    {
        _account.HeyReach.SameInstantFromOneSide(_thread.Id);
        Assert.Single(Now.Messages.Skip(3).Select(m => (m.CreatedAt, m.Sender)).Distinct());
    }

    [Fact]
    public void A_vanished_conversation_is_in_no_list_and_a_404_in_the_chatroom()
    {
        _account.HeyReach.Vanish(_thread.Id);
        Assert.DoesNotContain(_thread.Id, _account.Scan());
        Account.Error(404, _account.Chatroom(_thread));
        Assert.Equal(19, _account.V2().GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public void A_new_conversation_brings_a_new_lead()
    {
        HeyReachConversation opened = _account.HeyReach.NewConversation();
        Assert.Equal(21, _account.HeyReach.Leads.Count());
        Assert.Equal(opened.Id, Account.Ids(_account.V3())[0]);
    }

    [Fact]
    public void Another_sender_reaches_the_same_lead()
    {
        HeyReachConversation second = _account.HeyReach.SameLeadFromAnotherSender(_thread.Lead.LinkedInId);
        Assert.Equal(_thread.Lead.LinkedInId, second.Lead.LinkedInId);
        Assert.NotEqual(_thread.LinkedInAccountId, second.LinkedInAccountId);
        Assert.NotEqual(_thread.Id, second.Id);
    }

    [Fact]
    public void A_new_job_shows_in_the_profile_and_moves_no_message()
    {
        _account.HeyReach.LeadChangesJob(_thread.Lead.LinkedInId, "Head of Data", "Example Works");
        Assert.Equal(("Head of Data", "Example Works", "Head of Data at Example Works"), (Now.Lead.Position, Now.Lead.CompanyName, Now.Lead.Headline));
        Assert.Equal(_thread.Messages, Now.Messages);
    }

    [Theory]
    [InlineData(ProfileUrlForm.TrailingSlash, true)]
    [InlineData(ProfileUrlForm.UpperCase, true)]
    [InlineData(ProfileUrlForm.PercentEncoded, true)]
    [InlineData(ProfileUrlForm.Vanity, false)]
    [InlineData(ProfileUrlForm.MemberUrn, false)]
    public void A_profile_url_changes_its_form(ProfileUrlForm form, bool oldStillFinds)
    {
        Account lively = new(HeyReachWorld.Lively(50) with { NonAscii = 1, NoIdentity = 0, MemberUrns = 0 });
        HeyReachLead lead = lively.HeyReach.Leads.First();
        HeyReachLead changed = lively.HeyReach.ProfileUrlChanges(lead.LinkedInId, form);
        Assert.NotEqual(lead.ProfileUrl, changed.ProfileUrl);
        Assert.Equal(200, Find(lively, changed.ProfileUrl));
        Assert.Equal(oldStillFinds ? 200 : 404, Find(lively, lead.ProfileUrl));
    }

    [Fact]
    public void A_tag_shows_on_the_lead()
    {
        _account.HeyReach.TagAdded(_thread.Lead.LinkedInId, "Champion");
        Assert.Equal(["Champion"], Now.Lead.Tags);
        Assert.Contains("Champion", _account.HeyReach.Tags);
    }

    [Fact]
    public void A_name_that_finds_nobody_is_said()
    {
        Assert.Throws<ArgumentException>(() => _account.HeyReach.ReplyArrives("2-nothing"));
        Assert.Throws<ArgumentException>(() => _account.HeyReach.TagAdded("0"));
        Assert.Throws<ArgumentException>(() => _account.HeyReach.AddKey(""));
        Assert.Throws<ArgumentException>(() => new Account().HeyReach.ReplyArrives());
        Assert.Throws<ArgumentException>(() => new Account().HeyReach.TagAdded());
    }

    [Fact]
    public void Every_happening_can_be_called_without_naming_anything_and_leaves_the_inbox_in_order()
    {
        foreach (Happening happening in _account.HeyReach.Happenings.Where(h => h.Name is not ("revoke-key" or "add-key" or "hook-header")))
        {
            happening.Happen(null);
            Assert.Equal(_account.HeyReach.Conversations.Select(c => c.Id), _account.Scan(9));
        }
    }

    [Fact]
    public void An_inbox_under_many_happenings_stays_sorted()
    {
        Happening[] menu = [.. _account.HeyReach.Happenings.Where(h => h.Name is not ("revoke-key" or "add-key" or "hook-header" or "second-sender"))];
        Random random = new(5);
        for (int step = 0; step < 500; step++)
        {
            _account.Clock.Advance(TimeSpan.FromSeconds(random.Next(3)));
            menu[random.Next(menu.Length)].Happen(null);
            if (step % 5 == 0) _account.HeyReach.NewConversation();
        }
        DateTimeOffset[] times = [.. _account.HeyReach.Conversations.Select(c => c.Messages[^1].CreatedAt)];
        Assert.Equal(times.OrderDescending(), times);
        Assert.Equal(_account.HeyReach.ConversationCount, _account.Scan(13).Distinct().Count());
    }

    private static int Find(Account account, string profileUrl) => account.Post("/lead/GetLead", $$"""{"profileUrl":"{{profileUrl}}"}""").Status;
}
