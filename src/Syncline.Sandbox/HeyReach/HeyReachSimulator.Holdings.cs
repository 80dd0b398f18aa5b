using System.Globalization;
using Syncline.Sandbox.HeyReach.Hooks;

namespace Syncline.Sandbox.HeyReach;

/// <summary>What the workspace holds, to be looked at in process.</summary>
public sealed partial class HeyReachSimulator
{
    /// <summary>Newest message first; made as it is walked.</summary>
    public IEnumerable<HeyReachConversation> Conversations => Current().Inbox.Newest.Select(c => c.View());

    /// <summary>In the order they were invented.</summary>
    public IEnumerable<HeyReachLead> Leads => _workspace.Leads.All.Select(l => l.View());

    public IReadOnlyList<HeyReachSender> Senders => _workspace.Senders;

    public IReadOnlyCollection<string> Tags => _workspace.Tags.Keys;

    public int ConversationCount => Current().Inbox.Newest.Count;

    public long MessageCount => Current().Inbox.Newest.Sum(c => (long)c.Messages.Length);

    /// <summary>The conversation, or null.</summary>
    public HeyReachConversation? Find(string conversationId) => Current().Inbox.Find(conversationId)?.View();

    public IReadOnlyList<HeldTable> Holds(int rows) =>
    [
        Table("conversations", ["id", "lead", "account", "campaign", "messages", "lastMessageAt"], ConversationCount, Current().Inbox.Newest.Take(rows).Select(Row)),
        Table("messages", ["conversation", "createdAt", "sender", "body"], MessageCount, Messages().Take(rows)),
        Table("leads", ["linkedin_id", "profileUrl", "name", "position", "company", "tags"], _workspace.Leads.All.Count,
            _workspace.Leads.All.Reverse().Take(rows).Select(Row)),
        Table("campaigns", ["id", "name", "status", "leads"], _workspace.Campaigns.Count, _workspace.Campaigns.Take(rows).Select(Row)),
        Table("senders", ["id", "name", "emailAddress", "profileUrl"], _workspace.Senders.Count, _workspace.Senders.Take(rows).Select(Row)),
        Table("webhooks", ["id", "name", "url", "event", "campaigns"], _board.Subscriptions.Count, _board.Subscriptions.Reverse().Take(rows).Select(Row)),
        Table("deliveries", ["number", "webhook", "event", "status", "attempts"], _board.Deliveries.Count, Enumerable.Reverse(_board.Deliveries).Take(rows).Select(Row)),
    ];

    private Workspace Current()
    {
        _writes.DeliverDue();
        return _workspace;
    }

    // Threads newest first, and each thread's messages newest first.
    private IEnumerable<string[]> Messages() =>
        from conversation in _workspace.Inbox.Newest
        from message in conversation.Messages.Reverse()
        select new[] { conversation.Id, Text(message.CreatedAt), message.Sender.ToString(), message.Body };

    private static HeldTable Table(string name, string[] columns, long count, IEnumerable<string[]> rows) => new(name, columns, [.. rows], count);

    private static string[] Row(Conversation c) =>
        [c.Id, c.Lead.FullName, Text(c.Sender.Id), c.CampaignId is { } id ? Text(id) : "", Text(c.Messages.Length), Text(c.LastMessageAt)];

    private static string[] Row(Lead l) => [l.LinkedInId ?? "", l.ProfileUrl, l.FullName, l.Position ?? "", l.CompanyName ?? "", string.Join(", ", l.Tags)];

    private static string[] Row(Campaign c) => [Text(c.Id), c.Name, c.Status, Text(c.Leads.Count)];

    private static string[] Row(HeyReachSender s) => [Text(s.Id), $"{s.FirstName} {s.LastName}", s.EmailAddress, s.ProfileUrl];

    private static string[] Row(Subscription s) => [Text(s.Id), s.Terms.Name, s.Terms.Url, s.Terms.EventType, s.Terms.CampaignIds.Count == 0 ? "all" : string.Join(", ", s.Terms.CampaignIds)];

    private static string[] Row(HookDelivery d) =>
        [d.Number.ToString(CultureInfo.InvariantCulture), Text(d.Subscription.Id), d.EventType, d.Status, Text(d.Attempts.Count)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
