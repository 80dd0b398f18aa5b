using System.CommandLine;
using Syncline.Cli.Output;
using Syncline.Composition.Imports;
using Syncline.Composition.Telling;
using Syncline.Connectors.Csv;
using Syncline.Loading;
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
        Option<string?> kind = new("--kind") { Description = "What the rows are about: person, company or deal; decided by the columns when left out.", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong("person", "company", "deal");
        Option<string?> key = new("--key") { Description = "The column that identifies a row.", HelpName = "COLUMN" };
        Option<string?> name = new("--as") { Description = "The name the rows are kept under; the file's when left out.", HelpName = "NAME" };
        ColumnOptions columns = new();
        Option<bool> preview = new("--preview") { Description = "Show how the file is understood, column by column, and which lines would be rejected. Writes nothing." };
        ExampledCommand command = new(
            "import", "Read a CSV file into the hub, matched like everything else.",
            "syncline import contacts.csv --preview",
            "syncline import contacts.csv",
            "syncline import contacts.csv --kind person --key \"Record ID\" --as crm-export",
            "syncline import leads.csv --map \"Job=job_title\" --map \"Internal=\"") { file, kind, key, name, columns.Map, columns.Encoding, columns.Delimiter, preview };
        command.Subcommands.Add(ImportRecordsCommand.Create(host));
        host.On(command, async (session, cancellationToken) =>
        {
            string path = Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, session.Parsed.GetRequiredValue(file)));
            if (!File.Exists(path)) throw new UsageException($"There is no file {path}.", "Check the path.");
            string keptAs = session.Parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(path);
            CsvOptions options = new(keptAs, path)
            {
                Kind = session.Parsed.GetValue(kind) is { } about ? new RecordKind(about) : null,
                KeyColumn = session.Parsed.GetValue(key),
                Encoding = session.Parsed.GetValue(columns.Encoding),
                Delimiter = columns.DelimiterIn(session),
                Columns = columns.Columns(session),
            };
            CsvSource source = await new CsvImport(session.Workspace, session.Audit).OpenAsync(options, cancellationToken);
            session.Terminal.Say(CsvReport.Line(Path.GetFileName(path), source, options.Encoding is not null));
            return session.Parsed.GetValue(preview) ? await PreviewAsync(session, options, source, cancellationToken) : await ImportAsync(session, options, source, cancellationToken);
        });
        return command;
    }

    private static async Task<ExitCode> PreviewAsync(Session session, CsvOptions options, CsvSource source, CancellationToken cancellationToken)
    {
        CsvPreview preview = await CsvPreview.OfAsync(source, cancellationToken);
        if (session.IsJson) session.Terminal.Json(CsvReport.Json(options.Path, source, preview));
        else CsvReport.Show(session.Terminal, preview);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> ImportAsync(Session session, CsvOptions options, CsvSource source, CancellationToken cancellationToken)
    {
        ProgressReport progress = new(session.Terminal, new Dictionary<string, Limits.CallPermits>(), session.Clock);
        RunRow run;
        try
        {
            run = await new CsvImport(session.Workspace, session.Audit).RunAsync(options, source, progress.Report, cancellationToken);
        }
        finally
        {
            progress.Finish();
        }
        await TellRejectionsAsync(session, run, cancellationToken);
        return RunCommand.Conclude(session, run);
    }

    /// <summary>The last lines that were rejected, in the order of the file.</summary>
    private static async Task TellRejectionsAsync(Session session, RunRow run, CancellationToken cancellationToken)
    {
        if (run.Tally.DeadLetters == 0) return;
        IReadOnlyList<DeadLetter> rejected = await session.Workspace.Store.Journal.DeadLettersAsync(run.Sync, skipped: false, ListedRejections, cancellationToken);
        if (run.Tally.DeadLetters > rejected.Count) session.Terminal.Say($"{Tables.Number(run.Tally.DeadLetters - rejected.Count)} more were set aside before these:");
        foreach (DeadLetter letter in rejected.Reverse()) session.Terminal.Say($"{letter.Key.Subject}: {letter.Reason}");
    }
}
