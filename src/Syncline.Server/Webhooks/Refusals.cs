using System.Collections.Concurrent;

namespace Syncline.Server.Webhooks;

/// <summary>What was sent to a connection and not believed.</summary>
internal sealed record Refused(long Count, DateTimeOffset LastAt);

/// <summary>Counts of what was not believed, since this process began: nothing of it is kept.</summary>
internal sealed class Refusals(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Refused> _counts = new(StringComparer.Ordinal);

    public Refused? Of(string connection) => _counts.GetValueOrDefault(connection);

    public void Note(string connection) => _counts.AddOrUpdate(connection, _ => new(1, clock.GetUtcNow()), (_, before) => new(before.Count + 1, clock.GetUtcNow()));
}
