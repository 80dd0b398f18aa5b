using System.Text;
using System.Text.Json;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using Syncline.Connectors.Csv;

namespace Syncline.Connectors.Tests.Csv;

/// <summary>A table of invented people under usual headings, and how it is written. Its first cells are never empty, and tell every encoding apart.</summary>
/// <param name="Rows">Without the headings; as many cells each.</param>
/// <param name="LineEnds">Those of the lines in turn, from the headings on.</param>
/// <param name="IsClosed">True when the last line ends with a line end.</param>
/// <param name="QuotesAll">True when cells are quoted that need it not.</param>
internal sealed record AnyTable(CsvWriting Writing, IReadOnlyList<string[]> Rows, IReadOnlyList<string> LineEnds, bool IsClosed, bool QuotesAll)
{
    private static readonly string[] AllHeadings = ["Full Name", "Notes", "Comma, here", "Say \"x\"", "Gr\u00f6\u00dfe"];

    private static readonly string[] Fragments = ["a", "Z9", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "\u00e9", "\u00fc\u00df", "x y", "'", "=1+1"];

    /// <summary>What windows-1252 has no place for.</summary>
    private static readonly string[] Wide = ["\ud83d\ude00", "\u6f22", "e\u0301", "\u2028"];

    private static readonly Arbitrary<AnyTable> Tables = Arb.From(Generator(), Smaller);

    public string[] Headings => AllHeadings[..Rows[0].Length];

    public IEnumerable<string[]> Lines => Rows.Prepend(Headings);

    /// <summary>Holds a property against random tables; a failure is shrunk, and names the table and the seed.</summary>
    public static void Always(Func<AnyTable, Task<bool>> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Tables, table => property(table).GetAwaiter().GetResult()));

    /// <summary>The same with a number of no meaning: where to cut, how much to read at a time.</summary>
    public static void Always(Func<AnyTable, int, Task<bool>> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Tables, Arb.From(Gen.Choose(0, 10_000)), (table, number) => property(table, number).GetAwaiter().GetResult()));

    /// <summary>The lines as text, each with its line end.</summary>
    public IReadOnlyList<string> Written() =>
        [.. Lines.Select((cells, i) => string.Join(Writing.Delimiter, cells.Select(Quoted)) + (i == Rows.Count && !IsClosed ? "" : LineEnds[i % LineEnds.Count]))];

    /// <summary>As CsvHelper writes it: one line end, no quotes that are not needed.</summary>
    public byte[] WrittenByCsvHelper()
    {
        using MemoryStream bytes = new();
        using (StreamWriter text = new(bytes, CsvFormat.FindEncoding(Writing.Encoding, Writing.HasMark)!, leaveOpen: true))
        using (CsvWriter writer = CsvWriter.Create(text, CsvWriterOptions.Default with { Separator = Writing.Delimiter }))
        {
            foreach (string[] line in Lines)
            {
                foreach (string cell in line) writer.WriteField(cell);
                writer.EndRecord();
            }
        }
        return bytes.ToArray();
    }

    public byte[] Bytes()
    {
        Encoding encoding = CsvFormat.FindEncoding(Writing.Encoding, Writing.HasMark)!;
        return [.. encoding.Preamble, .. encoding.GetBytes(string.Concat(Written()))];
    }

    public override string ToString() => $"{Writing}, {JsonSerializer.Serialize(Written())}";

    private string Quoted(string cell)
    {
        bool isNeeded = cell.AsSpan().IndexOfAny(['"', '\r', '\n', Writing.Delimiter]) >= 0;
        return isNeeded || QuotesAll ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    private static Gen<AnyTable> Generator() =>
        from writing in Gen.Elements<CsvWriting>([.. CsvWriting.All])
        from columns in Gen.Choose(2, AllHeadings.Length)
        from rows in Gen.NonEmptyListOf(Gen.ListOf(Cell(writing.Encoding), columns - 1))
        from ends in Gen.NonEmptyListOf(Gen.Elements("\n", "\r\n"))
        from isClosed in Gen.Elements(true, false)
        from quotesAll in Gen.Elements(false, true)
        select new AnyTable(writing, [.. rows.Select((cells, i) => (string[])[$"k{i}\u00e9", .. cells])], [.. ends], isClosed, quotesAll);

    private static Gen<string> Cell(string encoding) =>
        Gen.ListOf(Gen.Elements(encoding == "windows-1252" ? Fragments : [.. Fragments, .. Wide])).Select(parts => string.Concat(parts.Take(6)));

    private static IEnumerable<AnyTable> Smaller(AnyTable table)
    {
        if (table.Writing != CsvWriting.All[0]) yield return table with { Writing = CsvWriting.All[0] };
        if (table.LineEnds.Count > 1) yield return table with { LineEnds = ["\n"] };
        if (!table.IsClosed) yield return table with { IsClosed = true };
        if (table.QuotesAll) yield return table with { QuotesAll = false };
        if (table.Headings.Length > 2) yield return table with { Rows = [.. table.Rows.Select(r => r[..^1])] };
        for (int row = 0; row < table.Rows.Count && table.Rows.Count > 1; row++) yield return table with { Rows = [.. table.Rows.Where((_, i) => i != row)] };
        foreach ((int row, int column) in table.Rows.SelectMany((cells, row) => Enumerable.Range(1, cells.Length - 1).Select(column => (row, column))))
        {
            foreach (string shorter in Shorter(table.Rows[row][column])) yield return table.With(row, column, shorter);
        }
    }

    private AnyTable With(int row, int column, string cell) => this with { Rows = [.. Rows.Select((cells, i) => i == row ? (string[])[.. cells[..column], cell, .. cells[(column + 1)..]] : cells)] };

    /// <summary>Whole characters only: half of one can be written in no encoding.</summary>
    private static IEnumerable<string> Shorter(string cell)
    {
        if (cell.Length > 1) yield return "";
        Rune[] letters = [.. cell.EnumerateRunes()];
        for (int i = 0; i < letters.Length; i++) yield return string.Concat(letters.Where((_, at) => at != i));
    }
}

/// <summary>How a file is written, apart from its lines.</summary>
internal sealed record CsvWriting(char Delimiter, string Encoding, bool HasMark)
{
    public static IReadOnlyList<CsvWriting> All { get; } =
    [
        .. ",;\t|".SelectMany(delimiter => (CsvWriting[])
        [
            new(delimiter, "utf-8", false), new(delimiter, "utf-8", true), new(delimiter, "utf-16", true), new(delimiter, "utf-16be", true), new(delimiter, "windows-1252", false),
        ]),
    ];
}
