using System.Text;
using Syncline.EndToEnd.InProcess;

namespace Syncline.EndToEnd.RealInput;

public sealed class FilesWithMistakes
{
    private const string Header = "First Name,Last Name,Email,Phone Number\n";

    [Fact]
    public async Task Rows_that_cannot_be_read_are_reported_by_line_and_the_others_are_written()
    {
        await using Stage stage = await Stage.SetAsync();
        stage.Write("people.csv", Header + "Ada,Example,ada@example.com,\nBob,Example,bob@example.com\n\nCy,\"Exam\"ple,cy@example.com,\nDi,Example,di@example.com,202-555-0143\n");
        Ended imported = await stage.RunAsync("import", "people.csv");
        Assert.Equal(3, imported.Code);
        Assert.Contains("Line 3 has 3 columns", imported.Error, StringComparison.Ordinal);
        Assert.Contains("Line 5 ", imported.Error, StringComparison.Ordinal);
        await stage.DoAsync("run", "everything");
        Assert.Equal(["ada@example.com", "di@example.com"], stage.Attio.Records("people").SelectMany(p => p.Texts("email_addresses")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mended_file_leaves_no_failure_behind()
    {
        await using Stage stage = await Stage.SetAsync();
        stage.Write("people.csv", Header + "Ada,Example,ada@example.com\n");
        Assert.Equal(3, (await stage.RunAsync("import", "people.csv")).Code);
        stage.Write("people.csv", Header + "Ada,Example,ada@example.com,\n");
        await stage.DoAsync("import", "people.csv");
        Assert.Empty((await stage.DoAsync("failures", "--json")).Json.AsArray());
    }

    [Fact]
    public async Task Another_encoding_is_told_by_its_bytes_and_a_wrong_one_is_a_clear_error()
    {
        await using Stage stage = await Stage.SetAsync();
        await File.WriteAllBytesAsync(stage.PathOf("people.csv"), Encoding.Latin1.GetBytes(Header + "Zoë,Müller,zoe@example.com,\n"), TestContext.Current.CancellationToken);
        Ended refused = await stage.RunAsync("import", "people.csv", "--encoding", "utf-8");
        Assert.NotEqual(0, refused.Code);
        Assert.Contains("no utf-8", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--encoding", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        await stage.DoAsync("import", "people.csv");
        await stage.DoAsync("run", "everything");
        Assert.Equal("Zoë Müller", Assert.Single(stage.Attio.Records("people")).Text("name"));
    }
}
