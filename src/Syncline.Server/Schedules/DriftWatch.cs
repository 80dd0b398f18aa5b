using Microsoft.Extensions.Hosting;
using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Server.Syncs;

namespace Syncline.Server.Schedules;

/// <summary>Has the counts of every sync compared as often as <c>audit_every</c> says, one sync after the other.</summary>
internal sealed class DriftWatch(Premises premises, SyncBoard board, AuditDesk audits, LiveRuns live, ServeOptions options, AuditTrail trail) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    /// <summary>Returns when what was due is done.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!options.RunsSchedules || premises.TryConfiguration().Configuration is not { Alert: { CountDrift: not null } alert }) return;
        foreach (SyncStanding sync in await board.ListAsync(cancellationToken))
        {
            // What never came to its end has nothing to be compared with, and who paused a sync wants its accounts left alone.
            if (sync.FreshAt is null || sync.PausedBy is not null) continue;
            if (Drift.IsDue(await audits.LastAsync(sync.Name, cancellationToken), alert.AuditEvery, premises.Clock.GetUtcNow())) await live.WaitAsync(audits.Start(sync.Name, SyncJob.By), cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Rounds rounds = new(trail);
        using PeriodicTimer pace = new(Pace, premises.Clock);
        while (await pace.WaitForNextTickAsync(stoppingToken)) await rounds.TryAsync("comparing counts", LookAsync, stoppingToken);
    }
}
