using System.CommandLine;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline undo</c>.</summary>
internal static class UndoCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<long> number = Count.Argument("RUN", "A run's number, as 'syncline runs' lists it.");
        TakingBackOptions options = new("Also take back what people have changed since.");
        ExampledCommand command = new(
            "undo", "Reverse a run: what it wrote everywhere, and what it changed in the hub.",
            "syncline undo 12",
            "syncline undo 12 --yes --json") { number };
        options.AddTo(command);
        host.On(command, async (session, cancellationToken) =>
        {
            long id = session.Parsed.GetRequiredValue(number);
            SqliteStore store = TakingBackOptions.StoreOf(session);
            RunRow run = await store.Runs.FindAsync(id, cancellationToken) ?? throw new UsageException($"There is no run {id}.", "'syncline runs' lists them.");
            if (run.Sync == Deciding.Values) throw new UsageException($"Run {id} was a decision about one value.", "'syncline override' gives it another, or lets sources change it again.");
            if (run.Sync == Deciding.Identities) throw new UsageException($"Run {id} was a {run.Kind} of records: what was read since then cannot be told apart by an undo.", run.Kind == "merge" ? "'syncline split' parts them again." : "'syncline merge' makes them one again.");
            IReadOnlyList<(StreamId Stream, Verb Verb, long Count)> counts = await store.Journal.CountOfRunAsync(id, cancellationToken);
            session.Terminal.Say($"Run {id} of {run.Sync}, {Tables.Time(run.StartedAt)}, would be taken back:");
            foreach ((StreamId stream, Verb verb, long count) in counts) session.Terminal.Say($"  {stream}: {Tables.Number(count)} × {Undone(verb)}");
            session.Terminal.Say("  the hub: what this run changed and nobody has changed since");
            if (!options.Confirm(session, "Take it back?")) return ExitCode.Failed;
            string[] destinations = [.. counts.Select(c => c.Stream.Connection).Distinct(StringComparer.Ordinal)];
            return await options.GoAsync(session, (back, force, token) => back.UndoAsync(run, destinations, force, token), cancellationToken);
        });
        return command;
    }

    private static string Undone(Verb verb) => verb switch
    {
        Verb.Create or Verb.Replace => "created, to be removed",
        Verb.Update => "updated, to be restored",
        _ => "deleted, which cannot be taken back",
    };
}
