namespace Syncline.Sandbox.Lemlist.Contacts;

/// <summary>The team's contacts in the order they were made, found by id, address and LinkedIn URL.</summary>
internal sealed class ContactBook
{
    private readonly List<Contact> _all = [];
    private readonly Dictionary<string, Contact> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Contact> _byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Contact> _byLinkedIn = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Contact> All => _all;

    public Contact? Find(string idOrEmail) => _byId.GetValueOrDefault(idOrEmail) ?? _byEmail.GetValueOrDefault(idOrEmail);

    public Contact? ByEmail(string? email) => email is null ? null : _byEmail.GetValueOrDefault(email);

    public Contact? ByLinkedIn(string? url) => url is null ? null : _byLinkedIn.GetValueOrDefault(Trimmed(url));

    public void Add(Contact contact)
    {
        _all.Add(contact);
        _byId.Add(contact.Id, contact);
        Index(contact);
    }

    public void Remove(Contact contact)
    {
        _all.Remove(contact);
        _byId.Remove(contact.Id);
        Forget(contact);
    }

    /// <summary>Changes what a contact is found by.</summary>
    public void Change(Contact contact, Action change)
    {
        Forget(contact);
        change();
        Index(contact);
    }

    private void Index(Contact contact)
    {
        if (contact.Email is { } email) _byEmail.TryAdd(email, contact);
        if (contact.LinkedInUrl is { } url) _byLinkedIn.TryAdd(Trimmed(url), contact);
    }

    private void Forget(Contact contact)
    {
        if (contact.Email is { } email && _byEmail.GetValueOrDefault(email) == contact) _byEmail.Remove(email);
        if (contact.LinkedInUrl is { } url && _byLinkedIn.GetValueOrDefault(Trimmed(url)) == contact) _byLinkedIn.Remove(Trimmed(url));
    }

    private static string Trimmed(string url) => url.TrimEnd('/');
}
