using Syncline.Cli.Logging;
using Syncline.Merging;
using Syncline.Syncs;

namespace Syncline.Cli.Composition;

/// <summary>Carries out a person's decision about identities as a run of its own, while no sync of the configuration runs.</summary>
internal sealed class EditingIdentities(Workspace workspace, AuditTrail audit)
{
    /// <summary>The name such runs are listed under.</summary>
    public const string Sync = "identities";

    /// <exception cref="SyncBusyException">A sync runs: it could be writing what is to be merged or split.</exception>
    /// <exception cref="IdentityEditException">The decision cannot be carried out.</exception>
    public async Task<(RunRow Run, IdentityEdit Edit)> RunAsync(string kind, Func<IdentityEdits, long, Task<IdentityEdit>> work, CancellationToken cancellationToken)
    {
        List<IDisposable> held = [];
        try
        {
            foreach (string sync in workspace.ConfigurationOrNone.Syncs.Select(s => s.Name)) held.Add(workspace.RunStores.Locks.TryTake(sync) ?? throw new SyncBusyException(sync));
            IdentityEdits edits = new(workspace.Hub, workspace.Store.Journal, workspace.Clock);
            IdentityEdit? done = null;
            RunRow run = await new RunningKind(workspace, audit).RunAsync(Sync, kind, async (runId, _) =>
            {
                done = await work(edits, runId);
                return $"{done.Golden.Reference.Text}; {done.Referring} records follow.";
            }, cancellationToken);
            return (run, done ?? throw new OperationCanceledException(cancellationToken));
        }
        finally
        {
            held.ForEach(h => h.Dispose());
        }
    }
}
