using Syncline.Composition.Telling;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>What taking a run back would do: these writes at the destinations, and what the run changed in the hub and nobody has changed since.</summary>
/// <param name="Writes">How many, by stream and verb.</param>
internal sealed record UndoPreview(RunRow Run, IReadOnlyList<(StreamId Stream, Verb Verb, long Count)> Writes)
{
    public IReadOnlyList<string> Destinations => [.. Writes.Select(c => c.Stream.Connection).Distinct(StringComparer.Ordinal)];

    /// <exception cref="UsageException">There is no such run, or it cannot be taken back.</exception>
    public static async Task<UndoPreview> OfAsync(SqliteStore store, long id, CancellationToken cancellationToken)
    {
        RunRow run = await store.Runs.FindAsync(id, cancellationToken) ?? throw new UsageException($"There is no run {id}.", "'syncline runs' lists them.") { IsNotFound = true };
        if (run.Sync == Deciding.Values) throw new UsageException($"Run {id} was a decision about one value.", "'syncline override' gives it another, or lets sources change it again.");
        if (run.Sync == Deciding.Identities) throw new UsageException($"Run {id} was a {run.Kind} of records: what was read since then cannot be told apart by an undo.", run.Kind == "merge" ? "'syncline split' parts them again." : "'syncline merge' makes them one again.");
        return new(run, await store.Journal.CountOfRunAsync(id, cancellationToken));
    }

    /// <summary>What was done, and what becomes of it.</summary>
    public static string Undone(Verb verb) => verb switch
    {
        Verb.Create or Verb.Replace => "created, to be removed",
        Verb.Update => "updated, to be restored",
        _ => "deleted, which cannot be taken back",
    };
}
