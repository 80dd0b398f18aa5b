using System.Collections.Concurrent;

namespace Syncline.Limits;

/// <summary>Slots for one process alone, kept in memory: where no hub is open.</summary>
public sealed class LocalRateLedger : IRateLedger
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);

    public Task<DateTimeOffset> ReserveAsync(string budget, int count, TimeSpan spacing, DateTimeOffset earliest, CancellationToken cancellationToken)
    {
        DateTimeOffset end = _next.AddOrUpdate(budget, earliest + (count * spacing), (_, next) => (next > earliest ? next : earliest) + (count * spacing));
        return Task.FromResult(end - (count * spacing));
    }
}
