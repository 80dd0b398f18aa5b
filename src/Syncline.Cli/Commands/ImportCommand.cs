using System.CommandLine;
using Syncline.Cli.Composition;
using Syncline.Cli.Output;
using Syncline.Connectors.Csv;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline import</c>.</summary>
internal static class ImportCommand
{
    private const int ListedRejections = 20;

    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "A CSV file with column names in its first line." };
        Option<string?> kind = new("--kind") { Description = "What the rows are about: person or company; decided by the columns when left out.", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong("person", "company");
        Option<string?> key = new("--key") { Description = "The column that identifies a row.", HelpName = "COLUMN" };
        Option<string?> name = new("--as") { Description = "The name the rows are kept under; the file's when left out.", HelpName = "NAME" };
        Option<string[]> map = new("--map") { Description = "COLUMN=field: what a column means; COLUMN= leaves it out. May be repeated.", HelpName = "COLUMN=field" };
        Option<string?> encoding = new("--encoding") { Description = "The file's encoding, such as windows-1252; UTF-8 when left out.", HelpName = "NAME" };
        ExampledCommand command = new(
            "import", "Read a CSV file into the hub, matched like everything else.",
            "syncline import contacts.csv",
            "syncline import contacts.csv --kind person --key \"Record ID\" --as crm-export",
            "syncline import leads.csv --map \"Job=job_title\" --map \"Internal=\"");
        command.Arguments.Add(file);
        foreach (Option option in new Option[] { kind, key, name, map, encoding }) command.Options.Add(option);
        host.On(command, async (session, cancellationToken) =>
        {
            string path = Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, session.Parsed.GetRequiredValue(file)));
            if (!File.Exists(path)) throw new UsageException($"There is no file {path}.", "Check the path.");
            CsvOptions options = new(session.Parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(path), path)
            {
                Kind = session.Parsed.GetValue(kind) is { } about ? new RecordKind(about) : null,
                KeyColumn = session.Parsed.GetValue(key),
                Encoding = session.Parsed.GetValue(encoding),
                Columns = (session.Parsed.GetValue(map) ?? []).Select(Pair).ToDictionary(p => p.Column, p => p.Field),
            };
            return await ImportAsync(session, options, cancellationToken);
        });
        return command;
    }

    private static (string Column, string Field) Pair(string text)
    {
        int equals = text.LastIndexOf('=');
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : throw new UsageException($"--map '{text}' is no pair.", "Write it as --map \"COLUMN=field\".");
    }

    private static async Task<ExitCode> ImportAsync(Session session, CsvOptions options, CancellationToken cancellationToken)
    {
        Workspace workspace = session.Workspace;
        CsvSource source = await CsvSource.OpenAsync(options, cancellationToken);
        ProgressReport progress = new(session.Terminal, new Dictionary<string, Limits.CallPermits>(), session.Clock);
        string sync = options.Connection;
        RunRow run = await new RunningKind(workspace, session.Audit).RunAsync(sync, "import", async (runId, report) =>
        {
            (RunTally tally, long covered) = (RunTally.Empty, 0);
            InboundPipeline pipeline = new(workspace.Hub, new MapSet().Add(options.Connection, source.Maps), workspace.Clock);
            await pipeline.RunAsync(source, new(sync, runId, new()), (page, read) =>
            {
                report(tally = tally.Plus(page));
                progress.Report(new(RunPhase.Reading, options.Connection, covered += read.Covered, read.Expected, tally));
            }, cancellationToken);
            return $"{Path.GetFileName(options.Path)}, {Tables.Number(covered)} rows.";
        }, cancellationToken);
        progress.Finish();
        IReadOnlyList<DeadLetter> rejected = run.Tally.DeadLetters == 0 ? [] : [.. (await workspace.Store.Journal.DeadLettersAsync(sync, ListedRejections, cancellationToken)).Where(l => l.Stage != DeadLetter.SkippedStage)];
        foreach (DeadLetter letter in rejected) session.Terminal.Say($"{letter.Key.Subject}: {letter.Reason}");
        return RunCommand.Conclude(session, run);
    }
}
