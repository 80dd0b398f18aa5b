using System.Text;
using CsvHelper;
using Syncline.Connectors.Csv;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

/// <summary>Random tables, each under a seed that a failure names.</summary>
public sealed class RoundTrips
{
    private static readonly string[] Fragments = ["a", "Z9", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", " ", "\u00e9", "\u00fc\u00df", "x y", "", "'", "=1+1"];

    /// <summary>What windows-1252 has no place for.</summary>
    private static readonly string[] Wide = ["\ud83d\ude00", "\u6f22", "e\u0301", "\u2028"];

    public static TheoryData<char, string, bool> Formats
    {
        get
        {
            TheoryData<char, string, bool> formats = [];
            foreach (char delimiter in ",;\t|")
            {
                formats.Add(delimiter, "utf-8", false);
                formats.Add(delimiter, "utf-8", true);
                formats.Add(delimiter, "utf-16", true);
                formats.Add(delimiter, "utf-16be", true);
                formats.Add(delimiter, "windows-1252", false);
            }
            return formats;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_CsvHelper_writes_is_read_back_equal_without_being_told_how(char delimiter, string encoding, bool withMark)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            List<string[]> table = Table(new(seed), encoding != "windows-1252");
            using CsvScratch file = new(Written(table, delimiter, encoding, withMark));
            CsvSource source = await CsvSource.OpenAsync(file.Options, TestContext.Current.CancellationToken);
            Assert.Equal((delimiter, withMark), (source.Format.Delimiter, source.Format.HasBom));
            IEnumerable<FieldSet> rows = (await file.ReadAsync(o => o with { PageSize = 3 })).SelectMany(p => p.Records).Select(r => r.Fields);
            Assert.True(table.Skip(1).Select(Joined).SequenceEqual(rows.Select(r => Joined(table[0].Select(h => r[h]?.Text ?? "")))), $"Seed {seed}.");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Export_import_export_is_equal_byte_for_byte(char delimiter, string encoding, bool withMark)
    {
        for (int seed = 100; seed < 130; seed++)
        {
            using CsvScratch file = new(Written(Table(new(seed), encoding != "windows-1252"), delimiter, encoding, withMark));
            byte[] exported = await CsvScratch.RoundTripAsync(file.Options);
            using CsvScratch again = new(exported);
            byte[] exportedAgain = await CsvScratch.RoundTripAsync(again.Options);
            Assert.True(exported.SequenceEqual(exportedAgain), $"Seed {seed}.");
            Assert.True(exported.SequenceEqual(file.Bytes), $"Seed {seed} differs from what CsvHelper wrote.");
        }
    }

    private static List<string[]> Table(Random random, bool isWide)
    {
        string[] fragments = isWide ? [.. Fragments, .. Wide] : Fragments;
        int columns = random.Next(2, 6);
        // The first cell says which encoding it is, even in a table that has no other letter beyond ASCII.
        IEnumerable<string[]> rows = Enumerable.Range(0, random.Next(1, 12)).Select(row => Enumerable.Range(0, columns)
            .Select(column => column == 0 ? $"k{row}\u00e9" : string.Concat(random.GetItems(fragments, random.Next(0, 6)))).ToArray());
        return [[.. new[] { "Full Name", "Notes", "Comma, here", "Say \"x\"", "Gr\u00f6\u00dfe" }.Take(columns)], .. rows];
    }

    private static byte[] Written(List<string[]> table, char delimiter, string encoding, bool withMark)
    {
        using MemoryStream bytes = new();
        using (StreamWriter text = new(bytes, CsvFormat.FindEncoding(encoding, withMark)!, leaveOpen: true))
        using (CsvWriter writer = CsvWriter.Create(text, CsvWriterOptions.Default with { Separator = delimiter }))
        {
            foreach (string[] row in table)
            {
                foreach (string cell in row) writer.WriteField(cell);
                writer.EndRecord();
            }
        }
        return bytes.ToArray();
    }

    private static string Joined(IEnumerable<string> cells) => string.Join('\u001F', cells);
}
