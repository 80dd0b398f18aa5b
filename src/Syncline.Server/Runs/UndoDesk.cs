using System.Globalization;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Limits;
using Syncline.Server.Hosting;
using Syncline.Syncs;

namespace Syncline.Server.Runs;

/// <summary>Takes runs back: first what it would do, then beside the caller.</summary>
internal sealed class UndoDesk(Premises premises, LiveRuns live, AuditTrail trail, SyncTurns turns)
{
    /// <exception cref="UsageException">There is no such run, or it cannot be taken back.</exception>
    public async Task<UndoPreview> PreviewAsync(long id, CancellationToken cancellationToken)
    {
        UndoPreview preview = await UndoPreview.OfAsync(premises.Store, id, cancellationToken);
        if (preview.Run.State == RunState.Running) throw new UsageException($"Run {id} is still under way.", "Stop it, or wait for its end.");
        return preview;
    }

    /// <param name="force">Also takes back what people have changed since.</param>
    /// <exception cref="UsageException">It cannot be taken back, or nothing is to be written.</exception>
    public async Task<LiveRun> StartAsync(long id, bool force, string by, CancellationToken cancellationToken)
    {
        UndoPreview preview = await PreviewAsync(id, cancellationToken);
        if (premises.Current.ConfigurationOrNone.Defaults.IsDryRun) throw new UsageException("AT_DRY_RUN is set, and an undo writes.", "Unset it, in the environment or in .env.");
        await premises.Store.AuditLog.WriteAsync(by, "run.undone", id.ToString(CultureInfo.InvariantCulture), force ? "with people's changes" : null, cancellationToken);
        return live.Start("undo", $"{preview.Run.Sync} {id}", by, (run, token) => UndoAsync(run, preview, force, token));
    }

    private async Task<RunRow?> UndoAsync(LiveRun run, UndoPreview preview, bool force, CancellationToken cancellationToken)
    {
        using Workspace workspace = premises.Open(Priority.Manual);
        using SyncTurns.Turn turn = await turns.TakeAsync(preview.Run.Sync, cancellationToken);
        TakingBack back = new(workspace, RunDesk.TerminalOf(run), trail) { Watch = run.Report };
        return await back.UndoAsync(preview.Run, preview.Destinations, force, cancellationToken);
    }
}
