using Bogus;
using Syncline.Sandbox.Quo.Telephony;

namespace Syncline.Sandbox.Quo;

/// <summary>Invents past calls and messages of the conversations there are, oldest first.</summary>
internal sealed class HistoryInvention(QuoWorkspace workspace, Randomizer random)
{
    private static readonly string[] Texts = ["Thanks, that works for me.", "Could you call me back?", "On my way ☎", "Which offer do you mean?", "Voilà, à demain."];

    public void Populate(QuoWorld world)
    {
        foreach (DateTimeOffset at in Times(world.Calls)) Call(at);
        foreach (DateTimeOffset at in Times(world.Messages)) Message(at);
    }

    private IEnumerable<DateTimeOffset> Times(int count) =>
        Enumerable.Range(0, count).Select(i => workspace.Now.AddDays(-30 + (28.0 * i / count)));

    private void Call(DateTimeOffset at)
    {
        QuoConversation conversation = random.ListItem(workspace.Conversations);
        QuoCallEnd end = random.Enum<QuoCallEnd>();
        workspace.Calls.Add(new(workspace.Calls.Count + 1, workspace.Ids.Next("AC"), conversation, conversation.Line.Users[0], IsIncoming: random.Bool(), conversation.Participants, end, at)
        {
            Duration = end is QuoCallEnd.Answered or QuoCallEnd.AiAnswered ? TimeSpan.FromSeconds(random.Int(5, 900)) : TimeSpan.Zero,
            RecordingId = workspace.Ids.Next("CR"),
            VoicemailId = end == QuoCallEnd.Voicemail ? workspace.Ids.Next("VM") : null,
            AssistantId = end == QuoCallEnd.AiAnswered ? workspace.Ids.Next("SYU") : null,
        });
        Noted(conversation, workspace.Calls[^1].Id, at);
    }

    private void Message(DateTimeOffset at)
    {
        QuoConversation conversation = random.ListItem(workspace.Conversations);
        bool isIncoming = random.Bool();
        string line = conversation.Line.Number;
        workspace.Messages.Add(new(
            workspace.Messages.Count + 1, workspace.Ids.Next("AC"), conversation, conversation.Line.Users[0], isIncoming,
            isIncoming ? conversation.Participants[0] : line, isIncoming ? [line] : conversation.Participants, random.ArrayElement(Texts), at)
        {
            SettledAt = at, Outcome = QuoMessageOutcome.Delivered,
        });
        Noted(conversation, workspace.Messages[^1].Id, at);
    }

    private static void Noted(QuoConversation conversation, string id, DateTimeOffset at)
    {
        if (conversation.LastActivityId is null || at > conversation.LastActivityAt) (conversation.LastActivityAt, conversation.LastActivityId) = (at, id);
    }
}
