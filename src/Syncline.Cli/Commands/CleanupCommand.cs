using System.CommandLine;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Loading;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline cleanup</c>.</summary>
internal static class CleanupCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> sync = new("SYNC") { Description = "A sync of the configuration." };
        TakingBackOptions options = new("Also remove what people have changed since.");
        ExampledCommand command = new(
            "cleanup", "Remove from the destinations exactly what a sync created, test data for example. What it only updated stays.",
            "syncline cleanup linkedin-to-attio",
            "syncline cleanup linkedin-to-attio --yes") { sync };
        options.AddTo(command);
        host.On(command, async (session, cancellationToken) =>
        {
            SyncConfiguration chosen = session.Workspace.FindSync(session.Parsed.GetRequiredValue(sync));
            SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
            await foreach (JournalEntry entry in TakingBackOptions.StoreOf(session).Journal.CreatedBySyncAsync(chosen.Name, cancellationToken))
            {
                string stream = entry.Operation.Stream.ToString();
                counts[stream] = counts.GetValueOrDefault(stream) + 1;
            }
            session.Terminal.Say(counts.Count == 0 ? $"{chosen.Name} has created nothing that is still there." : $"{chosen.Name} has created, and this would remove:");
            foreach ((string stream, long count) in counts) session.Terminal.Say($"  {stream}: {Tables.Number(count)}");
            if (counts.Count > 0 && !options.Confirm(session, "Remove them?")) return ExitCode.Failed;
            return await options.GoAsync(session, (back, force, token) => back.CleanUpAsync(chosen, force, token), cancellationToken);
        });
        return command;
    }
}
