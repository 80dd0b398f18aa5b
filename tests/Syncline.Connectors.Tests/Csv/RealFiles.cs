using Syncline.Connectors.Csv;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

/// <summary>Public files of office holders and listed companies, where they lie beside the repository.</summary>
public sealed class RealFiles
{
    [Fact]
    public async Task Office_holders_are_537_people_of_two_companies()
    {
        CsvOptions options = Find("officials.csv");
        List<(RecordKey Key, FieldSet Fields)> records = await CsvScratch.MappedAsync(options);
        List<(RecordKey Key, FieldSet Fields)> people = [.. records.Where(r => r.Key.Stream == "people")];
        Assert.Equal(537, people.Select(p => p.Key).Distinct().Count());
        Assert.Equal(537, people.Count);
        Assert.Equal(["united states house of representatives", "united states senate"], records.Where(r => r.Key.Stream == "companies").Select(r => r.Key.Id).Distinct().Order());
        // Handed on with each page that knows more of it: the last one knows all.
        Assert.Equal(100, records.Last(r => r.Key.Id == "united states senate").Fields["domain"]!.Items.Length);
        Assert.Equal(536, people.Count(p => p.Fields["phone"] is not null));
        Assert.All(people, p => Assert.Equal(FieldType.Date, p.Fields["birth_date"]?.Type));
        Assert.All(people, p => Assert.StartsWith("officials:", p.Fields["external_id"]!.Text, StringComparison.Ordinal));
        Assert.Equal(537, people.Select(p => p.Fields["external_id"]).Distinct().Count());
    }

    [Fact]
    public async Task Listed_companies_are_503_rows_of_500_companies()
    {
        CsvOptions options = Find("companies-sp500.csv");
        List<(RecordKey Key, FieldSet Fields)> rows = await CsvScratch.MappedAsync(options);
        Assert.Equal(503, rows.Select(r => r.Key).Distinct().Count());
        Assert.Equal(500, rows.Select(r => ExternalId.Normalise(r.Fields["external_id"]!.Text)).Distinct().Count());
        Assert.All(rows, r => Assert.NotNull(r.Fields["name"]));
    }

    [Theory]
    [InlineData("officials.csv")]
    [InlineData("companies-sp500.csv")]
    public async Task They_come_back_byte_for_byte(string name)
    {
        CsvOptions options = Find(name);
        Assert.Equal(await File.ReadAllBytesAsync(options.Path, TestContext.Current.CancellationToken), await CsvScratch.RoundTripAsync(options));
    }

    private static CsvOptions Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", name);
            if (File.Exists(path)) return new(Path.GetFileNameWithoutExtension(name), path);
        }
        Assert.Skip($"shared/data/{name} is not beside the repository; it holds public data that is not part of it.");
        throw new InvalidOperationException();
    }
}
