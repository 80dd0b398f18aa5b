using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Unsubscribes;

internal enum UnsubscribeSource { Api, Bounced, Lead, User, Abuse }

/// <summary>An e-mail address, phone number, LinkedIn URL, or a domain beginning with @, that is not written to.</summary>
internal sealed record Unsubscribed(string Id, string Value, UnsubscribeSource Source, DateTimeOffset CreatedAt)
{
    /// <summary>The person said so, or the mail provider: the API cannot take it back.</summary>
    public bool IsProtected => Source is UnsubscribeSource.Lead or UnsubscribeSource.Abuse;
}

/// <summary>Who is not written to, in the order it was said. It holds for the whole team.</summary>
internal sealed class UnsubscribeBook(LemlistTeam team)
{
    private readonly List<Unsubscribed> _all = [];
    private readonly Dictionary<string, Unsubscribed> _byValue = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Unsubscribed> All => _all;

    public Unsubscribed? Find(string value) => _byValue.GetValueOrDefault(value);

    /// <summary>Whether the address or its domain is in the list.</summary>
    public bool Covers(string email) =>
        _byValue.ContainsKey(email) || (email.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at && _byValue.ContainsKey(email[at..]));

    /// <summary>A second time changes nothing.</summary>
    public Unsubscribed Add(string value, UnsubscribeSource source)
    {
        if (Find(value) is { } known) return known;
        Unsubscribed added = new(team.Ids.Next("uns"), value, source, team.Now);
        _all.Add(added);
        _byValue.Add(value, added);
        foreach (Lead lead in team.Leads.ByEmail(value)) (lead.IsInGraveyard, lead.UpdatedAt) = (true, team.Now);
        return added;
    }

    public void Remove(Unsubscribed entry)
    {
        _all.Remove(entry);
        _byValue.Remove(entry.Value);
        foreach (Lead lead in team.Leads.ByEmail(entry.Value)) lead.IsInGraveyard = false;
    }
}
