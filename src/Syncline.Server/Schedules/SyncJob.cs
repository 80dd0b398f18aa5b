using Quartz;
using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Limits;
using Syncline.Server.Runs;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Server.Schedules;

/// <summary>One sync's run by its schedule; the scheduler never starts it while its last one goes.</summary>
[DisallowConcurrentExecution]
internal sealed class SyncJob(RunDesk desk, LiveRuns live, SqliteStore store, ScheduleKeeper schedules, AuditTrail trail, TimeProvider clock) : IJob
{
    public const string By = "schedule";
    public const string Jitter = "jitter";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        string sync = context.JobDetail.Key.Name;
        long most = context.MergedJobDataMap.GetLong(Jitter);
        if (most > 0) await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextInt64(most)), clock, cancellationToken);
        try
        {
            LiveRun? run = Start(sync);
            // What could not be begun has not fired, and stays due.
            await store.ScheduleStates.FiredAsync(sync, clock.GetUtcNow(), cancellationToken);
            if (run is not null) await live.WaitAsync(run, cancellationToken);
        }
        catch (Exception failure) when (failure is ConfigurationException or UsageException or IOException or UnauthorizedAccessException)
        {
            trail.Failed($"schedule of {sync}", ErrorReport.Of(failure)!);
            await schedules.PutBackAsync(sync, cancellationToken);
        }
    }

    /// <returns>Null where somebody runs it at this moment: that run does what this one would have done.</returns>
    private LiveRun? Start(string sync)
    {
        try
        {
            return desk.StartSync(sync, desk.OptionsOf(sync), By, Priority.Schedule);
        }
        catch (SyncBusyException)
        {
            return null;
        }
    }
}
