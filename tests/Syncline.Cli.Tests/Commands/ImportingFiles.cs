using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class ImportingFiles : IDisposable
{
    private readonly Rehearsal _here = new();

    public ImportingFiles() => _here.Write("people.csv", "Full Name,Email\nAda Example,ada@example.com\n");

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task A_column_that_is_mapped_twice_is_a_usage_error()
    {
        Assert.Equal(2, await _here.RunAsync("import", "people.csv", "--map", "Email=email", "--map", "Email=notes"));
        Assert.Contains("'Email'", _here.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("syncline")]
    [InlineData("left")]
    [InlineData("across")]
    [InlineData(" ")]
    public async Task A_name_that_stands_for_something_else_is_refused(string name)
    {
        Assert.Equal(2, await _here.RunAsync("import", "people.csv", "--as", name));
        Assert.Contains("--as", _here.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_here.PathOf(".syncline/hub.db")));
    }

    [Theory]
    [InlineData("--key", "Nothing")]
    [InlineData("--encoding", "klingon")]
    [InlineData("--map", "Emial=email")]
    public async Task An_option_that_does_not_fit_the_file_is_a_usage_error(string option, string value) =>
        Assert.Equal(2, await _here.RunAsync("import", "people.csv", option, value));

    [Fact]
    public async Task Rejected_lines_are_told_first_to_last_however_many_were_empty()
    {
        string empty = string.Concat(Enumerable.Repeat(",\n", 25));
        _here.Write("holes.csv", "Full Name,Email\nAda,ada@example.com,too many\nBob,bob@example.com,too many\n" + empty);
        Assert.Equal(3, await _here.RunAsync("import", "holes.csv"));
        Assert.True(_here.Error.IndexOf("Line 2 ", StringComparison.Ordinal) is var second and > 0 && _here.Error.IndexOf("Line 3 ", StringComparison.Ordinal) > second, _here.Error);
    }

    [Fact]
    public async Task More_rejected_lines_than_are_told_are_counted()
    {
        _here.Write("bad.csv", "Full Name,Email\n" + string.Concat(Enumerable.Repeat("Ada,ada@example.com,too many\n", 23)));
        Assert.Equal(3, await _here.RunAsync("import", "bad.csv"));
        Assert.Contains("3 more", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_writes_nothing_and_tells_columns_and_lines()
    {
        _here.Write("people.csv", "Full Name;Email;Shoe\nAda Example;ada@example.com;38\nBob;b\n");
        Assert.Equal(0, await _here.RunAsync("import", "people.csv", "--preview"));
        Assert.Contains("semicolon", _here.Error, StringComparison.Ordinal);
        Assert.Contains("shoe (your own)", _here.Out, StringComparison.Ordinal);
        Assert.Contains("Line 3 has 2 columns", _here.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_here.PathOf(".syncline")));
    }

    [Fact]
    public async Task A_preview_as_json_holds_the_same()
    {
        _here.Write("export.csv", "Record ID,First Name,Email,Lifecycle Stage\n7,Ada,ada@example.com,Lead\n");
        Assert.Equal(0, await _here.RunAsync("import", "export.csv", "--preview", "--json"));
        Assert.Equal(("hubspot-contacts", "person", "Record ID", 1), ((string?)_here.Json["dialect"], (string?)_here.Json["kind"], (string?)_here.Json["key"], (int)_here.Json["rows"]!));
        Assert.Equal(["external_id", "first_name", "email", "lifecycle_stage"], _here.Json["columns"]!.AsArray().Select(c => (string?)c!["field"]));
    }

    [Fact]
    public async Task The_dialect_that_was_taken_is_said()
    {
        _here.Write("export.csv", "Record ID,First Name,Email,Lifecycle Stage\n7,Ada,ada@example.com,Lead\n");
        Assert.Equal(0, await _here.RunAsync("import", "export.csv"));
        Assert.Contains("HubSpot contacts", _here.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tab", 0)]
    [InlineData(";", 2)]
    [InlineData("::", 2)]
    [InlineData("\"", 2)]
    public async Task A_delimiter_can_be_named(string delimiter, int code)
    {
        _here.Write("tabs.csv", "Full Name\tEmail\nAda Example\tada@example.com\n");
        Assert.Equal(code, await _here.RunAsync("import", "tabs.csv", "--delimiter", delimiter, "--preview"));
    }

    [Fact]
    public async Task Deals_are_imported_with_their_company_and_person_and_exported_again()
    {
        const string deals = "Deal ID,Deal Name,Amount,Company,Contact Email\n1,Big,1200,Acme,ada@example.com\n";
        _here.Write("deals.csv", deals);
        Assert.Equal(0, await _here.RunAsync("import", "deals.csv"));
        Assert.Equal(0, await _here.RunAsync("status", "--json"));
        Assert.Equal((1, 1, 1), ((int)_here.Json["hub"]!["deal"]!, (int)_here.Json["hub"]!["company"]!, (int)_here.Json["hub"]!["person"]!));
        Assert.Equal(0, await _here.RunAsync("export", "--as-imported", "deals", "--out", "again.csv"));
        Assert.Equal(deals, await File.ReadAllTextAsync(_here.PathOf("again.csv"), TestContext.Current.CancellationToken));
    }
}
