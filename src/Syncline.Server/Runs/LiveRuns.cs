using System.Collections.Concurrent;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Server.Runs;

/// <summary>All work this process has begun, newest first, and word of every change in it.</summary>
internal sealed class LiveRuns(TimeProvider clock, AuditTrail trail)
{
    // Runs that are over are in the run log; here they stay for whoever still looks at their page.
    private const int KeptRuns = 200;

    private readonly ConcurrentDictionary<string, (LiveRun Run, Task Work)> _runs = new(StringComparer.Ordinal);
    private volatile bool _isStopping;

    /// <summary>Raised on the thread that changed something: who listens does no more than note it.</summary>
    public event Action<LiveRun>? Changed;

    public IReadOnlyList<LiveRun> All => [.. _runs.Values.Select(r => r.Run).OrderByDescending(r => r.StartedAt)];

    public IReadOnlyList<LiveRun> UnderWay => [.. All.Where(r => !r.IsOver)];

    public LiveRun? Find(string id) => _runs.TryGetValue(id, out (LiveRun Run, Task) found) ? found.Run : null;

    /// <summary>Begins a piece of work beside the caller, and returns at once.</summary>
    /// <param name="work">Returns the run log's row, or null for what is no run.</param>
    /// <param name="about">The one record it is about, where it is one.</param>
    public LiveRun Start(string kind, string title, string by, Func<LiveRun, CancellationToken, Task<RunRow?>> work, string? about = null)
    {
        LiveRun run = new(kind, title, by, clock) { About = about, Changed = r => Changed?.Invoke(r) };
        // What comes while the server stops is not begun.
        if (_isStopping) run.Stop();
        // The work leaves this thread first: a caller is a request, and must be answered before the first page is read.
        Task task = Task.Run(() => CarryOutAsync(run, work));
        _runs[run.Id] = (run, task);
        Forget();
        Changed?.Invoke(run);
        return run;
    }

    /// <summary>Completes when that piece of work is over, however it ended.</summary>
    public Task WaitAsync(LiveRun run, CancellationToken cancellationToken) =>
        _runs.TryGetValue(run.Id, out (LiveRun Run, Task Work) found) ? found.Work.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Stops everything at its next safe place, also what is still asked for, and waits until it has.</summary>
    public async Task StopAllAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        foreach (LiveRun run in UnderWay) run.Stop();
        await Task.WhenAll(_runs.Values.Select(r => r.Work)).WaitAsync(cancellationToken);
    }

    private async Task CarryOutAsync(LiveRun run, Func<LiveRun, CancellationToken, Task<RunRow?>> work)
    {
        try
        {
            run.Stopping.ThrowIfCancellationRequested();
            RunRow? row = await work(run, run.Stopping);
            run.End(StateOf(row), row, row is { State: RunState.Failed, Detail: { } detail } ? new(ExitCode.Failed, detail, null, null) : null);
        }
        catch (OperationCanceledException) when (run.Stopping.IsCancellationRequested)
        {
            run.End(LiveState.Cancelled, null, null);
        }
        catch (Exception failure)
        {
            ErrorReport? expected = ErrorReport.Of(failure);
            if (expected is null) trail.Broke(run.Kind, failure);
            else trail.Failed(run.Kind, expected);
            run.End(LiveState.Failed, null, expected ?? ErrorReport.Unexpected(failure, trail.File));
        }
    }

    private static LiveState StateOf(RunRow? row) => row?.State switch
    {
        RunState.Failed or RunState.Interrupted => LiveState.Failed,
        RunState.Cancelled => LiveState.Cancelled,
        _ => LiveState.Done,
    };

    private void Forget()
    {
        foreach (LiveRun old in All.Where(r => r.IsOver).Skip(KeptRuns))
        {
            if (_runs.TryRemove(old.Id, out _)) old.Dispose();
        }
    }
}
