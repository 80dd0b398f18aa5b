using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class Writes
{
    private readonly Account _account = new(HeyReachWorld.Plain(5, 2));
    private readonly HeyReachConversation _thread;

    public Writes() => _thread = _account.HeyReach.Conversations.Last();

    [Fact]
    public void A_sent_message_is_accepted_empty_and_shows_after_the_delay()
    {
        SandboxResponse answer = Send("Hello");
        Assert.Equal((200, ""), (answer.Status, answer.Body));
        Assert.Equal(2, Messages.Count);
        _account.Clock.Advance(_account.HeyReach.Behaviour.SendDelay);
        Assert.Equal(3, Messages.Count);
        Assert.Equal((HeyReachSide.Me, "Hello"), (Messages[^1].Sender, Messages[^1].Body));
        Assert.Equal(_thread.Id, Account.Ids(_account.V3())[0]);
    }

    [Fact]
    public void The_same_call_twice_is_two_messages()
    {
        Send("Hello");
        Send("Hello");
        _account.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["Hello", "Hello"], Messages.Skip(2).Select(m => m.Body));
    }

    [Fact]
    public void A_message_needs_text_conversation_and_account() =>
        Assert.Equal(["ConversationId", "LinkedInAccountId", "Message"], Account.Refused(_account.Post("/inbox/SendMessage", "{}")));

    [Fact]
    public void A_message_to_an_unknown_conversation_or_by_another_account_is_a_404()
    {
        Account.Error(404, _account.Post("/inbox/SendMessage", Body("2-AAAA==", _thread.LinkedInAccountId)));
        Account.Error(404, _account.Post("/inbox/SendMessage", Body(_thread.Id, 1)));
    }

    [Fact]
    public void Seen_is_what_was_set()
    {
        foreach (bool seen in new[] { false, true })
        {
            SandboxResponse answer = _account.Post("/inbox/SetSeenStatus", JsonSerializer.Serialize(new { conversationId = _thread.Id, linkedInAccountId = _thread.LinkedInAccountId, seen }));
            Assert.Equal((200, ""), (answer.Status, answer.Body));
            Assert.Equal(seen, _account.HeyReach.Find(_thread.Id)!.Read);
        }
    }

    private IReadOnlyList<HeyReachMessage> Messages => _account.HeyReach.Find(_thread.Id)!.Messages;

    private SandboxResponse Send(string message) =>
        _account.Post("/inbox/SendMessage", JsonSerializer.Serialize(new { message, conversationId = _thread.Id, linkedInAccountId = _thread.LinkedInAccountId }));

    private static string Body(string conversationId, int linkedInAccountId) => JsonSerializer.Serialize(new { message = "Hello", conversationId, linkedInAccountId });
}
