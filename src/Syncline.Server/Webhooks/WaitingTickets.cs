using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Server.Webhooks;

/// <summary>Deliveries that wait for one sync, and which of them are next.</summary>
internal sealed class WaitingTickets
{
    // As many as a source reads in a few calls; a run of that size is over soon.
    private const int MostHints = 200;

    // What waits beyond that stays in the database until the sync is free.
    private const int Many = 1_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Ticket> _waiting = [];
    private readonly Dictionary<RecordKey, DateTimeOffset> _settledAt = [];

    public bool IsFull
    {
        get { lock (_gate) return _waiting.Count >= Many; }
    }

    public void Add(Ticket ticket)
    {
        lock (_gate) _waiting.AddLast(ticket);
    }

    public void PutBack(IReadOnlyList<Ticket> batch)
    {
        lock (_gate)
        {
            foreach (Ticket ticket in batch.Reverse()) _waiting.AddFirst(ticket);
        }
    }

    /// <summary>Records that were just written are not read at the other side before that time: a run would stand still for them and keep all others waiting.</summary>
    public void Settling(IEnumerable<Hint> hints, DateTimeOffset until, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (RecordKey over in _settledAt.Where(s => s.Value <= now).Select(s => s.Key).ToArray()) _settledAt.Remove(over);
            foreach (Hint hint in hints) _settledAt[hint.Key] = until;
        }
    }

    /// <summary>When there is something to take: now or earlier for at once, null when nothing waits.</summary>
    public DateTimeOffset? NextAt()
    {
        lock (_gate) return _waiting.Count == 0 ? null : _waiting.Min(ReadyAt);
    }

    /// <summary>Takes what goes together. Deliveries that failed before go in ever smaller company, so that one of them cannot keep the others from going through.</summary>
    public IReadOnlyList<Ticket> Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            List<Ticket> batch = [];
            int left = MostHints;
            for (LinkedListNode<Ticket>? node = _waiting.First, next; node is not null && left > 0; node = next)
            {
                (next, Ticket ticket) = (node.Next, node.Value);
                if (ReadyAt(ticket) > now || (batch.Count > 0 && ticket.Attempts != batch[0].Attempts)) continue;
                if (batch.Count == 0) left = MostHints >> Math.Min(2 * ticket.Attempts, 7);
                if (batch.Count > 0 && ticket.Hints.Count > left) break;
                left -= ticket.Hints.Count;
                batch.Add(ticket);
                _waiting.Remove(node);
            }
            return batch;
        }
    }

    private DateTimeOffset ReadyAt(Ticket ticket) => _settledAt.Count == 0 ? DateTimeOffset.MinValue : ticket.Hints.Select(h => _settledAt.GetValueOrDefault(h.Key)).DefaultIfEmpty().Max();
}
