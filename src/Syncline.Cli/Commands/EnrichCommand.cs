using System.CommandLine;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline enrich</c>.</summary>
internal static class EnrichCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string?> sync = host.SyncArgument();
        Option<bool> retry = new("--retry") { Description = "Ask again about every record that failed, and every enricher that was held back, due or not." };
        Option<bool> only = new("--no-sync") { Description = "Only enrich; write nothing to the destinations." };
        Option<bool> batch = new("--batch") { Description = "Send everything that is due as a batch to those enrichers that answer in batches, for less and some hours later; a later run collects the answers." };
        ExampledCommand command = new(
            "enrich", "Ask the enrichers of a sync about what the hub holds, then write it. Reads no source.",
            "syncline enrich leads-to-hubspot",
            "syncline enrich leads-to-hubspot --no-sync --json",
            "syncline enrich leads-to-hubspot --batch",
            "syncline enrich --retry") { sync, retry, only, batch };
        host.On(command, async (session, cancellationToken) =>
        {
            SyncConfiguration chosen = session.Workspace.FindSync(session.Parsed.GetValue(sync));
            if (chosen.Enrich is null) throw new UsageException($"Sync '{chosen.Name}' has no enrichers.", $"Name them under syncs.{chosen.Name}.enrich in the configuration; an empty list scores the data without any.");
            bool inBatches = session.Parsed.GetValue(batch);
            if (inBatches && !session.Workspace.BatchEnrichersOf(chosen).Any()) throw new UsageException($"No enricher of sync '{chosen.Name}' answers in batches.", $"A connection of the provider claude does; name one under syncs.{chosen.Name}.enrich, or leave --batch out.");
            bool writes = !session.Parsed.GetValue(only) && session.Workspace.Configuration.Enrichment.ThenSync && !session.Workspace.Configuration.Defaults.IsDryRun;
            return await RunCommand.RunAsync(session, chosen, new() { OnlyOutbound = true, Writes = writes, RetriesAll = session.Parsed.GetValue(retry), InBatches = inBatches }, cancellationToken);
        });
        return command;
    }
}
