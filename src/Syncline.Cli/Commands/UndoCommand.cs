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
            UndoPreview preview = await UndoPreview.OfAsync(store, id, cancellationToken);
            (RunRow run, IReadOnlyList<(StreamId Stream, Verb Verb, long Count)> counts) = preview;
            session.Terminal.Say($"Run {id} of {run.Sync}, {Tables.Time(run.StartedAt)}, would be taken back:");
            foreach ((StreamId stream, Verb verb, long count) in counts) session.Terminal.Say($"  {stream}: {Tables.Number(count)} × {UndoPreview.Undone(verb)}");
            session.Terminal.Say("  the hub: what this run changed and nobody has changed since");
            if (!options.Confirm(session, "Take it back?")) return ExitCode.Failed;
            return await options.GoAsync(session, (back, force, token) => back.UndoAsync(run, preview.Destinations, force, token), cancellationToken);
        });
        return command;
    }
}
