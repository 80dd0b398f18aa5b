using System.Globalization;
using Syncline.Imports;

namespace Syncline.Composition.Imports;

/// <summary>A commit's message: how many of what in the first line, then file by file.</summary>
internal static class ImportMessage
{
    // The message is an argument, and Windows takes 32,767 characters of them.
    private const int MostLines = 50, LongestName = 80;

    public static string Of(string source, IReadOnlyList<ImportedFile> files)
    {
        IEnumerable<string> lines = files.Take(MostLines).Select(Line);
        if (files.Count > MostLines) lines = lines.Append(string.Create(CultureInfo.InvariantCulture, $"and {files.Count - MostLines} more"));
        return $"Import {Counted(files)} from {source}\n\n{string.Join('\n', lines)}\n";
    }

    private static string Counted(IReadOnlyList<ImportedFile> files) =>
        string.Join(", ", files.GroupBy(f => f.Record.Type, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {Word(g.Key, g.Count())}")));

    private static string Word(string type, int count) => (type, count) switch
    {
        ("company", > 1) => "companies",
        ("person", > 1) => "people",
        ("list_entry", > 1) => "list entries",
        ("list_entry", _) => "list entry",
        _ => type,
    };

    private static string Line(ImportedFile file)
    {
        string done = file.Action switch
        {
            ImportAction.Added => "add",
            ImportAction.Updated => $"update {string.Join(", ", file.Changes.Select(c => c.Field).Take(8))} of",
            _ => "commit",
        };
        return $"{done} {file.File} ({OneLine(file.Record.Name)})";
    }

    private static string OneLine(string name)
    {
        string line = new([.. name.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);
        return line.Length <= LongestName ? line : line[..LongestName];
    }
}
