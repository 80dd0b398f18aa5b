using System.Globalization;
using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Telephony;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo;

/// <summary>What the workspace holds, to be looked at in process.</summary>
public sealed partial class QuoSimulator
{
    /// <summary>In the order they were made in; made as it is walked.</summary>
    public IEnumerable<QuoContactView> Contacts => _workspace.Contacts.All.Select(View);

    public int ContactCount => _workspace.Contacts.Count;

    /// <summary>The workspace's id, <c>OR…</c>.</summary>
    public string OrgId => _workspace.OrgId;

    /// <summary>Ids of the workspace's people, the owner first.</summary>
    public IReadOnlyList<string> UserIds => [.. _workspace.Users.Select(u => u.Id)];

    /// <summary>The workspace's numbers, id and E.164.</summary>
    public IReadOnlyList<(string Id, string Number)> PhoneNumbers => [.. _workspace.Numbers.Select(n => (n.Id, n.Number))];

    /// <summary>The contact, or null when it is gone.</summary>
    public QuoContactView? Contact(string id) => _workspace.Contacts.Find(id) is { } contact ? View(contact) : null;

    public IReadOnlyList<QuoContactView> WithExternalId(string externalId) => [.. _workspace.Contacts.WithExternalId(externalId).Select(View)];

    public IReadOnlyList<HeldTable> Holds(int rows) =>
    [
        Table("contacts", ["id", "externalId", "source", "name", "company", "phones", "emails", "custom fields", "visible", "updatedAt"],
            ContactCount, _workspace.Contacts.All.Reverse().Take(rows).Select(Row)),
        Table("custom-fields", ["key", "name", "type"], _workspace.CustomFields.Count, Newest(_workspace.CustomFields, rows).Select(f => new[] { f.Key, f.Name, f.Type })),
        Table("users", ["id", "name", "email", "role"], _workspace.Users.Count, _workspace.Users.Take(rows).Select(Row)),
        Table("phone-numbers", ["id", "number", "name"], _workspace.Numbers.Count, _workspace.Numbers.Take(rows).Select(n => new[] { n.Id, n.Number, n.Name })),
        Table("conversations", ["id", "number", "participants", "lastActivityAt"], _workspace.Conversations.Count, Newest(_workspace.Conversations, rows).Select(Row)),
    ];

    private QuoContactView View(Contact contact) => QuoContactView.Of(contact, _workspace.IsVisibleInApp(contact));

    private static IEnumerable<T> Newest<T>(List<T> all, int rows) => all.Skip(Math.Max(0, all.Count - rows)).Reverse();

    private static HeldTable Table(string name, string[] columns, long count, IEnumerable<string[]> rows) => new(name, columns, [.. rows], count);

    private string[] Row(Contact c) =>
    [
        c.Id, c.ExternalId ?? "", c.Source ?? "", $"{c.FirstName} {c.LastName}".Trim(), c.Company ?? "", Joined(c.Phones), Joined(c.Emails),
        string.Join(", ", c.CustomFields.Select(p => $"{p.Key}={QuoAnswers.Text(p.Value!)}")), _workspace.IsVisibleInApp(c).ToString(CultureInfo.InvariantCulture).ToLowerInvariant(), WireTime.Write(c.UpdatedAt),
    ];

    private static string[] Row(QuoUser u) => [u.Id, $"{u.FirstName} {u.LastName}", u.Email, u.Role];

    private static string[] Row(QuoConversation c) => [c.Id, c.Line.Number, string.Join(", ", c.Participants), WireTime.Write(c.LastActivityAt)];

    private static string Joined(IEnumerable<ContactProperty> items) => string.Join(", ", items.Select(p => p.Value!.ToString()));
}
