using System.CommandLine;
using Syncline.Cli.Configuration;
using Syncline.Cli.Output;
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
        ExampledCommand command = new(
            "enrich", "Ask the enrichers of a sync about what the hub holds, then write it. Reads no source.",
            "syncline enrich leads-to-hubspot",
            "syncline enrich leads-to-hubspot --no-sync --json",
            "syncline enrich --retry") { sync, retry, only };
        host.On(command, async (session, cancellationToken) =>
        {
            SyncConfiguration chosen = session.Workspace.FindSync(session.Parsed.GetValue(sync));
            if (chosen.Enrich is null) throw new UsageException($"Sync '{chosen.Name}' has no enrichers.", $"Name them under syncs.{chosen.Name}.enrich in the configuration; an empty list scores the data without any.");
            bool writes = !session.Parsed.GetValue(only) && session.Workspace.Configuration.Enrichment.ThenSync && !session.Workspace.Configuration.Defaults.IsDryRun;
            return await RunCommand.RunAsync(session, chosen, new() { OnlyOutbound = true, Writes = writes, RetriesAll = session.Parsed.GetValue(retry) }, cancellationToken);
        });
        return command;
    }
}
