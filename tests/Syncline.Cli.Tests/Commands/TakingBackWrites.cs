using Syncline.Cli.Tests.Invented;
using Syncline.Records;

namespace Syncline.Cli.Tests.Commands;

public sealed class TakingBackWrites : IDisposable
{
    private readonly Rehearsal _here = new();

    public TakingBackWrites() => _here.Left.With("a", "ada@example.com", "Engineer").With("b", "bob@example.com");

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Undo_asks_first_and_does_nothing_on_no()
    {
        await _here.RunAsync("run");
        (_here.CanAsk, _here.Answers) = (true, "n\n");
        Assert.Equal(1, await _here.RunAsync("undo", "1"));
        Assert.Contains("2 × created", _here.Error, StringComparison.Ordinal);
        Assert.Equal(2, _here.Right.People.Count);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_yes_is_needed()
    {
        await _here.RunAsync("run");
        Assert.Equal(2, await _here.RunAsync("undo", "1"));
        Assert.Contains("--yes", _here.Error, StringComparison.Ordinal);
        Assert.Equal(2, _here.Right.People.Count);
    }

    [Fact]
    public async Task Undo_removes_what_the_run_created_and_keeps_what_a_person_changed()
    {
        await _here.RunAsync("run");
        string first = _here.Right.People.Keys.First();
        _here.Right.People[first] = _here.Right.People[first].With("title", FieldValue.Of("Edited by a person"));
        Assert.Equal(0, await _here.RunAsync("undo", "1", "--yes", "--json"));
        Assert.Equal([first], _here.Right.People.Keys);
        Assert.Contains("Kept right/people/" + first, _here.Error, StringComparison.Ordinal);
        await _here.RunAsync("runs", "--json");
        Assert.Equal("undo", (string?)_here.Json[0]!["kind"]);
    }

    [Fact]
    public async Task Undo_of_an_update_restores_the_value_before()
    {
        _here.Right.With("x", "ada@example.com");
        await _here.RunAsync("run");
        Assert.Equal("Engineer", _here.Right.People["x"]["title"]!.Text);
        await _here.RunAsync("undo", "1", "--yes");
        Assert.Null(_here.Right.People["x"]["title"]);
    }

    [Fact]
    public async Task Cleanup_removes_exactly_what_the_sync_created_and_the_next_run_writes_again()
    {
        _here.Right.With("x", "ada@example.com").With("y", "somebody@example.org");
        await _here.RunAsync("run");
        (_here.CanAsk, _here.Answers) = (true, "y\n");
        Assert.Equal(0, await _here.RunAsync("cleanup", "across"));
        Assert.Contains("right/people: 1", _here.Error, StringComparison.Ordinal);
        Assert.Equal(["x", "y"], _here.Right.People.Keys);
        await _here.RunAsync("run", "--json");
        Assert.Equal(1, (long?)_here.Json["created"]);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_a_usage_error()
    {
        await _here.RunAsync("run");
        Assert.Equal(2, await _here.RunAsync("undo", "77", "--yes"));
        Assert.Contains("There is no run 77", _here.Error, StringComparison.Ordinal);
    }
}
