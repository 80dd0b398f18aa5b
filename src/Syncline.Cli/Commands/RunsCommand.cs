using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline runs</c>.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string?> sync = new("--sync") { Description = "Only runs of this sync.", HelpName = "SYNC" };
        Option<int?> take = Count.Option("--take", "How many, newest first; 20 when left out.");
        ExampledCommand command = new("runs", "List past runs, newest first.", "syncline runs", "syncline runs --sync linkedin-to-attio --take 5") { sync, take };
        host.On(command, async (session, cancellationToken) =>
        {
            IReadOnlyList<RunRow> runs = await session.Workspace.Looking.Runs.LatestAsync(session.Parsed.GetValue(sync), session.Parsed.GetValue(take) ?? 20, cancellationToken);
            if (session.IsJson) session.Terminal.Json(new JsonArray([.. runs.Select(RunJson.Listed)]));
            else session.Terminal.Show(TableOf(runs));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table TableOf(IReadOnlyList<RunRow> runs)
    {
        Table table = Tables.Of("Run", "Sync", "Kind", "State", "Began", "Seconds", "Did", "Detail");
        foreach (RunRow run in runs)
        {
            string seconds = run.EndedAt is { } end ? (end - run.StartedAt).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "";
            table.Row(run.Id.ToString(CultureInfo.InvariantCulture), run.Sync, run.Kind, Tables.Standing(run), Tables.Time(run.StartedAt), seconds, Tables.Summary(run.Tally), run.Detail);
        }
        return table;
    }
}
