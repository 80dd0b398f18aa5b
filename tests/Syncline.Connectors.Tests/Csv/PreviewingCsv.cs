using Syncline.Connectors.Csv;

namespace Syncline.Connectors.Tests.Csv;

public sealed class PreviewingCsv
{
    [Fact]
    public async Task Each_column_is_told_with_its_field_its_first_values_and_how_many_rows_have_one()
    {
        using CsvScratch file = new("ID,Full Name,Email,Work Email,Shoe Size,Secret\n1,Ada,ada@example.com,,38,x\n2,Bob,none,bob@example.org,,x\n3,Cy,,,40,x\n4,Di,di@example.com,,,\n");
        CsvPreview preview = await PreviewAsync(file.Options with { Columns = new Dictionary<string, string> { ["Secret"] = "" } });
        Assert.Equal((4, 0, 0), (preview.Rows, preview.Empty, preview.Rejected));
        Assert.Equal(
            ["ID external_id 1/2/3 4 0", "Full Name full_name Ada/Bob/Cy 4 0", "Email email ada@example.com/none/di@example.com 3 1", "Work Email email bob@example.org 1 0", "Shoe Size shoe_size 38/40 2 0", "Secret  x/x/x 3 0"],
            preview.Columns.Select(c => $"{c.Column.Heading} {c.Column.Field} {string.Join('/', c.Samples)} {c.Filled} {c.NotUnderstood}"));
        Assert.Equal([false, false, false, false, true, false], preview.Columns.Select(c => c.Column.IsOwn));
        Assert.Equal("work_email", preview.Columns[3].Column.AlsoKeptAs);
    }

    [Fact]
    public async Task Rows_that_would_be_rejected_are_told_by_line_as_a_reading_tells_them()
    {
        using CsvScratch file = new("Full Name,Email\n" + string.Concat(Enumerable.Repeat("a,b,c\n", 25)) + ",\n\"Ada\nExample\",ada@example.com\n");
        CsvPreview preview = await PreviewAsync(file.Options with { PageSize = 10 });
        Assert.Equal((1, 1, 25), (preview.Rows, preview.Empty, preview.Rejected));
        Assert.Equal(Enumerable.Range(2, 20).Select(i => (long)i), preview.Rejections.Select(r => r.Line));
        Assert.Equal((await file.ReadAsync())[0].Rejections[0].Reason, preview.Rejections[0].Reason);
    }

    [Fact]
    public async Task What_a_row_says_of_another_record_is_counted_too()
    {
        using CsvScratch file = new("Deal Name,Company,Website,Contact Email\nBig,Acme,acme.example.com,ada@example.com\nSmall,,no domain,nobody\n");
        CsvPreview preview = await PreviewAsync(file.Options);
        Assert.Equal(["name 0", "company/name 0", "company/domain 1", "person/email 1"], preview.Columns.Select(c => $"{c.Column.Field} {c.NotUnderstood}"));
    }

    private static async Task<CsvPreview> PreviewAsync(CsvOptions options) =>
        await CsvPreview.OfAsync(await CsvSource.OpenAsync(options, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
}
