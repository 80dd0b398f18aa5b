using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Loading;

/// <summary>A destination whose reads wait until what was just written shows in them: a record that a lagging read misses would be taken for deleted, an old value in it for somebody's edit.</summary>
public sealed class SettledReads(IDestination destination, TimeProvider clock) : IDestination
{
    // Far more than any provider takes in within its settle time; the ones that have settled are dropped when as many have gathered.
    private const int Many = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<RecordKey, DateTimeOffset> _settledAt = [];

    public string Connection => destination.Connection;

    public IReadOnlyList<DestinationStream> Streams => destination.Streams;

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => destination.PrepareAsync(maps, cancellationToken);

    public Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken) => destination.FindAsync(stream, wanted, cancellationToken);

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        TimeSpan wait = Latest(stream, ids) - clock.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken);
        return await destination.ReadAsync(stream, ids, cancellationToken);
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<WriteOutcome> outcomes = await destination.WriteAsync(stream, batch, cancellationToken);
        if (stream.SettleTime > TimeSpan.Zero) Note(outcomes.OfType<WriteOutcome.Written>().Select(w => w.Record.Key), clock.GetUtcNow() + stream.SettleTime);
        return outcomes;
    }

    private DateTimeOffset Latest(DestinationStream stream, IReadOnlyList<string> ids)
    {
        lock (_gate) return ids.Select(id => _settledAt.GetValueOrDefault(new(Connection, stream.Stream, id))).DefaultIfEmpty().Max();
    }

    private void Note(IEnumerable<RecordKey> written, DateTimeOffset settledAt)
    {
        lock (_gate)
        {
            if (_settledAt.Count > Many) Forget(clock.GetUtcNow());
            foreach (RecordKey key in written) _settledAt[key] = settledAt;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (RecordKey settled in _settledAt.Where(s => s.Value <= now).Select(s => s.Key).ToArray()) _settledAt.Remove(settled);
    }
}
