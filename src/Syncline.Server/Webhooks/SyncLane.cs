using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Syncs;

namespace Syncline.Server.Webhooks;

/// <summary>Brings deliveries through one sync: what gathers during a run goes with the next.</summary>
internal sealed class SyncLane(string sync, Premises premises, SyncTurns turns, AuditTrail trail, Func<IReadOnlyList<Ticket>, string?, Task> leave)
{
    // A run of another process tells nobody when it ends.
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly WaitingTickets _waiting = new();
    private readonly InboxBell _bell = new();

    public bool IsFull => _waiting.IsFull;

    public void Add(Ticket ticket)
    {
        _waiting.Add(ticket);
        _bell.Ring();
    }

    /// <summary>Goes on until it is stopped; what is not through by then is still in the inbox.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        using StandingSync standing = new(premises, sync);
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan wait = _waiting.NextAt() is not { } next ? Idle : next > premises.Clock.GetUtcNow() ? next - premises.Clock.GetUtcNow() : TimeSpan.Zero;
            if (wait > TimeSpan.Zero) await _bell.WaitAsync(wait, premises.Clock, cancellationToken);
            else await RunAsync(standing, cancellationToken);
        }
    }

    private async Task RunAsync(StandingSync standing, CancellationToken cancellationToken)
    {
        bool isBusy;
        using (SyncTurns.Turn turn = await turns.TakeAsync(sync, cancellationToken))
        {
            IReadOnlyList<Ticket> batch = _waiting.Take(premises.Clock.GetUtcNow());
            isBusy = batch.Count > 0 && !await RunAsync(standing, batch, turn.Number, cancellationToken);
            if (isBusy) _waiting.PutBack(batch);
        }
        if (isBusy) await Task.Delay(BusyWait, premises.Clock, cancellationToken);
    }

    /// <returns>False when another process runs the sync.</returns>
    private async Task<bool> RunAsync(StandingSync standing, IReadOnlyList<Ticket> batch, long turn, CancellationToken cancellationToken)
    {
        Hint[] hints = [.. batch.SelectMany(t => t.Hints).GroupBy(h => h.Key).Select(Joined)];
        string? failure = null;
        try
        {
            RunRow row = await standing.RunAsync(hints, turn, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (row.State == RunState.Failed) failure = Told(row);
            else if (row.Tally.Created + row.Tally.Updated + row.Tally.Deleted > 0) _waiting.Settling(hints, premises.Clock.GetUtcNow() + standing.SettleTime, premises.Clock.GetUtcNow());
        }
        catch (SyncBusyException)
        {
            return false;
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failure = Reported(broken);
        }
        await leave(batch, failure);
        return true;
    }

    private string Told(RunRow row)
    {
        trail.Finished(row);
        return row.Detail ?? "The run failed.";
    }

    private string Reported(Exception broken)
    {
        ErrorReport? expected = ErrorReport.Of(broken);
        if (expected is null) trail.Broke("webhook", broken);
        else trail.Failed("webhook", expected);
        ErrorReport report = expected ?? ErrorReport.Unexpected(broken, trail.File);
        return report.Remedy is null ? report.Message : $"{report.Message} {report.Remedy}";
    }

    /// <summary>Several words about one record are one reason to look at it.</summary>
    private static Hint Joined(IGrouping<RecordKey, Hint> same) => new(same.Key)
    {
        IsDeletion = same.Any(h => h.IsDeletion),
        MergedInto = same.Select(h => h.MergedInto).FirstOrDefault(m => m is not null),
        At = same.Max(h => h.At),
    };
}
