using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class ExportingFiles : IDisposable
{
    private readonly Rehearsal _here = new();

    public ExportingFiles() => _here.Left.With("a", "ada@example.com", "Engineer");

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task An_export_that_fails_leaves_the_file_that_was_there()
    {
        await _here.RunAsync("run");
        _here.Write("contacts.csv", "precious");
        Assert.Equal(2, await _here.RunAsync("export", "--as-imported", "nothing", "--out", "contacts.csv"));
        Assert.Equal("precious", await File.ReadAllTextAsync(_here.PathOf("contacts.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_export_that_succeeds_replaces_the_file_that_was_there()
    {
        await _here.RunAsync("run");
        _here.Write("people.csv", new string('x', 10_000));
        Assert.Equal(0, await _here.RunAsync("export", "--out", "people.csv"));
        Assert.Equal("id,kind,email,full_name,job_title\n1,person,ada@example.com,Person a,Engineer\n", await File.ReadAllTextAsync(_here.PathOf("people.csv"), TestContext.Current.CancellationToken));
        Assert.Equal([".syncline", "people.csv", "syncline.yaml"], Directory.EnumerateFileSystemEntries(_here.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_read_from_a_provider_is_no_import_and_said_so()
    {
        await _here.RunAsync("run");
        Assert.Equal(2, await _here.RunAsync("export", "--as-imported", "left"));
        Assert.Contains("'left'", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_as_they_were_imported_are_no_json_lines()
    {
        _here.Write("people.csv", "Full Name,Email\nAda Example,ada@example.com\n");
        await _here.RunAsync("import", "people.csv");
        Assert.Equal(2, await _here.RunAsync("export", "--as-imported", "people", "--format", "jsonl"));
        Assert.Equal(2, await _here.RunAsync("export", "--as-imported", "people", "--json"));
    }
}
