using Syncline.Syncs;

namespace Syncline.Server.Schedules;

/// <summary>What follows from the counts of a sync.</summary>
internal static class Drift
{
    // A provider that could not be read is asked again sooner than the day after.
    private static readonly TimeSpan Retry = TimeSpan.FromHours(1);

    /// <param name="most">0 to 1: so large a share disturbs nobody.</param>
    public static bool IsDrift(AuditCount count, double most) => count.Share > most;

    /// <summary>Somebody is told once, until an audit found the sync in order again. A drift that was none by the setting of its time was told to nobody.</summary>
    /// <param name="before">The audit before; null when there was none.</param>
    public static bool IsNews(AuditCount? before, AuditCount now) => now.IsTold && before is not { IsTold: true };

    /// <summary>What fell due while the server was away is due once.</summary>
    /// <param name="last">The last one that began; null when there was none.</param>
    public static bool IsDue(RunRow? last, TimeSpan every, DateTimeOffset now) =>
        last is null || now - last.StartedAt >= (last.State == RunState.Done || every < Retry ? every : Retry);
}
