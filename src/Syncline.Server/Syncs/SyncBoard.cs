using Syncline.Composition.Configuration;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Server.Schedules;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Server.Syncs;

/// <summary>Where one sync stands.</summary>
/// <param name="Schedule">When it runs by itself; null when only somebody starts it.</param>
/// <param name="Last">Its last run; null when there was none.</param>
/// <param name="Live">Its run in this process; null when none is under way.</param>
internal sealed record SyncStanding(string Name, IReadOnlyList<string> From, IReadOnlyList<string> To, Schedule? Schedule, RunRow? Last, LiveRun? Live, long Failures)
{
    /// <summary>When its data was last known to be whole: the end of the last run that ended well and left nothing out.</summary>
    public DateTimeOffset? FreshAt { get; init; }

    /// <summary>When it runs by itself the next time; null while it is paused, too.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Who paused its schedule; null while it is not paused.</summary>
    public string? PausedBy { get; init; }

    /// <summary>What the last comparison of its counts found; null when there was none.</summary>
    public AuditStanding? Audit { get; init; }
}

/// <summary>A comparison of counts.</summary>
/// <param name="IsDrift">More differs than <c>count_drift</c> allows; without that setting, anything.</param>
internal sealed record AuditStanding(DateTimeOffset At, AuditCount Count, bool IsDrift);

/// <summary>All syncs at a glance.</summary>
internal sealed class SyncBoard(Premises premises, LiveRuns live, SqliteStore store, ScheduleKeeper schedules, AuditDesk audits)
{
    private const int LookedBack = 50;

    /// <summary>In the configuration's order.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be read.</exception>
    public async Task<IReadOnlyList<SyncStanding>> ListAsync(CancellationToken cancellationToken)
    {
        List<SyncStanding> all = [];
        foreach (SyncConfiguration sync in premises.Current.ConfigurationOrNone.Syncs) all.Add(await StandingAsync(sync, cancellationToken));
        return all;
    }

    /// <exception cref="Syncline.Composition.Telling.UsageException">There is no such sync.</exception>
    public Task<SyncStanding> FindAsync(string name, CancellationToken cancellationToken) => StandingAsync(premises.Current.FindSync(name), cancellationToken);

    private async Task<SyncStanding> StandingAsync(SyncConfiguration sync, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRow> runs = await store.Runs.LatestAsync(sync.Name, LookedBack, cancellationToken);
        // Audits may come oftener than runs: those that bring something are asked for by themselves.
        RunRow? last = runs.FirstOrDefault(r => r.Kind != RunRow.Audit) ?? (await store.Runs.ListAsync(new(sync.Name, "sync"), 1, cancellationToken) is [var newest] ? newest : null);
        return new(sync.Name, sync.From, sync.To, sync.Schedule, last, live.UnderWay.FirstOrDefault(r => r.Kind == "sync" && r.Title == sync.Name), await store.Journal.CountDeadLettersAsync(sync.Name, cancellationToken))
        {
            NextAt = await schedules.NextAsync(sync.Name, cancellationToken),
            PausedBy = (await store.ScheduleStates.GetAllAsync(cancellationToken)).GetValueOrDefault(sync.Name)?.PausedBy,
            Audit = AuditOf(await audits.LastWholeAsync(sync.Name, cancellationToken)),
            FreshAt = (await audits.LastGoodRunAsync(sync.Name, cancellationToken))?.EndedAt,
        };
    }

    private AuditStanding? AuditOf(RunRow? audit) =>
        audit?.Tally.Audited is { } count ? new(audit.EndedAt ?? audit.StartedAt, count, Drift.IsDrift(count, premises.Current.ConfigurationOrNone.Alert.CountDrift ?? 0)) : null;
}
