using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Server.Runs;

/// <summary>A run as the API shows it. Counts are records, but for the calls.</summary>
/// <param name="State">running, done, done with dead letters, failed, cancelled, interrupted.</param>
/// <param name="Calls">By connection.</param>
internal sealed record RunView(long Id, string Sync, string Kind, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, TallyView Tally, IReadOnlyDictionary<string, CallsView> Calls, string? Detail)
{
    public static RunView Of(RunRow run) => new(
        run.Id, run.Sync, run.Kind, Tables.Word(run.State), run.StartedAt, run.EndedAt, TallyView.Of(run.Tally), run.Tally.Calls.ToDictionary(c => c.Key, c => new CallsView(c.Value.Reads, c.Value.Writes, c.Value.Throttled)), run.Detail);
}

/// <summary>Calls made on one connection.</summary>
internal sealed record CallsView(long Reads, long Writes, long Throttled);

/// <summary>What a run did, in records.</summary>
internal sealed record TallyView(long Seen, long Created, long Updated, long Linked, long Unchanged, long Skipped, long Conflicts, long DeadLetters, long Deleted, double? ErrorRate)
{
    public static TallyView Of(RunTally t) => new(t.Seen, t.Created, t.Updated, t.Linked, t.Unchanged, t.Skipped, t.Conflicts, t.DeadLetters, t.Deleted, t.ErrorRate);
}

/// <summary>Work under way, or lately ended, in this server.</summary>
/// <param name="Id">Of this process; <paramref name="Run"/> has the run log's number once it is over.</param>
internal sealed record LiveView(string Id, string Kind, string Title, string By, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ProgressView? Progress, RunView? Run, ErrorView? Error)
{
    public static LiveView Of(LiveRun run) => new(
        run.Id, run.Kind, run.Title, run.By, run.State switch { LiveState.Running => "running", LiveState.Done => "done", LiveState.Cancelled => "cancelled", _ => "failed" },
        run.StartedAt, run.EndedAt, ProgressView.Of(run.Progress), run.Row is { } row ? RunView.Of(row) : null, ErrorView.Of(run.Error));
}

/// <summary>Where work stands.</summary>
/// <param name="Total">Null when nobody knows.</param>
internal sealed record ProgressView(string Phase, string Connection, long Done, long? Total, TallyView Tally)
{
    public static ProgressView? Of(RunProgress? progress) => progress is null ? null : new(Word(progress.Phase), progress.Connection, progress.Done, progress.Total, TallyView.Of(progress.Tally));

    private static string Word(RunPhase phase) => phase switch { RunPhase.Preparing => "preparing", RunPhase.Reading => "reading", RunPhase.Enriching => "enriching", _ => "writing" };
}

/// <summary>What went wrong, and what to do about it.</summary>
internal sealed record ErrorView(string Message, string? Where, string? Remedy)
{
    public static ErrorView? Of(ErrorReport? report) => report is null ? null : new(report.Message, report.Where, report.Remedy);
}
