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
}
