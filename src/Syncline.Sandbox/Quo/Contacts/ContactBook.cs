namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>The workspace's contacts in the order they were made in, with the ways they are looked up by.</summary>
internal sealed class ContactBook
{
    private readonly SortedDictionary<long, Contact> _byNumber = [];
    private readonly Dictionary<string, Contact> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Contact>> _byExternalId = new(StringComparer.Ordinal);

    public int Count => _byId.Count;
    public IEnumerable<Contact> All => _byNumber.Values;
    public long NextNumber { get; private set; } = 1;

    public Contact? Find(string id) => _byId.GetValueOrDefault(id);

    public IReadOnlyList<Contact> WithExternalId(string externalId) => _byExternalId.TryGetValue(externalId, out List<Contact>? found) ? found : [];

    public bool HasPhone(string phone, Contact? except) => All.Any(c => c != except && c.Phones.Any(p => (string?)p.Value == phone));

    public void Add(Contact contact)
    {
        NextNumber = contact.Number + 1;
        _byNumber.Add(contact.Number, contact);
        _byId.Add(contact.Id, contact);
        Index(contact);
    }

    public void Remove(Contact contact)
    {
        _byNumber.Remove(contact.Number);
        _byId.Remove(contact.Id);
        Unindex(contact);
    }

    public void ChangeExternalId(Contact contact, string? externalId, DateTimeOffset now)
    {
        if (contact.ExternalId == externalId) return;
        Unindex(contact);
        (contact.ExternalId, contact.ExternalIdSince) = (externalId, now);
        Index(contact);
    }

    private void Index(Contact contact)
    {
        if (contact.ExternalId is null) return;
        if (!_byExternalId.TryGetValue(contact.ExternalId, out List<Contact>? same)) _byExternalId[contact.ExternalId] = same = [];
        same.Add(contact);
    }

    private void Unindex(Contact contact)
    {
        if (contact.ExternalId is null || !_byExternalId.TryGetValue(contact.ExternalId, out List<Contact>? same)) return;
        same.Remove(contact);
        if (same.Count == 0) _byExternalId.Remove(contact.ExternalId);
    }
}
