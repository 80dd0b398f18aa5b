namespace Syncline.Storage.Serving;

/// <summary>What the schedule of a sync remembers over restarts.</summary>
/// <param name="PausedBy">Null unless it is paused.</param>
/// <param name="PausedAt">Null unless it is paused.</param>
/// <param name="FiredAt">When it last started the sync; null before the first time.</param>
public sealed record ScheduleStateRow(string Sync, string? PausedBy, DateTimeOffset? PausedAt, DateTimeOffset? FiredAt)
{
    public bool IsPaused => PausedAt is not null;
}

/// <summary>What the schedules of syncs remember over restarts. A pause, and its end, are on the disk when the call returns.</summary>
public sealed class ScheduleStates(SqliteDatabase database)
{
    /// <summary>By sync; one that was never paused and never fired is missing.</summary>
    public async Task<IReadOnlyDictionary<string, ScheduleStateRow>> GetAllAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        on => on.Of("SELECT sync, paused_by, paused_at, fired_at FROM schedule_state").With()
            .ByKeyAsync(static r => (r.GetString(0), new ScheduleStateRow(r.GetString(0), r.TextOrNull(1), r.TimeOrNull(2), r.TimeOrNull(3))), cancellationToken));

    /// <summary>Who paused it first, and when, stays.</summary>
    /// <returns>False when it was paused already.</returns>
    public Task<bool> PauseAsync(string sync, string who, CancellationToken cancellationToken) => database.WriteAsync(
        async on => await on.Of("""
            INSERT INTO schedule_state (sync, paused_by, paused_at) VALUES (@sync, @who, @now)
            ON CONFLICT (sync) DO UPDATE SET paused_by = excluded.paused_by, paused_at = excluded.paused_at WHERE schedule_state.paused_at IS NULL
            """).With(sync, who, Columns.Milliseconds(database.Clock.GetUtcNow())).RunAsync(cancellationToken) > 0,
        cancellationToken, toDisk: true);

    /// <returns>False when it was not paused.</returns>
    public Task<bool> ResumeAsync(string sync, CancellationToken cancellationToken) => database.WriteAsync(
        async on => await on.Of("UPDATE schedule_state SET paused_by = NULL, paused_at = NULL WHERE sync = @sync AND paused_at IS NOT NULL").With(sync).RunAsync(cancellationToken) > 0,
        cancellationToken, toDisk: true);

    public Task FiredAsync(string sync, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("INSERT INTO schedule_state (sync, fired_at) VALUES (@sync, @fired_at) ON CONFLICT (sync) DO UPDATE SET fired_at = excluded.fired_at")
            .With(sync, Columns.Milliseconds(at)).RunAsync(cancellationToken),
        cancellationToken);
}
