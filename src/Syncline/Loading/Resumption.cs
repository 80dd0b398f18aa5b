using Syncline.Planning;
using Syncline.Syncs;

namespace Syncline.Loading;

/// <summary>Resolves what an earlier process of this sync intended and never settled, by looking at the destination; runs before anything is planned.</summary>
public sealed class Resumption(IJournal journal, IDestination destination, ChunkPlanner planner, Loader loader, LoadContext context, TimeProvider clock)
{
    private bool _isDone;

    /// <summary>Does nothing when it was called before: what this process intends it settles itself.</summary>
    /// <param name="aliveSince">When this process began: the earlier one's last call left before that.</param>
    public async Task<RunTally> RunOnceAsync(DateTimeOffset aliveSince, CancellationToken cancellationToken)
    {
        if (_isDone) return RunTally.Empty;
        RunTally tally = await RunAsync(aliveSince, cancellationToken);
        _isDone = true;
        return tally;
    }

    private async Task<RunTally> RunAsync(DateTimeOffset aliveSince, CancellationToken cancellationToken)
    {
        // Another sync may be writing to this connection just now: its open intents are its own business.
        JournalEntry[] open = [.. (await journal.OpenIntentsAsync(destination.Connection, cancellationToken)).Where(e => e.Sync == context.Sync)];
        if (open.Length == 0) return RunTally.Empty;
        await WaitUntilSettledAsync(aliveSince, cancellationToken);
        RunTally[] resumed = await Task.WhenAll(open.Where(e => e.Operation.Verb != Verb.Delete).Select(e => ResumeAsync(e.Operation, cancellationToken)));
        // The removal that belongs to a replacement comes after it, and goes on only if the new record is there.
        foreach (JournalEntry entry in open.Where(e => e.Operation.Verb == Verb.Delete)) await RemoveAsync(entry.Operation, cancellationToken);
        return resumed.Aggregate(RunTally.Empty, (all, one) => all.Plus(one));
    }

    private async Task WaitUntilSettledAsync(DateTimeOffset aliveSince, CancellationToken cancellationToken)
    {
        // An intent's own time says nothing: its call may have waited for a permit long after it.
        TimeSpan wait = aliveSince + destination.Streams.Select(s => s.SettleTime).DefaultIfEmpty().Max() - clock.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken);
    }

    private async Task<RunTally> ResumeAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (StreamOf(operation) is { } stream)
        {
            return await loader.ResumeAsync(stream, operation, operation.Verb == Verb.Update ? await planner.FindLinkAsync(operation, cancellationToken) : null, cancellationToken);
        }
        await loader.DropAsync(operation, "The sync no longer writes this kind of record.", cancellationToken);
        return RunTally.Empty;
    }

    private async Task RemoveAsync(Operation removal, CancellationToken cancellationToken)
    {
        // A record that is to go because its sources have gone may have been changed since: that is looked at anew, too.
        bool isReplaced = removal.Desired.Count == 0;
        if (isReplaced && StreamOf(removal) is { } stream && await planner.IsReplacedAsync(removal, cancellationToken)) await loader.RemoveAsync(stream, removal, cancellationToken);
        else await loader.DropAsync(removal, "Its process ended before it was carried out; whether it is still wanted is planned anew.", cancellationToken);
    }

    private DestinationStream? StreamOf(Operation operation) => destination.Streams.FirstOrDefault(s => s.Stream == operation.Stream.Name);
}
