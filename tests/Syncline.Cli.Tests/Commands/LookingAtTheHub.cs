using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class LookingAtTheHub : IDisposable
{
    private readonly Rehearsal _here = new();

    public LookingAtTheHub() => _here.Left.With("a", "ada@example.com", "Engineer").With("b", "bob@example.com");

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("ADA@Example.com")]
    [InlineData("person/1")]
    [InlineData("1")]
    public async Task A_record_is_found_by_any_of_its_names(string name)
    {
        await _here.RunAsync("run");
        Assert.Equal(0, await _here.RunAsync("show", name, "--json"));
        Assert.Equal("person/1", (string?)_here.Json["record"]);
        Assert.Equal("Engineer", (string?)_here.Json["fields"]!["job_title"]);
        Assert.Equal(["left", "right"], _here.Json["links"]!.AsArray().Select(l => (string?)l!["connection"]).Order());
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_a_usage_error()
    {
        await _here.RunAsync("run");
        Assert.Equal(2, await _here.RunAsync("show", "nobody@example.com"));
        Assert.Equal(2, await _here.RunAsync("show", "person/999"));
        Assert.Equal(2, await _here.RunAsync("show", "company/1"));
    }

    [Fact]
    public async Task Why_names_the_source_and_the_write()
    {
        await _here.RunAsync("run");
        Assert.Equal(0, await _here.RunAsync("why", "ada@example.com", "job_title", "--json"));
        Assert.Equal("left/people/a", (string?)_here.Json["changes"]![0]!["source"]);
        Assert.Equal("title", (string?)_here.Json["writes"]![0]!["remoteField"]);
        Assert.Equal(2, await _here.RunAsync("why", "ada@example.com", "job_titel"));
        Assert.Contains("Did you mean 'job_title'?", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_needs_no_configuration()
    {
        await _here.RunAsync("run");
        File.Delete(_here.PathOf("syncline.yaml"));
        Assert.Equal(0, await _here.RunAsync("why", "ada@example.com", "job_title", "--json"));
        Assert.Equal("left/people/a", (string?)_here.Json["changes"]![0]!["source"]);
    }

    [Fact]
    public async Task Status_stands_before_and_after_the_first_run()
    {
        Assert.Equal(0, await _here.RunAsync("status", "--json"));
        Assert.Null(_here.Json["syncs"]![0]!["lastRun"]);
        Assert.False(Directory.Exists(_here.PathOf(".syncline")));
        await _here.RunAsync("run");
        await _here.RunAsync("status", "--json");
        Assert.Equal("done", (string?)_here.Json["syncs"]![0]!["lastRun"]!["state"]);
        Assert.Equal(2, (long?)_here.Json["hub"]!["person"]);
    }

    [Fact]
    public async Task A_file_is_imported_looked_at_and_exported_without_a_configuration()
    {
        File.Delete(_here.PathOf("syncline.yaml"));
        await File.WriteAllTextAsync(_here.PathOf("people.csv"), "Full Name,Email\nAda Example,ada@example.com\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await _here.RunAsync("import", "people.csv"));
        Assert.Equal(0, await _here.RunAsync("status", "--json"));
        Assert.Equal(1, (long?)_here.Json["hub"]!["person"]);
        Assert.Equal(0, await _here.RunAsync("show", "ada@example.com"));
        Assert.Equal(0, await _here.RunAsync("export", "--as-imported", "people"));
    }

    [Fact]
    public async Task Looking_before_anything_ran_says_so()
    {
        Assert.Equal(1, await _here.RunAsync("runs"));
        Assert.DoesNotContain("   at ", _here.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_here.PathOf(".syncline/hub.db")));
    }

    [Fact]
    public async Task Export_writes_csv_and_json_lines()
    {
        await _here.RunAsync("run");
        Assert.Equal(0, await _here.RunAsync("export"));
        Assert.StartsWith("id,kind,email,full_name,job_title\n1,person,ada@example.com,Person a,Engineer\n", _here.Out, StringComparison.Ordinal);
        await _here.RunAsync("export", "--format", "jsonl", "--out", "people.jsonl");
        Assert.Equal(2, (await File.ReadAllLinesAsync(_here.PathOf("people.jsonl"))).Length);
    }

    [Fact]
    public async Task An_import_is_matched_rejections_are_told_by_line_and_the_file_comes_back_as_it_was()
    {
        await _here.RunAsync("run");
        const string file = "Record ID,First Name,Email,Job Title\n7,Ada,ada@example.com,Engineer\n8,Zoë,zoe@example.org,\n";
        _here.Write("contacts.csv", file);
        Assert.Equal(0, await _here.RunAsync("import", "contacts.csv", "--as", "crm", "--json"));
        Assert.Equal(2, (long?)_here.Json["seen"]);
        await _here.RunAsync("show", "ada@example.com", "--json");
        Assert.Equal("person/1", (string?)_here.Json["record"]);
        Assert.Equal(0, await _here.RunAsync("export", "--as-imported", "crm"));
        Assert.Equal(file, _here.Out);
        _here.Write("broken.csv", "First Name,Email\nBob,bob@example.com\n\"Eve,eve@example.com\n");
        Assert.Equal(3, await _here.RunAsync("import", "broken.csv", "--kind", "person"));
        Assert.Contains("ine 3", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_of_a_missing_file_is_a_usage_error()
    {
        Assert.Equal(2, await _here.RunAsync("import", "nowhere.csv"));
        Assert.Contains("nowhere.csv", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_means_what_map_says()
    {
        _here.Write("leads.csv", "Who,Mail\nAda Example,ada@example.com\n");
        Assert.Equal(0, await _here.RunAsync("import", "leads.csv", "--kind", "person", "--map", "Who=full_name", "--map", "Mail=email"));
        await _here.RunAsync("show", "ada@example.com", "--json");
        Assert.Equal("Ada Example", (string?)_here.Json["fields"]!["full_name"]);
        Assert.Equal(2, await _here.RunAsync("import", "leads.csv", "--map", "nothing"));
    }
}
