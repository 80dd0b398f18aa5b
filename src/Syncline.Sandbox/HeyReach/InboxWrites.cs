using Syncline.Sandbox.HeyReach.Hooks;

namespace Syncline.Sandbox.HeyReach;

/// <summary>SendMessage and SetSeenStatus.</summary>
internal sealed class InboxWrites(Workspace workspace, HeyReachBehaviour behaviour, WorkspaceEvents events, TimeProvider clock)
{
    private readonly List<Queued> _queue = [];

    /// <summary>Queues; not idempotent: the same call twice is two messages.</summary>
    public SandboxResponse Send(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        string text = body.Required("message");
        string? subject = body.Text("subject");
        string conversationId = body.Required("conversationId");
        long account = body.RequiredNumber("linkedInAccountId");
        if (body.Refusal() is { } refusal) return refusal;
        if (Find(conversationId, account) is null) return Answers.Error(404, "Conversation not found.");
        _queue.Add(new(clock.GetUtcNow() + behaviour.SendDelay, conversationId, text, string.IsNullOrEmpty(subject) ? null : subject));
        return Answers.Done;
    }

    public SandboxResponse SetSeen(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        string conversationId = body.Required("conversationId");
        long account = body.RequiredNumber("linkedInAccountId");
        bool? seen = body.Flag("seen");
        if (seen is null) body.Missing("seen");
        if (body.Refusal() is { } refusal) return refusal;
        if (Find(conversationId, account) is not { } conversation) return Answers.Error(404, "Conversation not found.");
        conversation.Read = seen!.Value;
        return Answers.Done;
    }

    /// <summary>When the next queued message is sent; null when none is.</summary>
    public DateTimeOffset? NextDueAt => _queue.Min(q => (DateTimeOffset?)q.Due);

    /// <summary>Puts what is due into the inbox, dated by LinkedIn's sending.</summary>
    public void DeliverDue()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (Queued queued in _queue.Where(q => q.Due <= now).ToList())
        {
            _queue.Remove(queued);
            Deliver(queued);
        }
    }

    private void Deliver(Queued queued)
    {
        if (workspace.Inbox.Find(queued.ConversationId) is not { } conversation) return;
        HeyReachMessage sent = new(Millis.Floor(queued.Due), HeyReachSide.Me, queued.Text) { Subject = queued.Subject, IsInMail = queued.Subject is not null };
        HeyReachMessage[] before = conversation.Messages;
        workspace.Inbox.Replace(conversation, before.Append(sent), queued.Due);
        events.Came(conversation, before, [sent], queued.Due);
    }

    private Conversation? Find(string id, long account) => workspace.Inbox.Find(id) is { } found && found.Sender.Id == account ? found : null;

    private sealed record Queued(DateTimeOffset Due, string ConversationId, string Text, string? Subject);
}
