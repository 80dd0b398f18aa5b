using System.CommandLine;
using Syncline.Cli.Output;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Planning;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline plan</c>.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandHost host)
    {
        ReadingOptions reading = new(host);
        Option<string?> output = new("--out") { Description = "Write all that would be sent into this folder, one JSON-lines file a stream.", HelpName = "FOLDER" };
        ExampledCommand command = new(
            "plan", "Show what a run would do, field by field, with its calls and its time. Writes nothing.",
            "syncline plan linkedin-to-attio",
            "syncline plan linkedin-to-attio --limit 5",
            "syncline plan linkedin-to-attio --out planned --json");
        reading.AddTo(command);
        command.Add(output);
        host.On(command, async (session, cancellationToken) =>
        {
            (SyncConfiguration chosen, RunOptions options) = reading.Read(session);
            return await PlanAsync(session, chosen, options, session.Parsed.GetValue(output), cancellationToken);
        });
        return command;
    }

    /// <param name="output">The folder files are written to; null asks the environment, and else writes none.</param>
    public static async Task<ExitCode> PlanAsync(Session session, SyncConfiguration sync, RunOptions options, string? output, CancellationToken cancellationToken)
    {
        Workspace workspace = session.Workspace;
        using ScratchHub scratch = ScratchHub.Of(workspace);
        SyncEnds ends = workspace.EndsOf(sync);
        DateTimeOffset began = workspace.Clock.GetUtcNow();
        if (!options.IsFull) await SyncExecution.TakeOverAsync(workspace, session.Terminal, sync, scratch.Store.Hub, cancellationToken);
        string? folder = output ?? workspace.Configuration.Defaults.OutputFolder;
        using PlanReport report = new(session.Terminal, folder is null ? null : Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, folder)));
        ProgressReport progress = new(session.Terminal, ends.Permits, workspace.Clock);
        Forecast forecast = await new PlanRunner(scratch.Store.Hub, scratch.Store.Journal, workspace.Clock)
            .RunAsync(sync.ToDefinition(), ends, options, report.TakeAsync, progress.Report, cancellationToken);
        progress.Finish();
        RunTally made = new() { Calls = RunTally.Empty.Calls.AddRange(ends.Permits.Select(p => KeyValuePair.Create(p.Key, p.Value.Calls))) };
        if (session.IsJson) session.Terminal.Json(PlanReport.Json(sync.Name, forecast, made, (workspace.Clock.GetUtcNow() - began).TotalSeconds, ends.Permits));
        else report.ShowTable(sync.Name, forecast, ends.Permits);
        foreach (string file in report.Files) session.Terminal.Say($"Written: {file}");
        return ExitCode.Done;
    }
}
