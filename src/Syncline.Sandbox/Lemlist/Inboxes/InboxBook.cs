using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Inboxes;

/// <summary>The conversation of one contact with one user.</summary>
internal sealed class InboxRow(string id, Contact contact, string userId)
{
    public string Id => id;
    public Contact Contact => contact;
    public string UserId => userId;
    public bool IsRead { get; set; }

    /// <summary>In the order in which lemlist saw them.</summary>
    public List<Activity> Messages { get; } = [];

    public DateTimeOffset LastActivityAt => Messages.Max(m => m.SeenAt);

    /// <summary>The newest reply by the time lemlist saw it, which its own <c>createdAt</c> may lie minutes before.</summary>
    public Activity? LastReply => Messages.Where(m => m.IsReply).MaxBy(m => m.SeenAt);
}

/// <summary>All conversations.</summary>
internal sealed class InboxBook
{
    private readonly Dictionary<(string Contact, string User), InboxRow> _rows = [];

    /// <summary>How often somebody marked a conversation as read.</summary>
    public int MarkedAsRead { get; set; }

    public IEnumerable<InboxRow> OfUser(string userId) => _rows.Values.Where(r => r.UserId == userId);

    public IReadOnlyList<InboxRow> OfContact(string contactId) => [.. _rows.Values.Where(r => r.Contact.Id == contactId)];

    public void Add(Activity activity, LemlistTeam team)
    {
        if (!activity.IsMessage) return;
        string user = activity.Sender?.Id ?? activity.UserId ?? team.Users[0].Id;
        if (!_rows.TryGetValue((activity.Contact!.Id, user), out InboxRow? row)) _rows[(activity.Contact.Id, user)] = row = new(team.Ids.Next("ibx"), activity.Contact, user);
        row.Messages.Add(activity);
        row.IsRead = !activity.IsReply;
    }

    public void Remove(Contact contact)
    {
        foreach (InboxRow row in OfContact(contact.Id)) _rows.Remove((contact.Id, row.UserId));
    }

    public void Remove(Activity activity)
    {
        if (activity.Contact is null) return;
        foreach (InboxRow row in OfContact(activity.Contact.Id).Where(r => r.Messages.Remove(activity) && r.Messages.Count == 0)) _rows.Remove((activity.Contact.Id, row.UserId));
    }
}
