namespace Syncline.Connectors.Csv;

/// <summary>The notes that LinkedIn writes before the headings of a member's connections.</summary>
internal static class CsvPreamble
{
    /// <summary>Lines that are looked through for the headings.</summary>
    private const int MostLines = 20;

    /// <summary>Reads past the notes and returns them verbatim; a file that has none is left as it was, and null is returned.</summary>
    public static async Task<string?> SkipAsync(CsvLines lines, CancellationToken cancellationToken)
    {
        List<CsvLine> read = [];
        while (read.Count < MostLines && await lines.NextAsync(cancellationToken) is { } line)
        {
            read.Add(line);
            if (read.Count == 1 && !IsNotes(line.Text)) break;
            if (!IsHeadings(line.Text)) continue;
            lines.Return([line]);
            return string.Concat(read.SkipLast(1).Select(l => l.Text));
        }
        lines.Return(read);
        return null;
    }

    private static bool IsNotes(string line) => line.AsSpan().Trim("\r\n\t \",;").Equals("Notes:", StringComparison.OrdinalIgnoreCase);

    private static bool IsHeadings(string line)
    {
        string key = CsvHeadings.Key(line);
        return key.StartsWith("firstname", StringComparison.Ordinal) && key.EndsWith("connectedon", StringComparison.Ordinal);
    }
}
