using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Connectors;
using Syncline.Connectors.Csv;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Composition.Imports;

/// <summary>Reads a CSV file into the hub, matched like everything else.</summary>
internal sealed class CsvImport(Workspace workspace, AuditTrail audit)
{
    /// <summary>Opens the file and reads its first line.</summary>
    /// <exception cref="UsageException">The file and what was said about it do not go together, or its rows cannot be kept under that name.</exception>
    public async Task<CsvSource> OpenAsync(CsvOptions options, CancellationToken cancellationToken)
    {
        CheckName(workspace.ConfigurationOrNone, options.Connection);
        try
        {
            return await CsvSource.OpenAsync(options, cancellationToken);
        }
        catch (ProviderException unusable)
        {
            // Nothing has begun: it is what was asked for that cannot be.
            throw new UsageException(unusable.Message, unusable.Hint ?? "");
        }
    }

    public async Task<RunRow> RunAsync(CsvOptions options, CsvSource source, Action<RunProgress> watch, CancellationToken cancellationToken) =>
        await new RunningKind(workspace, audit).RunAsync(options.Connection, "import", async (runId, report) =>
        {
            (RunTally tally, long covered) = (RunTally.Empty, 0);
            InboundPipeline pipeline = new(workspace.Hub, new MapSet().Add(options.Connection, source.Maps), workspace.Clock);
            await pipeline.RunAsync(new ReadAhead(source), new(options.Connection, runId, new()), (page, read) =>
            {
                report(tally = tally.Plus(page));
                watch(new(RunPhase.Reading, options.Connection, covered += read.Covered, read.Expected, tally));
            }, cancellationToken);
            return $"{Path.GetFileName(options.Path)}, {Tables.Number(covered)} rows.";
        }, cancellationToken);

    /// <summary>Rows kept under the name of an account would count as its records, and take part in its syncs.</summary>
    private static void CheckName(SynclineConfiguration configuration, string name)
    {
        bool isTaken = name is SyncScope.WholeHub or SyncScope.Derived || configuration.Syncs.Any(s => s.Name == name) || configuration.Connections.Any(c => c.Name == name && c.Provider != "csv");
        if (isTaken) throw new UsageException($"Rows cannot be kept as '{name}': a connection or a sync goes by that name.", "Choose another name with --as.");
        if (string.IsNullOrWhiteSpace(name)) throw new UsageException("Rows need a name to be kept under.", "Choose one with --as.");
    }
}
