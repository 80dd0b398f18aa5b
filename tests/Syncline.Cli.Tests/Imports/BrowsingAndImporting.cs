using Syncline.Cli.Tests.Invented;
using Syncline.Composition.Imports;
using Syncline.Records;

namespace Syncline.Cli.Tests.Imports;

public sealed class BrowsingAndImporting : IDisposable
{
    private readonly InventedBrowser _browser = new();
    private readonly Rehearsal _here;

    public BrowsingAndImporting()
    {
        _here = new() { Left = new("lefty") { Browser = _browser } };
        for (int i = 1; i <= 5; i++) _browser.Set($"id-{i}", $"Example {i}", ("description", FieldValue.Of("Software")));
    }

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Places_are_listed()
    {
        Assert.Equal(0, await _here.RunAsync("browse", "--connection", "left"));
        Assert.All((string[])["companies", "people", "prospects"], place => Assert.Contains(place, _here.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_says_where_the_next_begins()
    {
        Assert.Equal(0, await _here.RunAsync("browse", "companies", "--connection", "left", "--limit", "2", "--offset", "2", "--json"));
        Assert.Equal(["id-3", "id-4"], _here.Json["rows"]!.AsArray().Select(r => (string)r!["id"]!));
        Assert.Equal(4, (int)_here.Json["next"]!);
        Assert.Null(_here.Json["rows"]![0]!["imported"]);
        Assert.Equal(0, await _here.RunAsync("browse", "companies", "--connection", "left", "--limit", "2", "--offset", "4"));
        Assert.Contains("Example 5", _here.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("There are more", _here.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("browse", "companies")]
    [InlineData("browse", "companies", "--connection", "right")]
    [InlineData("browse", "companies", "--connection", "left", "--filter", "nonsense")]
    public async Task What_cannot_be_meant_is_exit_code_2(params string[] arguments) => Assert.Equal(2, await _here.RunAsync(arguments));

    [GitFact]
    public async Task Imported_records_are_marked_and_committed()
    {
        await InitAsync();
        Assert.Equal(0, await _here.RunAsync("import", "attio", "companies", "id-1", "id-2", "--connection", "left", "--author", "Ada Example <ada@example.com>", "--json"));
        Assert.Equal(["added", "added"], _here.Json["files"]!.AsArray().Select(f => (string)f!["action"]!));
        Assert.Equal(40, ((string)_here.Json["commit"]!).Length);
        Assert.True(File.Exists(_here.PathOf("attio/company/example-1.json")));
        Assert.Equal(0, await _here.RunAsync("browse", "companies", "--connection", "left", "--json"));
        Assert.Equal("attio/company/example-1.json", (string)_here.Json["rows"]![0]!["imported"]!);
        Assert.Null(_here.Json["rows"]![2]!["imported"]);
    }

    [GitFact]
    public async Task A_search_takes_as_many_as_it_may_over_pages()
    {
        await InitAsync();
        Assert.Equal(0, await _here.RunAsync("import", "attio", "companies", "--search", "example", "--limit", "3", "--connection", "left"));
        Assert.Equal(3, Directory.EnumerateFiles(_here.PathOf("attio/company")).Count());
    }

    [GitFact]
    public async Task An_update_shows_its_changes_and_a_missing_record_is_exit_code_3()
    {
        await InitAsync();
        await _here.RunAsync("import", "attio", "companies", "id-1", "--connection", "left");
        _browser.Set("id-1", "Example 1", ("description", FieldValue.Of("Printers")));
        Assert.Equal(3, await _here.RunAsync("import", "attio", "companies", "id-1", "id-9", "--connection", "left"));
        Assert.Contains("\"Software\" → \"Printers\"", _here.Out, StringComparison.Ordinal);
        Assert.Contains("id-9", _here.Error, StringComparison.Ordinal);
    }

    [GitFact]
    public async Task The_past_of_a_record_is_shown_by_its_id_or_its_file()
    {
        await InitAsync();
        await _here.RunAsync("import", "attio", "companies", "id-1", "--connection", "left");
        _browser.Set("id-1", "Example 1", ("description", FieldValue.Of("Printers")));
        await _here.RunAsync("import", "attio", "companies", "id-1", "--connection", "left");
        Assert.Equal(0, await _here.RunAsync("browse", "--past", "id-1", "--connection", "left"));
        Assert.Contains("\"Software\" → \"Printers\"", _here.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _here.RunAsync("browse", "--past", "attio/company/example-1.json", "--json"));
        Assert.Equal(("Import 1 company from attio", "Printers"), ((string)_here.Json[0]!["subject"]!, (string)_here.Json[0]!["changes"]![0]!["after"]!));
        Assert.Equal(2, await _here.RunAsync("browse", "--past", "id-2", "--connection", "left"));
        Assert.Equal(2, await _here.RunAsync("browse", "--past", "../secret.json"));
    }

    [GitFact]
    public async Task Without_a_repository_it_says_what_to_do()
    {
        Assert.Equal(1, await _here.RunAsync("import", "attio", "companies", "id-1", "--connection", "left"));
        Assert.Contains("git init", _here.Error, StringComparison.Ordinal);
        Assert.Equal(0, _browser.Readings);
    }

    [GitFact]
    public async Task Records_are_named_by_ids_or_by_a_search_never_by_both_or_neither()
    {
        await InitAsync();
        Assert.Equal(2, await _here.RunAsync("import", "attio", "companies", "--connection", "left"));
        Assert.Equal(2, await _here.RunAsync("import", "attio", "companies", "id-1", "--search", "x", "--connection", "left"));
        Assert.Equal(2, await _here.RunAsync("import", "attio", "companies", "id-1", "--author", "Ada", "--connection", "left"));
    }

    private async Task InitAsync() => Assert.True((await new GitCommand(_here.Folder).RunAsync(["init", "--quiet"], CancellationToken.None)).IsSuccess);
}
