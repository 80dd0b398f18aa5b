using System.CommandLine;
using System.Runtime.CompilerServices;
using Syncline.Cli.Configuration;
using Syncline.Cli.Output;
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
            "syncline export --as-imported crm-export --out contacts.csv");
        foreach (Option option in new Option[] { kind, format, imported, output }) command.Options.Add(option);
        host.On(command, async (session, cancellationToken) =>
        {
            IHub hub = session.Workspace.Looking.Hub;
            await using Stream target = session.Parsed.GetValue(output) is { } file
                ? File.Create(Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, file)))
                : new WriterStream(session.Terminal.Out);
            if (session.Parsed.GetValue(imported) is { } name) await WriteImportedAsync(hub, name, target, cancellationToken);
            else if (session.IsJson || session.Parsed.GetValue(format) == "jsonl") await CsvExport.WriteJsonLinesAsync(target, AllAsync(hub, new(session.Parsed.GetValue(kind)!), cancellationToken), cancellationToken);
            else await CsvExport.WriteGoldenAsync(target, AllAsync(hub, new(session.Parsed.GetValue(kind)!), cancellationToken), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteImportedAsync(IHub hub, string name, Stream target, CancellationToken cancellationToken)
    {
        foreach (string stream in new[] { "people", "companies" })
        {
            if (await hub.FindCursorAsync(new(name, stream), cancellationToken) is not { } cursor) continue;
            await CsvExport.WriteRowsAsync(target, CsvFormat.Of(cursor), RowsAsync(hub, name, stream, cancellationToken), cancellationToken);
            return;
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
