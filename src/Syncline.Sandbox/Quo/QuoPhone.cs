using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Telephony;

namespace Syncline.Sandbox.Quo;

/// <summary>Calls and messages that people make and get. A call begins now and goes on with the clock; its hooks fire as it does.</summary>
public sealed class QuoPhone
{
    private readonly QuoWorkspace _workspace;

    internal QuoPhone(QuoWorkspace workspace) => _workspace = workspace;

    /// <summary>Told of every call and message when it begins.</summary>
    internal Action<CallRecord>? CallBegan { get; set; }

    internal Action<MessageRecord>? MessageBegan { get; set; }

    /// <summary>A text message arrives.</summary>
    /// <param name="from">E.164.</param>
    /// <param name="line">Which of the workspace's numbers, from 0.</param>
    /// <returns>The message's id.</returns>
    public string Receive(string from, string text, int line = 0)
    {
        Check(from);
        QuoNumber number = _workspace.Numbers[line];
        return Add(number, number.Users[0], isIncoming: true, from, [number.Number], [from], text, _workspace.Now).Id;
    }

    /// <summary>A call begins. Nobody talks on a call that nobody answers, whatever the length.</summary>
    /// <param name="outside">E.164; more than one makes a call that v1 cannot show.</param>
    /// <returns>The call's id.</returns>
    public string Call(IReadOnlyList<string> outside, bool isIncoming = true, QuoCallEnd end = QuoCallEnd.Answered, TimeSpan? length = null, int line = 0)
    {
        foreach (string number in outside) Check(number);
        QuoConversation conversation = _workspace.Conversation(_workspace.Numbers[line], outside);
        bool isAnswered = end is QuoCallEnd.Answered or QuoCallEnd.AiAnswered;
        CallRecord call = new(_workspace.Calls.Count + 1, _workspace.Ids.Next("AC"), conversation, conversation.Line.Users[0], isIncoming, outside, end, _workspace.Now)
        {
            Duration = isAnswered ? length ?? TimeSpan.FromMinutes(1) : TimeSpan.Zero,
            RecordingId = _workspace.Ids.Next("CR"),
            VoicemailId = end == QuoCallEnd.Voicemail ? _workspace.Ids.Next("VM") : null,
            AssistantId = end == QuoCallEnd.AiAnswered ? _workspace.Ids.Next("SYU") : null,
        };
        _workspace.Calls.Add(call);
        Noted(conversation, call.Id);
        CallBegan?.Invoke(call);
        return call.Id;
    }

    /// <summary>Queues a message that the API was asked to send.</summary>
    internal MessageRecord Queue(QuoNumber line, QuoUser user, IReadOnlyList<string> to, string text) =>
        Add(line, user, isIncoming: false, line.Number, to, to, text, _workspace.Now + _workspace.Telephony.MessageDelay);

    private MessageRecord Add(QuoNumber line, QuoUser user, bool isIncoming, string from, IReadOnlyList<string> to, IReadOnlyList<string> outside, string text, DateTimeOffset settledAt)
    {
        QuoConversation conversation = _workspace.Conversation(line, outside);
        MessageRecord message = new(_workspace.Messages.Count + 1, _workspace.Ids.Next("AC"), conversation, user, isIncoming, from, to, text, _workspace.Now)
        {
            SettledAt = settledAt, Outcome = isIncoming ? QuoMessageOutcome.Delivered : _workspace.Telephony.MessageOutcome,
        };
        _workspace.Messages.Add(message);
        Noted(conversation, message.Id);
        MessageBegan?.Invoke(message);
        return message;
    }

    private void Noted(QuoConversation conversation, string id) => (conversation.LastActivityAt, conversation.LastActivityId) = (_workspace.Now, id);

    private static void Check(string phone)
    {
        if (!PhoneForm.IsE164(phone)) throw new ArgumentException($"{phone} is not E.164.", nameof(phone));
    }
}
