using System.Text;

namespace Syncline.Connectors.Csv;

/// <summary>A row, or why there is none.</summary>
/// <param name="Line">The line it starts on, counted from 1.</param>
/// <param name="LastLine">The last line it takes up.</param>
internal readonly record struct CsvRow(long Line, long LastLine, IReadOnlyList<string> Cells)
{
    /// <summary>What is wrong with the row; null when its cells can be used.</summary>
    public string? Fault { get; init; }
}

/// <summary>Rows of RFC 4180 text, cells verbatim. A broken quote costs its own line and not the rest of the file.</summary>
/// <remarks>
/// Not CsvHelper's reader: it takes everything after a quote that is never closed for one record, to the end of the file, and passes over invalid bytes in silence
/// (version 34, tried with both). The tests hold this reader against what CsvHelper writes.
/// More lenient than the RFC in one thing: a quote inside an unquoted cell is an ordinary character.
/// </remarks>
internal sealed class CsvRows(CsvLines lines, char delimiter)
{
    /// <summary>How far a quoted cell may reach. Beyond it the quote counts as never closed.</summary>
    internal const int MostLines = 1000, MostCharacters = 1024 * 1024;

    /// <summary>True when the last line read ended with a line end.</summary>
    public bool EndsWithNewLine { get; private set; } = true;

    /// <summary>The next row, faulty ones included, blank lines not; null at the end.</summary>
    public async ValueTask<CsvRow?> NextAsync(CancellationToken cancellationToken)
    {
        while (await lines.NextAsync(cancellationToken) is { } line)
        {
            EndsWithNewLine = line.Text.EndsWith('\n');
            if (line.Text.AsSpan().TrimEnd("\r\n").Length == 0) continue;
            CellReader cells = new(delimiter);
            cells.Read(line.Text);
            return cells.State == CellState.InQuotes ? await ReadOnAsync(line, cells, cancellationToken) : ToRow(line, line.Number, cells);
        }
        return null;
    }

    private async ValueTask<CsvRow> ReadOnAsync(CsvLine first, CellReader cells, CancellationToken cancellationToken)
    {
        List<CsvLine> further = [];
        int length = first.Text.Length;
        while (cells.State == CellState.InQuotes && further.Count < MostLines && length < MostCharacters && await lines.NextAsync(cancellationToken) is { } next)
        {
            further.Add(next);
            length += next.Text.Length;
            cells.Read(next.Text);
        }
        if (cells.State == CellState.Between)
        {
            EndsWithNewLine = further[^1].Text.EndsWith('\n');
            return ToRow(first, further[^1].Number, cells);
        }
        lines.Return(further);
        string fault = cells.State == CellState.Broken ? "has a quote that is followed by something other than a delimiter" : "has a quote that is never closed";
        return new(first.Number, first.Number, []) { Fault = fault };
    }

    private static CsvRow ToRow(CsvLine line, long last, CellReader cells) => cells.State == CellState.Broken
        ? new(line.Number, last, []) { Fault = "has a quote that is followed by something other than a delimiter" }
        : new(line.Number, last, cells.Cells);

    private enum CellState
    {
        /// <summary>All that was read makes whole cells.</summary>
        Between,
        InQuotes,
        Broken,
    }

    /// <summary>Splits text into cells, line by line.</summary>
    private sealed class CellReader(char delimiter)
    {
        private readonly StringBuilder _quoted = new();

        public List<string> Cells { get; } = [];

        public CellState State { get; private set; }

        public void Read(string line)
        {
            int at = State == CellState.InQuotes ? ReadQuoted(line, 0) : ReadCell(line, 0);
            while (at >= 0) at = ReadCell(line, at);
        }

        /// <summary>Reads one cell; returns where the next one starts, or -1 when there is none on this line.</summary>
        private int ReadCell(string line, int at)
        {
            if (at < line.Length && line[at] == '"') return ReadQuoted(line, at + 1);
            int end = line.IndexOf(delimiter, at);
            if (end < 0)
            {
                Cells.Add(line[at..EndOf(line)]);
                return -1;
            }
            Cells.Add(line[at..end]);
            return end + 1;
        }

        private int ReadQuoted(string line, int at)
        {
            State = CellState.InQuotes;
            while (true)
            {
                int quote = line.IndexOf('"', at);
                _quoted.Append(line, at, (quote < 0 ? line.Length : quote) - at);
                if (quote < 0) return -1;
                at = quote + 1;
                if (at == line.Length || line[at] != '"') return Close(line, at);
                _quoted.Append('"');
                at++;
            }
        }

        private int Close(string line, int at)
        {
            Cells.Add(_quoted.ToString());
            _quoted.Clear();
            bool isLast = at == EndOf(line);
            State = isLast || line[at] == delimiter ? CellState.Between : CellState.Broken;
            return isLast || State == CellState.Broken ? -1 : at + 1;
        }

        private static int EndOf(string line) => line.AsSpan().TrimEnd('\n').Length is var end && end > 0 && end < line.Length && line[end - 1] == '\r' ? end - 1 : end;
    }
}
