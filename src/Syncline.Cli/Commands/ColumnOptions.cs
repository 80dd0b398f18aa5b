using System.CommandLine;
using Syncline.Composition.Telling;
using Syncline.Connectors.Csv;

namespace Syncline.Cli.Commands;

/// <summary>What can be said about a CSV file that the file does not say itself: the options that all imports of files share.</summary>
internal sealed class ColumnOptions
{
    public Option<string[]> Map { get; } = new("--map") { Description = "COLUMN=field: what a column means; COLUMN= leaves it out. May be repeated.", HelpName = "COLUMN=field" };

    public Option<string?> Encoding { get; } = new("--encoding") { Description = "The file's encoding, such as windows-1252; told by its bytes when left out.", HelpName = "NAME" };

    public Option<string?> Delimiter { get; } = new("--delimiter") { Description = "What stands between cells: one character, or tab; decided by the first line when left out.", HelpName = "CHARACTER" };

    /// <exception cref="UsageException">No such character.</exception>
    public char? DelimiterIn(Session session) => session.Parsed.GetValue(Delimiter) is not { } text ? null
        : CsvDelimiter.Find(text) ?? throw new UsageException($"--delimiter '{text}' must be {CsvDelimiter.Allowed}.", "Write it as --delimiter \";\" or --delimiter tab.");

    /// <summary>Heading to field; an empty field leaves the column out.</summary>
    /// <exception cref="UsageException">A pair is none, or a column has two meanings.</exception>
    public Dictionary<string, string> Columns(Session session)
    {
        Dictionary<string, string> columns = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string column, string field) in (session.Parsed.GetValue(Map) ?? []).Select(Pair))
        {
            if (!columns.TryAdd(column, field)) throw new UsageException($"--map gives the column '{column}' two meanings.", "Leave one of them out.");
        }
        return columns;
    }

    private static (string Column, string Field) Pair(string text)
    {
        int equals = text.LastIndexOf('=');
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : throw new UsageException($"--map '{text}' is no pair.", "Write it as --map \"COLUMN=field\".");
    }
}
