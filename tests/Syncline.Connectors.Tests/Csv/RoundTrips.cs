using System.Text;
using Syncline.Connectors.Csv;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

/// <summary>What holds of every table, however it is written.</summary>
public sealed class RoundTrips
{
    [Fact]
    public void What_CsvHelper_writes_is_read_back_equal_without_being_told_how() => AnyTable.Always(table => IsReadBackAsync(table, table.WrittenByCsvHelper()));

    [Fact]
    public void Mixed_line_ends_needless_quotes_and_a_last_line_without_end_are_read_back_equal() => AnyTable.Always(table => IsReadBackAsync(table, table.Bytes()));

    [Fact]
    public void Export_import_export_is_equal_byte_for_byte() => AnyTable.Always(async table =>
    {
        using CsvScratch file = new(table.WrittenByCsvHelper());
        byte[] exported = await CsvScratch.RoundTripAsync(file.Options);
        using CsvScratch again = new(exported);
        byte[] exportedAgain = await CsvScratch.RoundTripAsync(again.Options);
        return exported.SequenceEqual(exportedAgain) && exported.SequenceEqual(file.Bytes);
    });

    [Fact]
    public void A_reading_in_blocks_of_any_size_is_the_same() => AnyTable.Always(async (table, size) =>
    {
        List<CsvRow> rows = await RowsAsync(table, string.Concat(table.Written()), blockSize: 4 + (size % 60));
        return rows.All(r => r.Fault is null) && Joined(rows.Select(r => r.Cells)) == Joined(table.Lines);
    });

    [Fact]
    public void A_file_that_was_cut_costs_the_row_in_which_it_was_and_none_before() => AnyTable.Always(async (table, number) =>
    {
        string text = string.Concat(table.Written());
        int cut = number % (text.Length + 1);
        if (cut < text.Length && char.IsLowSurrogate(text[cut])) cut--;
        List<CsvRow> rows = await RowsAsync(table, text[..cut], blockSize: 4096);
        int whole = WholeRows(table, cut);
        return Joined(rows.Take(whole).Select(r => r.Cells)) == Joined(table.Lines.Take(whole)) && (!IsInQuotes(text, cut) || rows[whole].Fault == "has a quote that is never closed");
    });

    [Fact]
    public void A_cut_file_is_told_by_the_line_of_its_last_row() => AnyTable.Always(async (table, number) =>
    {
        string[] lines = [.. table.Written()];
        int cut = lines[0].Length + (number % (lines.Sum(l => l.Length) - lines[0].Length));
        string text = string.Concat(lines)[..cut];
        using CsvScratch file = new(text);
        List<Page> pages = await file.ReadAsync();
        int whole = WholeRows(table, cut) - 1;
        string told = $"line {1 + lines.Take(whole + 1).Sum(l => l.Count(c => c == '\n'))}";
        return pages.SelectMany(p => p.Records).Take(whole).Select(r => r.Fields["Full Name"]!.Text).SequenceEqual(table.Rows.Take(whole).Select(r => r[0]))
            && (!IsInQuotes(text, cut) || pages.SelectMany(p => p.Rejections).First().Key.Id == told);
    });

    private static async Task<bool> IsReadBackAsync(AnyTable table, byte[] bytes)
    {
        using CsvScratch file = new(bytes);
        CsvSource source = await CsvSource.OpenAsync(file.Options, TestContext.Current.CancellationToken);
        IEnumerable<FieldSet> rows = (await file.ReadAsync(o => o with { PageSize = 3 })).SelectMany(p => p.Records).Select(r => r.Fields);
        return (source.Format.Delimiter, source.Format.HasBom) == (table.Writing.Delimiter, table.Writing.HasMark)
            && Joined(table.Rows) == Joined(rows.Select(r => table.Headings.Select(h => r[h]?.Text ?? "")));
    }

    private static async Task<List<CsvRow>> RowsAsync(AnyTable table, string text, int blockSize)
    {
        Encoding encoding = CsvFormat.FindEncoding(table.Writing.Encoding)!;
        CsvRows reading = new(new(new MemoryStream(encoding.GetBytes(text)), encoding, new("scratch", "f.csv"), blockSize), table.Writing.Delimiter);
        List<CsvRow> rows = [];
        while (await reading.NextAsync(TestContext.Current.CancellationToken) is { } row) rows.Add(row);
        return rows;
    }

    /// <summary>How many lines, the headings' among them, stand before the cut with their line ends.</summary>
    private static int WholeRows(AnyTable table, int cut)
    {
        int whole = 0, end = 0;
        foreach (string line in table.Written().TakeWhile(l => l.EndsWith('\n') && (end += l.Length) <= cut)) whole++;
        return whole;
    }

    /// <summary>Quotes stand in quoted cells alone, those of a cell's own twice.</summary>
    private static bool IsInQuotes(string text, int cut) => text[..cut].Count(c => c == '"') % 2 == 1;

    private static string Joined(IEnumerable<IEnumerable<string>> rows) => string.Join('\u001E', rows.Select(cells => string.Join('\u001F', cells)));
}
