using System.Collections.Concurrent;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;

namespace Syncline.Server.Schedules;

/// <summary>What is looked after again and again: a time that breaks is told of and ends neither the process nor the times to come.</summary>
internal sealed class Rounds(AuditTrail trail)
{
    // What stays broken is told of once, until it has gone well again.
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);

    public async Task TryAsync(string what, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
            _troubles.TryRemove(what, out _);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (_troubles.GetValueOrDefault(what) == failure.Message) return;
            _troubles[what] = failure.Message;
            if (ErrorReport.Of(failure) is { } expected) trail.Failed(what, expected);
            else trail.Broke(what, failure);
        }
    }
}
