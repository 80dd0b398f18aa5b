using System.CommandLine;
using System.Runtime.CompilerServices;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Connectors.Csv;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline export</c>.</summary>
internal static class ExportCommand
{
    private const int Chunk = 500;

    public static Command Create(CommandHost host)
    {
        Option<string> kind = new("--kind") { Description = "Which records.", DefaultValueFactory = _ => "person", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong([.. Keys.Kinds]);
        Option<string> format = new("--format") { Description = "csv or jsonl.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "jsonl");
        Option<string?> imported = new("--as-imported") { Description = "Give the rows of an import back in their file's own columns, order and encoding.", HelpName = "NAME" };
        Option<string?> output = new("--out") { Description = "The file to write; standard output when left out.", HelpName = "FILE" };
        ExampledCommand command = new(
            "export", "Write records of the hub as CSV or JSON lines.",
            "syncline export > people.csv",
            "syncline export --kind company --format jsonl --out companies.jsonl",
            "syncline export --as-imported crm-export --out contacts.csv") { kind, format, imported, output };
        host.On(command, async (session, cancellationToken) =>
        {
            IHub hub = session.Workspace.Looking.Hub;
            bool isLines = session.IsJson || session.Parsed.GetValue(format) == "jsonl";
            if (session.Parsed.GetValue(imported) is { } name)
            {
                if (isLines) throw new UsageException("--as-imported gives a file's own rows back, which are CSV.", "Leave --format jsonl and --json out, or leave --as-imported out.");
                (string stream, CsvFormat written) = await FindImportAsync(hub, name, cancellationToken);
                await WriteAsync(session, session.Parsed.GetValue(output), target => CsvExport.WriteRowsAsync(target, written, RowsAsync(hub, name, stream, cancellationToken), cancellationToken));
                return ExitCode.Done;
            }
            IAsyncEnumerable<GoldenRecord> records = AllAsync(hub, new(session.Parsed.GetValue(kind)!), cancellationToken);
            await WriteAsync(session, session.Parsed.GetValue(output), target => isLines ? CsvExport.WriteJsonLinesAsync(target, records, cancellationToken) : CsvExport.WriteGoldenAsync(target, records, cancellationToken));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Writes to standard output, or beside the file and then into its place: an export that fails leaves what was there.</summary>
    private static async Task WriteAsync(Session session, string? output, Func<Stream, Task> write)
    {
        if (output is null)
        {
            await using WriterStream screen = new(session.Terminal.Out);
            await write(screen);
            return;
        }
        string file = Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, output));
        string unfinished = file + ".unfinished";
        try
        {
            await using (FileStream target = File.Create(unfinished)) await write(target);
            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<(string Stream, CsvFormat Format)> FindImportAsync(IHub hub, string name, CancellationToken cancellationToken)
    {
        foreach (string stream in new[] { "people", "companies", "deals" })
        {
            if (await hub.FindCursorAsync(new(name, stream), cancellationToken) is { } cursor && CsvFormat.Find(cursor) is { } format) return (stream, format);
        }
        throw new UsageException($"Nothing was imported as '{name}'.", "'syncline runs' lists the imports.");
    }

    private static async IAsyncEnumerable<FieldSet> RowsAsync(IHub hub, string name, string stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Link link in hub.LinksOfConnectionAsync(name, stream, cancellationToken)) yield return link.Answered;
    }

    private static async IAsyncEnumerable<GoldenRecord> AllAsync(IHub hub, RecordKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = 0;
        while (await hub.ListAsync(kind, after, Chunk, cancellationToken) is { Count: > 0 } records)
        {
            foreach (GoldenRecord record in records) yield return record;
            after = records[^1].Id;
        }
    }
}
