using Microsoft.Extensions.Hosting;
using Quartz;
using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Server.Hosting;
using Syncline.Storage.Serving;

namespace Syncline.Server.Schedules;

/// <summary>Keeps the scheduler as the configuration says, also when it changes while the server runs.</summary>
internal sealed class ScheduleKeeper(Premises premises, ISchedulerFactory schedulers, ServeOptions options, AuditTrail trail) : BackgroundService
{
    // How long a changed configuration waits until its schedules hold.
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    // Null where it is to be made anew.
    private readonly Dictionary<string, Schedule?> _kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);
    private readonly Rounds _rounds = new(trail);

    /// <summary>Brings triggers up to date with the configuration and with what is paused.</summary>
    public async Task AlignAsync(CancellationToken cancellationToken)
    {
        // A configuration that cannot be read leaves everything as it was.
        if (!options.RunsSchedules || premises.TryConfiguration().Configuration is not { } configuration) return;
        await _one.WaitAsync(cancellationToken);
        try
        {
            await AlignAsync(configuration, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task AlignAsync(SynclineConfiguration configuration, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await schedulers.GetScheduler(cancellationToken);
        IReadOnlyDictionary<string, ScheduleStateRow> states = await premises.Store.ScheduleStates.GetAllAsync(cancellationToken);
        Dictionary<string, Schedule> wanted = configuration.Syncs.Where(s => s.Schedule is not null && states.GetValueOrDefault(s.Name)?.IsPaused != true).ToDictionary(s => s.Name, s => s.Schedule!, StringComparer.Ordinal);
        foreach (string sync in _kept.Keys.Except(wanted.Keys).ToArray())
        {
            await scheduler.DeleteJob(new JobKey(sync), cancellationToken);
            _kept.Remove(sync);
        }
        foreach ((string sync, Schedule schedule) in wanted.Where(w => _kept.GetValueOrDefault(w.Key) != w.Value))
        {
            await _rounds.TryAsync($"schedule of {sync}", token => KeepAsync(scheduler, sync, schedule, states.GetValueOrDefault(sync)?.FiredAt, token), cancellationToken);
        }
    }

    private async Task KeepAsync(IScheduler scheduler, string sync, Schedule schedule, DateTimeOffset? firedAt, CancellationToken cancellationToken)
    {
        await scheduler.DeleteJob(new JobKey(sync), cancellationToken);
        DateTimeOffset now = premises.Clock.GetUtcNow(), first = FirstOf(schedule, firedAt, now);
        await scheduler.ScheduleJob(JobOf(sync, schedule), TriggerOf(sync, schedule, first), cancellationToken: cancellationToken);
        // A crontab's trigger keeps to its line: what was missed is made up for beside it.
        if (schedule.Cron is not null && first <= now) await scheduler.TriggerJob(new JobKey(sync), cancellationToken: cancellationToken);
        _kept[sync] = schedule;
    }

    /// <summary>Kept over a restart.</summary>
    public async Task PauseAsync(string sync, string who, CancellationToken cancellationToken)
    {
        await premises.Store.ScheduleStates.PauseAsync(sync, who, cancellationToken);
        await premises.Store.AuditLog.WriteAsync(who, "paused the schedule", sync, null, cancellationToken);
        await AlignAsync(cancellationToken);
    }

    public async Task ResumeAsync(string sync, string who, CancellationToken cancellationToken)
    {
        await premises.Store.ScheduleStates.ResumeAsync(sync, cancellationToken);
        await premises.Store.AuditLog.WriteAsync(who, "resumed the schedule", sync, null, cancellationToken);
        await AlignAsync(cancellationToken);
    }

    /// <summary>What was due and could not be begun is made up for as soon as the configuration can be read.</summary>
    public async Task PutBackAsync(string sync, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        if (_kept.ContainsKey(sync)) _kept[sync] = null;
        _one.Release();
    }

    /// <summary>When it is due next; null where nothing runs it by itself.</summary>
    public async Task<DateTimeOffset?> NextAsync(string sync, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await schedulers.GetScheduler(cancellationToken);
        return (await scheduler.GetTrigger(new TriggerKey(sync), cancellationToken))?.NextFireTimeUtc;
    }

    /// <summary>What was due while the server was off is made up for once, at once.</summary>
    internal static DateTimeOffset FirstOf(Schedule schedule, DateTimeOffset? firedAt, DateTimeOffset now)
    {
        // A sync that never ran by itself begins with its schedule: an interval now, a line of a crontab at its time.
        if (firedAt is not { } last) return schedule.Every is not null ? now : schedule.NextAfter(now) ?? DateTimeOffset.MaxValue;
        return schedule.NextAfter(last) is { } due ? due < now ? now : due : DateTimeOffset.MaxValue;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer pace = new(Pace, premises.Clock);
        do await _rounds.TryAsync("schedules", AlignAsync, stoppingToken);
        while (await pace.WaitForNextTickAsync(stoppingToken));
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    private static IJobDetail JobOf(string sync, Schedule schedule) =>
        JobBuilder.Create<SyncJob>().WithIdentity(new JobKey(sync)).UsingJobData(SyncJob.Jitter, (long)schedule.Jitter.TotalMilliseconds).Build();

    private static ITrigger TriggerOf(string sync, Schedule schedule, DateTimeOffset first)
    {
        var trigger = TriggerBuilder.Create().WithIdentity(new TriggerKey(sync)).StartAt(first);
        if (schedule.Every is { } every) return trigger.WithSimpleSchedule(s => s.WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)).Build();
        return trigger.WithSchedule(CronScheduleBuilder.Create(schedule.Cron!, CronFormat.Unix).InTimeZone(schedule.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
    }
}
