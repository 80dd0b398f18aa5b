using System.Globalization;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Unsubscribes;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist;

/// <summary>What the team holds, to be looked at in process.</summary>
public sealed partial class LemlistSimulator
{
    public IReadOnlyList<LemlistCampaignView> Campaigns => [.. _team.Campaigns.Select(View)];

    /// <summary>In the order they were added; made as it is walked.</summary>
    public IEnumerable<LemlistLeadView> Leads => _team.Leads.All.Select(View);

    public IEnumerable<LemlistContactView> Contacts => _team.Contacts.All.Select(View);

    /// <summary>Oldest first.</summary>
    public IEnumerable<LemlistActivityView> Activities => _team.Feed.All.Select(View);

    public int ActivityCount => _team.Feed.All.Count;

    public IReadOnlyList<LemlistUnsubscribeView> Unsubscribed => [.. _team.Unsubscribes.All.Select(View)];

    /// <summary>Ids of the team's people, the owner first.</summary>
    public IReadOnlyList<string> UserIds => [.. _team.Users.Select(u => u.Id)];

    public int CreditsSpent => _team.CreditsSpent;

    /// <summary>How often a caller marked a conversation as read, which a sync never does.</summary>
    public int MarkedAsRead => _team.Inbox.MarkedAsRead;

    /// <summary>The leads of a campaign in the order they were added; none when there is no such campaign.</summary>
    public IReadOnlyList<LemlistLeadView> LeadsOf(string campaignId) => [.. _team.FindCampaign(campaignId)?.Leads.Select(View) ?? []];

    public LemlistLeadView? Lead(string id) => _team.Leads.Find(id) is { } lead ? View(lead) : null;

    public LemlistContactView? Contact(string idOrEmail) => _team.Contacts.Find(idOrEmail) is { } contact ? View(contact) : null;

    public IReadOnlyList<HeldTable> Holds(int rows) =>
    [
        Table("campaigns", ["id", "name", "status", "leads"], _team.Campaigns.Count, Newest(_team.Campaigns, rows).Select(c => new[] { c.Id, c.Name, c.Status, Number(c.Leads.Count) })),
        Table("leads", ["id", "campaign", "email", "state", "paused", "unsubscribed"], _team.Leads.All.Count,
            _team.Leads.All.Reverse().Take(rows).Select(l => new[] { l.Id, l.Campaign.Name, l.Email ?? "", l.State, Word(l.IsPaused), Word(l.IsInGraveyard) })),
        Table("contacts", ["id", "name", "email", "leads"], _team.Contacts.All.Count, Newest(_team.Contacts.All, rows).Select(c => new[] { c.Id, c.FullName, c.Email ?? "", Number(c.Leads.Count) })),
        Table("activities", ["id", "type", "createdAt", "lead", "bot"], _team.Feed.All.Count,
            Newest(_team.Feed.All, rows).Select(a => new[] { a.Id, a.Type, WireTime.Write(a.CreatedAt), a.Lead?.Id ?? "", Word(a.IsBot) })),
        Table("unsubscribed", ["value", "source", "createdAt"], _team.Unsubscribes.All.Count, Newest(_team.Unsubscribes.All, rows).Select(u => new[] { u.Value, View(u).Source, WireTime.Write(u.CreatedAt) })),
        Table("webhooks", ["id", "url", "type"], _board.Subscriptions.Count, Newest(_board.Subscriptions, rows).Select(s => new[] { s.Id, s.Url, s.Type ?? "all" })),
        Table("deliveries", ["number", "webhook", "type", "status", "attempts"], _board.Deliveries.Count,
            Newest(_board.Deliveries, rows).Select(d => new[] { d.Number.ToString(CultureInfo.InvariantCulture), d.Subscription.Id, d.Type, d.Status, Number(d.Attempts.Count) })),
    ];

    private static LemlistCampaignView View(Campaign c) => new(c.Id, c.Name, c.Status, c.State, c.Leads.Count);

    private static LemlistLeadView View(Lead l) =>
        new(l.Id, l.Campaign.Id, l.Contact.Id, l.Email, l.State, l.GlobalState, l.IsPaused, l.IsInGraveyard, new Dictionary<string, string>(l.Variables));

    private LemlistContactView View(Contact c) =>
        new(c.Id, c.Email, c.FullName, new ContactJson(_team).IsUnsubscribed(c), [.. c.Leads.Select(l => l.Id)], new Dictionary<string, string>(c.Fields));

    private static LemlistActivityView View(Activity a) => new(a.Id, a.Type, a.CreatedAt, a.SeenAt, a.Lead?.Id, a.Contact?.Id, a.IsBot);

    private static LemlistUnsubscribeView View(Unsubscribed u) => new(u.Value, u.Source.ToString().ToLowerInvariant(), u.CreatedAt);

    private static IEnumerable<T> Newest<T>(IReadOnlyList<T> all, int rows) => all.Skip(Math.Max(0, all.Count - rows)).Reverse();

    private static HeldTable Table(string name, string[] columns, long count, IEnumerable<string[]> rows) => new(name, columns, [.. rows], count);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Word(bool value) => value ? "yes" : "";
}
