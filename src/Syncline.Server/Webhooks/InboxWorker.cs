using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Webhooks;

/// <summary>Hands what came in to the syncs that read it, and takes up again what failed, what a dead process left, and what is to be read twice.</summary>
internal sealed class InboxWorker(Premises premises, SqliteStore store, SyncTurns turns, InboxBell bell, AuditTrail trail) : BackgroundService
{
    private const int Taken = 500;

    // The bell tells of what is new; what is due, or was put back by another process, is looked for.
    private static readonly TimeSpan LookingInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan PruningInterval = TimeSpan.FromHours(1);

    // Longer than any provider goes on repeating a delivery.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    // Who repeats a request does so within minutes.
    private static readonly TimeSpan AnswersKept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<long, Ticket> _inHand = new();
    private readonly Dictionary<string, (SyncLane Lane, Task Going)> _lanes = new(StringComparer.Ordinal);
    private readonly SyncRouting _routing = new(premises);
    private readonly Settlement _settlement = new(store, trail, premises.Clock);
    private string? _trouble;
    private DateTimeOffset _pruneAt = premises.Clock.GetUtcNow() + PruningInterval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await bell.WaitAsync(LookingInterval, premises.Clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. What is in hand stays pending and is taken up at the next start.
        }
        finally
        {
            await Task.WhenAll(_lanes.Values.Select(l => l.Going));
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await TakeUpAsync(cancellationToken) == Taken) cancellationToken.ThrowIfCancellationRequested();
            await PruneAsync(cancellationToken);
            _trouble = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // What was not taken up is found by the next look, each second: one word of it is enough.
            if (failure.Message != _trouble) Report(failure);
            _trouble = failure.Message;
        }
    }

    /// <returns>How many were new.</returns>
    private async Task<int> TakeUpAsync(CancellationToken cancellationToken)
    {
        // Asked before the database is: what is settled meanwhile is not taken for new.
        HashSet<long> inHand = [.. _inHand.Keys];
        InboxRow[] rows = [.. (await store.Inbox.PendingAsync(premises.Clock.GetUtcNow(), inHand.Count + Taken, cancellationToken)).Where(r => !inHand.Contains(r.Id))];
        List<long> idle = [], late = [];
        foreach (InboxRow row in rows)
        {
            KeptHints kept = KeptHints.Read(row.HintsJson);
            IReadOnlyList<string> syncs = _routing.SyncsFor(kept.For(row.Connection));
            if (syncs.Count == 0) idle.Add(row.Id);
            else if (syncs.Any(s => LaneOf(s, cancellationToken).IsFull)) late.Add(row.Id);
            else Hand(new(row, kept, syncs.Count), syncs, cancellationToken);
        }
        if (idle.Count > 0) await store.Inbox.DoneAsync(idle, cancellationToken);
        if (late.Count > 0) await store.Inbox.PostponeAsync(late, "A sync that reads this is at work.", premises.Clock.GetUtcNow() + BusyWait, cancellationToken);
        return rows.Length;
    }

    private void Hand(Ticket ticket, IReadOnlyList<string> syncs, CancellationToken cancellationToken)
    {
        _inHand[ticket.Id] = ticket;
        foreach (string sync in syncs) LaneOf(sync, cancellationToken).Add(ticket);
    }

    private SyncLane LaneOf(string sync, CancellationToken cancellationToken)
    {
        if (_lanes.TryGetValue(sync, out (SyncLane Lane, Task) known)) return known.Lane;
        SyncLane lane = new(sync, premises, turns, trail, LeaveAsync);
        _lanes[sync] = (lane, Task.Run(() => GoAsync(lane, cancellationToken), CancellationToken.None));
        return lane;
    }

    private static async Task GoAsync(SyncLane lane, CancellationToken cancellationToken)
    {
        try
        {
            await lane.GoAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped between two runs, or inside one, which is then in the run log.
        }
    }

    /// <summary>A sync is through with some. Not to be cancelled: what a run has done is said of it, also when the server stops.</summary>
    private async Task LeaveAsync(IReadOnlyList<Ticket> tickets, string? failure)
    {
        Ticket[] over = [.. tickets.Where(t => t.Leave(failure))];
        try
        {
            await _settlement.SettleAsync(over, CancellationToken.None);
        }
        catch (Exception broken)
        {
            // They stay pending and come again: at least once.
            Report(broken);
        }
        foreach (Ticket ticket in over) _inHand.TryRemove(ticket.Id, out _);
    }

    private void Report(Exception failure)
    {
        if (ErrorReport.Of(failure) is { } expected) trail.Failed("webhook", expected);
        else trail.Broke("webhook", failure);
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = premises.Clock.GetUtcNow();
        if (now < _pruneAt) return;
        await store.Inbox.PruneAsync(now - Kept, cancellationToken);
        await store.Inbox.PruneRunsAsync(now - PruningInterval, cancellationToken);
        await store.IdempotentAnswers.PruneAsync(now - AnswersKept, cancellationToken);
        _pruneAt = now + PruningInterval;
    }
}
