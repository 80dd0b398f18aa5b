using Syncline.Composition.Logging;
using Syncline.Merging;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>Carries out what a person decides about records of the hub as a run of its own, while no sync of the configuration runs.</summary>
internal sealed class Deciding(Workspace workspace, AuditTrail audit)
{
    /// <summary>The name that runs about identities are listed under.</summary>
    public const string Identities = "identities";

    /// <summary>The name that runs about values are listed under.</summary>
    public const string Values = "decisions";

    /// <summary>Who decides, kept in the run's detail; null for whoever has the shell.</summary>
    public string? By { get; init; }

    /// <exception cref="SyncBusyException">A sync runs: it could be writing what is to be merged or split.</exception>
    /// <exception cref="IdentityEditException">The decision cannot be carried out.</exception>
    public Task<(RunRow Run, IdentityEdit Edit)> EditAsync(string kind, Func<IdentityEdits, long, Task<IdentityEdit>> work, CancellationToken cancellationToken)
    {
        IdentityEdits edits = new(workspace.Hub, workspace.Store.Journal, workspace.Clock);
        return RunAsync(Identities, kind, async runId =>
        {
            IdentityEdit done = await work(edits, runId);
            return (done, $"{done.Golden.Reference.Text}; {done.Referring} records follow.");
        }, cancellationToken);
    }

    /// <param name="name">The name the run is listed under.</param>
    /// <param name="work">Given the run's id; gives its result, and the run's detail, without any value of a record.</param>
    /// <exception cref="SyncBusyException">A sync runs: it could be writing what is decided about.</exception>
    public async Task<(RunRow Run, T Result)> RunAsync<T>(string name, string kind, Func<long, Task<(T Result, string Detail)>> work, CancellationToken cancellationToken)
        where T : class
    {
        List<IDisposable> held = [];
        try
        {
            foreach (string sync in workspace.ConfigurationOrNone.Syncs.Select(s => s.Name)) held.Add(workspace.RunStores.Locks.TryTake(sync) ?? throw new SyncBusyException(sync));
            T? done = null;
            RunRow run = await new RunningKind(workspace, audit).RunAsync(name, kind, async (runId, _) =>
            {
                (done, string detail) = await work(runId);
                return By is null ? detail : $"{detail} Decided by {By}.";
            }, cancellationToken);
            return (run, done ?? throw new OperationCanceledException(cancellationToken));
        }
        finally
        {
            held.ForEach(h => h.Dispose());
        }
    }
}
