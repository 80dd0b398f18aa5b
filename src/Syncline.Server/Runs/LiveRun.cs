using System.Collections.Immutable;
using System.Security.Cryptography;
using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Server.Runs;

/// <summary>How a piece of work stands.</summary>
internal enum LiveState
{
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>A line of a run's own log.</summary>
internal sealed record LogLine(DateTimeOffset At, string Text);

/// <summary>A piece of work that was begun here, while it goes and for a while after: a sync's run, a plan, an import.</summary>
/// <param name="kind">As in the run log: <c>sync</c>, <c>plan</c>, <c>import</c>, <c>undo</c>.</param>
/// <param name="title">What a person calls it: the sync's name, the file's.</param>
internal sealed class LiveRun(string kind, string title, string by, TimeProvider clock) : IDisposable
{
    // As much as a person reads back; the log file has all.
    private const int KeptLines = 500;

    private readonly CancellationTokenSource _stop = new();
    private ImmutableList<LogLine> _log = [];

    /// <summary>Of this process alone: the run log's number comes once the work has begun, and not for all kinds.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    public string Kind { get; } = kind;

    public string Title { get; } = title;

    /// <summary>Who began it: a person, a token, <c>schedule</c>, <c>webhook</c>.</summary>
    public string By { get; } = by;

    /// <summary>The one record it is about; null where it is about more.</summary>
    public string? About { get; init; }

    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    public DateTimeOffset? EndedAt { get; private set; }

    public LiveState State { get; private set; }

    public RunProgress? Progress { get; private set; }

    /// <summary>How the run log has it; null before it ended, and for what is no run.</summary>
    public RunRow? Row { get; private set; }

    /// <summary>What came of it beside a row: a plan, an import's outcome.</summary>
    public object? Result { get; set; }

    /// <summary>Null while nothing went wrong.</summary>
    public ErrorReport? Error { get; private set; }

    public IReadOnlyList<LogLine> Log => Volatile.Read(ref _log);

    public bool IsOver => State != LiveState.Running;

    internal CancellationToken Stopping => _stop.Token;

    internal Action<LiveRun> Changed { get; set; } = static _ => { };

    /// <summary>Asks it to stop at the next safe place; what was done stays done.</summary>
    public void Stop() => _stop.Cancel();

    public void Say(string line)
    {
        ImmutableInterlocked.Update(ref _log, static (log, added) => (log.Count < KeptLines ? log : log.RemoveAt(0)).Add(added), new LogLine(clock.GetUtcNow(), line));
        Changed(this);
    }

    public void Report(RunProgress progress)
    {
        Progress = progress;
        Changed(this);
    }

    internal void End(LiveState state, RunRow? row, ErrorReport? error)
    {
        (Row, Error, EndedAt, State) = (row, error, clock.GetUtcNow(), state);
        Changed(this);
    }

    public void Dispose() => _stop.Dispose();
}
