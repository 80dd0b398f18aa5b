using System.Globalization;
using System.Text;
using Syncline.Connectors.Csv;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

public sealed class ReadingCsv
{
    private const string Two = "First Name,Last Name,Email\nJane,Doe,jane@example.com\nJohn,Roe,john@example.com\n";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16be", true)]
    public async Task Encodings_are_told_by_their_mark(string name, bool withMark)
    {
        using CsvScratch file = new("First Name,Last Name\nJos\u00e9,Mu\u00f1oz\n", CsvFormat.FindEncoding(name, withMark));
        Assert.Equal("Jos\u00e9", Assert.Single((await file.ReadAsync()).SelectMany(p => p.Records)).Fields["First Name"]!.Text);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_told_with_line_offset_and_remedy()
    {
        using CsvScratch file = new([.. "First Name,Last Name\nJane,Doe\nJos"u8, 0xE9, .. ",Roe\n"u8]);
        ProviderException error = await Assert.ThrowsAsync<ProviderException>(() => file.ReadAsync(o => o with { Encoding = "utf-8" }));
        Assert.Equal(Recovery.StopRun, error.Recovery);
        Assert.Contains("Line 3 ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("at byte offset 33.", error.Message, StringComparison.Ordinal);
        Assert.Contains("--encoding windows-1252", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_offset_is_right_wherever_the_bad_byte_meets_the_end_of_a_block()
    {
        for (int blockSize = 4; blockSize < 40; blockSize++)
        {
            byte[] text = [.. "First Name\n\u00e9\u00e9\n\ud83d\ude00"u8, 0xE2, 0x82, .. "x\n"u8];
            CsvLines lines = new(new MemoryStream(text), CsvFormat.FindEncoding("utf-8")!, new("scratch", "f.csv"), blockSize);
            ProviderException error = await Assert.ThrowsAsync<ProviderException>(async () =>
            {
                while (await lines.NextAsync(TestContext.Current.CancellationToken) is not null) continue;
            });
            Assert.Contains("Line 3 ", error.Message, StringComparison.Ordinal);
            Assert.Contains("offset 20.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_encoding_can_be_named()
    {
        using CsvScratch file = new([.. "First Name,Last Name\nJos"u8, 0xE9, .. ",Roe\n"u8]);
        Page page = Assert.Single(await file.ReadAsync(o => o with { Encoding = "windows-1252" }));
        Assert.Equal("Jos\u00e9", page.Records[0].Fields["First Name"]!.Text);
        Assert.Equal(file.Bytes, await CsvScratch.RoundTripAsync(file.Options with { Encoding = "windows-1252" }));
        Assert.Contains("'latin-99'", (await Assert.ThrowsAsync<ProviderException>(() => file.ReadAsync(o => o with { Encoding = "latin-99" }))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task Delimiters_are_guessed(char delimiter)
    {
        using CsvScratch file = new(Two.Replace(',', delimiter));
        Assert.Equal(["Doe", "Roe"], (await file.ReadAsync())[0].Records.Select(r => r.Fields["Last Name"]!.Text));
    }

    [Fact]
    public async Task Quoted_cells_hold_delimiters_quotes_and_line_ends()
    {
        using CsvScratch file = new("First Name,Last Name,Notes\r\nJane,\"Doe, Jr.\",\"says \"\"hi\"\"\r\nand goes\"\r\nJohn,Roe,\r\n");
        IReadOnlyList<RemoteRecord> records = (await file.ReadAsync())[0].Records;
        Assert.Equal("Doe, Jr.", records[0].Fields["Last Name"]!.Text);
        Assert.Equal("says \"hi\"\r\nand goes", records[0].Fields["Notes"]!.Text);
        Assert.Null(records[1].Fields["Notes"]);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("First Name,,Email\n", "Column 2")]
    [InlineData("Email,First Name,email\n", "Columns 1 and 3")]
    [InlineData("Jane,Doe,jane@example.com\nJohn,Roe,john@example.com\n", "Column 3 of the first line")]
    [InlineData("First \"Name,\"Email\nx,y\n", "quote that is never closed")]
    [InlineData("Shape,Weight\nround,3\n", "people, companies or deals")]
    [InlineData("F\0i\0", "zero bytes")]
    public async Task Headings_that_cannot_be_used_are_an_error(string text, string part)
    {
        using CsvScratch file = new(text);
        ProviderException error = await Assert.ThrowsAsync<ProviderException>(() => file.ReadAsync());
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("jane@example.com", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public async Task A_missing_file_is_an_error_with_its_path() =>
        Assert.Contains("nowhere.csv", (await Assert.ThrowsAsync<ProviderException>(() => CsvScratch.ReadAsync(new("scratch", "nowhere.csv")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_row_of_the_wrong_width_is_rejected_by_its_line_and_the_rest_is_read()
    {
        using CsvScratch file = new("First Name,Last Name\nJane,\"Doe\nDoe\"\nToo,many,cells\nfew\n\n,\nJohn,Roe\n");
        Page page = Assert.Single(await file.ReadAsync());
        Assert.Equal(["Jane", "John"], page.Records.Select(r => r.Fields["First Name"]!.Text));
        Assert.Equal(["line 4 csv-columns", "line 5 csv-columns", "line 7 csv-empty"], page.Rejections.Select(r => $"{r.Key.Id} {r.Code}"));
        Assert.Equal([false, false, true], page.Rejections.Select(r => r.IsSkip));
        Assert.Equal(5, page.Covered);
    }

    [Theory]
    [InlineData("\"Broken,Row\nJohn,Roe\n", "John")]
    [InlineData("\"Broken,Row\nJohn,\"Roe, Sr.\"\n", "John")]
    [InlineData("\"Broken\"x,Row\nJohn,Roe\n", "John")]
    [InlineData("Broken,\"Row\n\"John\",Roe\n", "John")]
    public async Task A_broken_quote_costs_its_own_line_only(string rows, string next)
    {
        using CsvScratch file = new("First Name,Last Name\n" + rows);
        Page page = Assert.Single(await file.ReadAsync());
        Assert.Equal("line 2 csv-quote", $"{page.Rejections.Single().Key.Id} {page.Rejections.Single().Code}");
        Assert.Equal(next, page.Records.Single().Fields["First Name"]!.Text);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_does_not_swallow_a_long_file()
    {
        StringBuilder text = new("First Name,Last Name\n\"Broken,Row\n");
        for (int i = 0; i < 3 * CsvRows.MostLines; i++) text.Append(CultureInfo.InvariantCulture, $"Jane{i},Doe\n");
        using CsvScratch file = new(text.ToString());
        List<Page> pages = await file.ReadAsync();
        Assert.Equal(3 * CsvRows.MostLines, pages.Sum(p => p.Records.Count));
        Assert.Single(pages.SelectMany(p => p.Rejections));
    }

    [Fact]
    public async Task A_company_is_handed_on_where_a_row_says_something_new_of_it_and_not_with_every_page()
    {
        using CsvScratch file = new("Full Name,Company Name,Company Domain\nA,Acme,\nB,Acme,\nC,ACME Inc.,\nD,Acme,acme.example.com\nE,Acme,acme.example.com\n");
        List<Page> pages = await file.ReadAsync(o => o with { PageSize = 1 });
        Assert.Equal([1, 0, 0, 1, 0], pages.Where(p => p.Covered > 0).Select(p => p.Records.Count(r => r.Kind == RecordKind.Company)));
        Assert.All(pages.SelectMany(p => p.Records).Where(r => r.Kind == RecordKind.Person), r => Assert.Equal(FieldValue.Reference("companies", "acme"), r.Fields[CsvHeader.CompanyReference]));
    }

    [Fact]
    public async Task Pages_follow_one_another_from_any_cursor()
    {
        using CsvScratch file = new("Full Name,Company Name,Company Domain\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"Jane {i},Acme,d{i}.example.com\n")));
        CsvOptions options = file.Options with { PageSize = 3 };
        List<Page> whole = await CsvScratch.ReadAsync(options);
        Assert.Equal([3, 3, 3, 1], whole.Select(p => p.Covered));
        Assert.Equal([false, false, false, true], whole.Select(p => p.CompletesSweep));
        for (int done = 0; done < 3; done++)
        {
            List<Page> rest = await CsvScratch.ReadAsync(options, whole[done].Next);
            Assert.Equal(whole[(done + 1)..].SelectMany(p => p.Records), rest.SelectMany(p => p.Records));
            Assert.Equal(whole[^1].Next, rest[^1].Next);
        }
        Assert.Equal(10, whole[^1].Records[0].Fields["Company Domain"]!.Items.Length);
    }

    [Fact]
    public async Task A_limit_leaves_the_cursor_where_the_reading_stopped()
    {
        using CsvScratch file = new(Two);
        Page first = Assert.Single(await file.ReadAsync(ask: r => r with { MaxRecords = 1 }));
        Assert.Equal("Jane", Assert.Single(first.Records).Fields["First Name"]!.Text);
        Assert.False(first.CompletesSweep);
        Assert.Equal("John", Assert.Single((await file.ReadAsync(after: first.Next)).SelectMany(p => p.Records)).Fields["First Name"]!.Text);
        Assert.Single(await file.ReadAsync(o => o with { PageSize = 1 }, ask: r => r with { MaxPages = 1 }));
    }

    [Fact]
    public async Task An_unchanged_file_is_known_and_a_changed_one_starts_over()
    {
        using CsvScratch file = new(Two);
        Cursor end = (await file.ReadAsync())[^1].Next;
        Page again = Assert.Single(await file.ReadAsync(after: end));
        Assert.Equal((0, 2, false, end), (again.Records.Count, again.Unchanged, again.CompletesSweep, again.Next));
        Assert.Equal(2, (await file.ReadAsync(after: end, ask: r => r with { IsFull = true }))[0].Records.Count);
        Assert.Equal(2, (await file.ReadAsync(o => o with { PhoneRegion = null }, end))[0].Records.Count);
        file.Write(Two.Replace("Jane", "Joan", StringComparison.Ordinal));
        Assert.Equal("Joan", (await file.ReadAsync(after: end))[0].Records[0].Fields["First Name"]!.Text);
    }
}
