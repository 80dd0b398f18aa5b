using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class Planning : IDisposable
{
    private readonly Rehearsal _here = new();

    public Planning() => _here.Left.With("a", "ada@example.com", "Engineer").With("b", "bob@example.com");

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Nothing_is_written_anywhere_not_even_a_database()
    {
        Assert.Equal(0, await _here.RunAsync("plan", "across"));
        Assert.Equal(0, _here.Right.Writes);
        Assert.False(Directory.Exists(_here.PathOf(".syncline")));
        Assert.Contains("create  right/people", _here.Out, StringComparison.Ordinal);
        Assert.Contains("title: Engineer", _here.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hub_is_as_before_and_a_run_does_what_was_planned()
    {
        await _here.RunAsync("run", "--limit", "1");
        await _here.RunAsync("plan", "--json");
        Assert.Equal(1, (long?)_here.Json["created"]);
        Assert.Equal("planned", (string?)_here.Json["state"]);
        Assert.Equal(1, (long?)_here.Json["calls"]!["right"]!["writes"]);
        Assert.NotNull(_here.Json["secondsNeeded"]);
        await _here.RunAsync("run", "--json");
        Assert.Equal(1, (long?)_here.Json["created"]);
    }

    [Fact]
    public async Task A_change_is_shown_as_before_and_after()
    {
        await _here.RunAsync("run");
        _here.Left.With("a", "ada@example.com", "Director");
        await _here.RunAsync("plan", "--full");
        Assert.Contains("title: Engineer → Director", _here.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_would_be_sent_goes_into_a_file_a_stream()
    {
        await _here.RunAsync("plan", "--out", "planned");
        string[] lines = await File.ReadAllLinesAsync(_here.PathOf("planned/right-people.jsonl"));
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("{\"action\":\"create\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("ada@example.com", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_by_environment_makes_a_run_a_plan()
    {
        _here.Environment["AT_DRY_RUN"] = "true";
        _here.Environment["OUTPUT_DIR"] = "exports";
        Assert.Equal(0, await _here.RunAsync("run"));
        Assert.Equal(0, _here.Right.Writes);
        Assert.True(File.Exists(_here.PathOf("exports/right-people.jsonl")));
    }

    [Fact]
    public async Task MAX_LEADS_limits_a_run_and_the_command_line_goes_before_it()
    {
        _here.Environment["MAX_LEADS"] = "1";
        await _here.RunAsync("run");
        Assert.Single(_here.Right.People);
        await _here.RunAsync("plan", "--limit", "5", "--json");
        Assert.Equal(1, (long?)_here.Json["created"]);
    }
}
