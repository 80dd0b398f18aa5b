using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class Chatroom
{
    private readonly Account _account = new(HeyReachWorld.Plain(5, 3));
    private readonly HeyReachConversation _thread;

    public Chatroom() => _thread = _account.HeyReach.Conversations.First();

    [Fact]
    public void Holds_the_whole_thread()
    {
        JsonElement room = Account.Json(_account.Chatroom(_thread));
        Assert.Equal(_thread.Id, room.GetProperty("id").GetString());
        Assert.Equal(3, room.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public void The_id_may_be_percent_encoded_or_raw()
    {
        string raw = $"/inbox/GetChatroom/{_thread.LinkedInAccountId}/{_thread.Id}";
        Assert.EndsWith("==", raw, StringComparison.Ordinal);
        Assert.Equal(_account.Chatroom(_thread).Body, _account.Send("GET", raw).Body);
        Assert.Equal(200, _account.Send("GET", raw).Status);
    }

    [Fact]
    public void An_unknown_conversation_is_a_404() =>
        Account.Error(404, _account.Send("GET", $"/inbox/GetChatroom/{_thread.LinkedInAccountId}/2-AAAA%3D%3D"));

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public void The_wrong_account_is_refused_as_the_knob_says(int status)
    {
        _account.HeyReach.Behaviour.MismatchStatus = status;
        Account.Error(status, _account.Chatroom(_thread with { LinkedInAccountId = 1 }));
    }

    [Fact]
    public void An_account_that_is_no_number_is_a_400() => Assert.Equal(["accountId"], Account.Refused(_account.Send("GET", $"/inbox/GetChatroom/me/{_thread.Id}")));

    [Fact]
    public void POST_is_a_405() => Assert.Equal(405, _account.Send("POST", $"/inbox/GetChatroom/1/{_thread.Id}", "{}").Status);

    [Fact]
    public void Lags_behind_the_listing_by_the_time_set()
    {
        _account.HeyReach.Behaviour.ChatroomLag = TimeSpan.FromHours(2);
        _account.HeyReach.ReplyArrives(_thread.Id);
        _account.Clock.Advance(TimeSpan.FromHours(1));
        _account.HeyReach.ReplyArrives(_thread.Id);
        Assert.Equal([5, 3], [Listed(), Total()]);
        _account.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([5, 4], [Listed(), Total()]);
        _account.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([5, 5], [Listed(), Total()]);
    }

    [Fact]
    public void Shows_an_edited_body_as_it_was_while_it_lags()
    {
        _account.HeyReach.Behaviour.ChatroomLag = TimeSpan.FromHours(1);
        _account.HeyReach.EditBody(_thread.Id, "changed");
        Assert.DoesNotContain("changed", _account.Chatroom(_thread).Body, StringComparison.Ordinal);
        _account.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("changed", _account.Chatroom(_thread).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversation_younger_than_the_lag_is_not_known_yet()
    {
        _account.HeyReach.Behaviour.ChatroomLag = TimeSpan.FromHours(1);
        HeyReachConversation opened = _account.HeyReach.NewConversation();
        Account.Error(404, _account.Chatroom(opened));
        _account.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, _account.Chatroom(opened).Status);
    }

    private int Total() => Account.Json(_account.Chatroom(_thread)).GetProperty("totalMessages").GetInt32();

    private int Listed() => Account.Items(_account.V3()).Single(i => i.GetProperty("id").GetString() == _thread.Id).GetProperty("totalMessages").GetInt32();
}
