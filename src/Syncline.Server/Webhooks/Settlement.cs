using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Storage;

namespace Syncline.Server.Webhooks;

/// <summary>What becomes of deliveries that were worked on.</summary>
internal sealed class Settlement(SqliteStore store, AuditTrail trail, TimeProvider clock)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    public async Task SettleAsync(IReadOnlyCollection<Ticket> over, CancellationToken cancellationToken)
    {
        long[] done = [.. over.Where(t => t is { Failure: null, Kept.AgainSeconds: null }).Select(t => t.Id)];
        if (done.Length > 0) await store.Inbox.DoneAsync(done, cancellationToken);
        foreach (Ticket ticket in over.Where(t => t is { Failure: null, Kept.AgainSeconds: not null }))
        {
            await store.Inbox.AgainAsync(ticket.Id, (ticket.Kept with { AgainSeconds = null }).ToJson(), clock.GetUtcNow() + TimeSpan.FromSeconds(ticket.Kept.AgainSeconds!.Value), cancellationToken);
        }
        foreach (IGrouping<(int Attempts, string Failure), Ticket> failed in over.Where(t => t.Failure is not null).GroupBy(t => (t.Attempts, t.Failure!)))
        {
            await FailAsync([.. failed.Select(t => t.Id)], failed.Key.Attempts, failed.Key.Failure, cancellationToken);
        }
    }

    public async Task FailAsync(IReadOnlyCollection<long> ids, int attempts, string failure, CancellationToken cancellationToken)
    {
        if (attempts < Waits.Length)
        {
            await store.Inbox.PutOffAsync(ids, failure, clock.GetUtcNow() + Waits[attempts], cancellationToken);
            return;
        }
        await store.Inbox.GiveUpAsync(ids, failure, cancellationToken);
        trail.Failed("webhook", new ErrorReport(ExitCode.Failed, $"{ids.Count} deliveries were given up: {failure}", null, null));
    }
}
