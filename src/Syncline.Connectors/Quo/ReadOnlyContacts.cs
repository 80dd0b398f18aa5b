namespace Syncline.Connectors.Quo;

/// <summary>Contacts that were read a moment ago and belong to one of Quo's own integrations. The answer to a plan's reading says so; a write that follows it need not read again.</summary>
internal sealed class ReadOnlyContacts(QuoOptions options)
{
    // Bounds memory. A plan's writes follow its readings by a few chunks of fifty.
    private const int Most = 2_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Note(QuoContact contact)
    {
        if (!options.IsReadOnly(contact.Source)) return;
        lock (_gate)
        {
            if (!_ids.Add(contact.Id)) return;
            _order.Enqueue(contact.Id);
            if (_order.Count > Most) _ids.Remove(_order.Dequeue());
        }
    }

    public bool Holds(string id)
    {
        lock (_gate) return _ids.Contains(id);
    }
}
