using System.Text;
using CsvHelper;
using Syncline.Connectors.Csv;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

public sealed class ExportingCsv
{
    private static readonly GoldenRecord[] Golden =
    [
        new(1, RecordKind.Person, FieldSet.Of(("full_name", FieldValue.Of("Doe, Jane")), ("email", FieldValue.List([FieldValue.Of("a@example.com"), FieldValue.Of("b@example.com")])))),
        new(2, RecordKind.Company, FieldSet.Of(("name", FieldValue.Of("Acme \u00e9")), ("employees", FieldValue.Of(7m)))),
    ];

    [Theory]
    [InlineData("First Name,Last Name,Notes\r\nJane,\"Doe, Jr.\",\"a \"\"b\"\"\"\r\nJohn, Roe ,\r\n")]
    [InlineData("First Name;Last Name\nJane;Doe,Jr\nJane;Doe,Jr")]
    [InlineData("\ufeffFirst Name,Last Name\nJos\u00e9,\"two\nlines\"\n")]
    [InlineData("First Name,Company\nJane,\nJohn,Acme\n")]
    [InlineData("First Name,Email\n")]
    public async Task An_unchanged_file_comes_back_byte_for_byte(string text)
    {
        using CsvScratch file = new(text);
        Assert.Equal(Encoding.UTF8.GetString(file.Bytes), Encoding.UTF8.GetString(await CsvScratch.RoundTripAsync(file.Options)));
    }

    [Fact]
    public async Task Golden_records_are_written_with_all_their_fields_as_columns()
    {
        using MemoryStream target = new();
        await CsvExport.WriteGoldenAsync(target, Golden.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        Assert.Equal("id,kind,email,employees,full_name,name\n1,person,a@example.com; b@example.com,,\"Doe, Jane\",\n2,company,,7,,Acme \u00e9\n", Encoding.UTF8.GetString(target.ToArray()));
    }

    [Fact]
    public async Task Golden_records_are_written_as_json_lines()
    {
        using MemoryStream target = new();
        await CsvExport.WriteJsonLinesAsync(target, Golden.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        Assert.Equal(
            "{\"id\":1,\"kind\":\"person\",\"fields\":{\"email\":[\"a@example.com\",\"b@example.com\"],\"full_name\":\"Doe, Jane\"}}\n"
            + "{\"id\":2,\"kind\":\"company\",\"fields\":{\"employees\":7,\"name\":\"Acme \u00e9\"}}\n",
            Encoding.UTF8.GetString(target.ToArray()));
    }

    [Fact]
    public async Task What_CsvHelper_writes_is_read_as_it_was_meant()
    {
        Random random = new(20260101);
        string[] fragments = ["a", "\"", ",", "\n", "\r\n", " ", "\u00e9", ";", "x y", ""];
        for (int round = 0; round < 300; round++)
        {
            List<string[]> rows = [["c1", "c2", "c3"], .. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 3).Select(i => (i == 0 ? "k" : "") + string.Concat(random.GetItems(fragments, 4))).ToArray())];
            string text = Written(rows);
            Assert.Equal(rows, await ReadAsync(text));
        }
    }

    private static string Written(List<string[]> rows)
    {
        using StringWriter text = new();
        using (CsvWriter writer = CsvWriter.Create(text, CsvWriterOptions.Default, leaveOpen: true))
        {
            foreach (string[] row in rows)
            {
                foreach (string cell in row) writer.WriteField(cell);
                writer.EndRecord();
            }
        }
        return text.ToString();
    }

    private static async Task<List<string[]>> ReadAsync(string text)
    {
        CsvLines lines = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), CsvFormat.FindEncoding("utf-8")!, new("scratch", "f.csv"), blockSize: 16);
        CsvRows rows = new(lines, ',');
        List<string[]> read = [];
        while (await rows.NextAsync(TestContext.Current.CancellationToken) is { } row) read.Add([.. row.Cells]);
        return read;
    }
}
