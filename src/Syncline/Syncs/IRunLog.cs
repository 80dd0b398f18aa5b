namespace Syncline.Syncs;

/// <summary>How a run ended, or that it has not.</summary>
public enum RunState
{
    Running,
    Done,

    /// <summary>All that could be done is; some records are dead letters.</summary>
    DoneWithDeadLetters,
    Failed,

    /// <summary>Stopped by the user; the next run goes on from there.</summary>
    Cancelled,

    /// <summary>Its process ended without a word.</summary>
    Interrupted,
}

/// <summary>One execution of a sync, an import, an undo.</summary>
/// <param name="Kind">What was executed: <c>sync</c>, <c>webhook</c>, <c>import</c>, <c>undo</c>, <c>cleanup</c>, <c>audit</c>.</param>
/// <param name="Detail">Why it failed, or what was imported; null when there is nothing to say.</param>
public sealed record RunRow(long Id, string Sync, string Kind, RunState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, RunTally Tally, string? Detail)
{
    /// <summary>The kind of a sync's run that read only what a provider sent word of. There may be several a second.</summary>
    public const string Webhook = "webhook";

    /// <summary>The kind that compares counts and changes nothing.</summary>
    public const string Audit = "audit";

    /// <summary>Where it stands, or stood when it was last heard of; null when it never said.</summary>
    public RunPosition? Position { get; init; }
}

/// <summary>Every run there was.</summary>
public interface IRunLog
{
    Task<long> StartAsync(string sync, string kind, CancellationToken cancellationToken);

    /// <summary>Keeps a running run's tally and position, for whoever asks meanwhile.</summary>
    Task ReportAsync(long runId, RunTally tally, RunPosition position, CancellationToken cancellationToken);

    Task FinishAsync(long runId, RunState state, RunTally tally, string? detail, CancellationToken cancellationToken);

    /// <summary>Newest first; of all syncs when null. Without those of the kind <see cref="RunRow.Webhook"/>, which would drown the others.</summary>
    Task<IReadOnlyList<RunRow>> LatestAsync(string? sync, int take, CancellationToken cancellationToken);

    /// <summary>Part of the log, newest first.</summary>
    Task<IReadOnlyList<RunRow>> ListAsync(RunFilter filter, int take, CancellationToken cancellationToken);

    /// <summary>Runs of syncs that go on or ended since then, newest first. Without those of webhooks, of which there may be several a second.</summary>
    /// <param name="among">Only so many of the newest are looked at.</param>
    Task<IReadOnlyList<RunRow>> SinceAsync(DateTimeOffset since, int among, CancellationToken cancellationToken);

    /// <summary>What runs of webhooks that began since then came to, summed by sync and stretch of time.</summary>
    /// <param name="grain">How long a stretch is; one begins with the epoch.</param>
    /// <param name="among">Only so many of the newest are looked at.</param>
    Task<IReadOnlyList<WebhookSum>> SumWebhooksAsync(DateTimeOffset since, TimeSpan grain, int among, CancellationToken cancellationToken);

    Task<RunRow?> FindAsync(long runId, CancellationToken cancellationToken);

    /// <summary>Marks runs of this sync that are still called running as interrupted; called by whoever holds the sync's lock.</summary>
    Task CloseAbandonedAsync(string sync, CancellationToken cancellationToken);
}

/// <summary>Keeps two runs of one sync apart, over all processes. A lock ends with its process, however that ends.</summary>
public interface IRunLocks
{
    /// <summary>Takes the lock, or returns null when somebody holds it.</summary>
    IDisposable? TryTake(string sync);
}

/// <summary>Runs of webhooks of one sync that began in one stretch of time, together.</summary>
/// <param name="From">Where the stretch begins.</param>
/// <param name="Written">Records created, updated and deleted.</param>
public sealed record WebhookSum(string Sync, DateTimeOffset From, long Runs, long Seen, long Written);

/// <summary>Which runs of the log are meant.</summary>
/// <param name="Sync">Null for those of all syncs.</param>
/// <param name="Kind">Null for every kind but <see cref="RunRow.Webhook"/>, of which there are several a second at times.</param>
/// <param name="Before">Only runs older than this one; null begins at the newest.</param>
public sealed record RunFilter(string? Sync = null, string? Kind = null, long? Before = null)
{
    /// <summary>Only those that ended well, dead letters or not, and were no part of a run.</summary>
    public bool IsWhole { get; init; }
}
