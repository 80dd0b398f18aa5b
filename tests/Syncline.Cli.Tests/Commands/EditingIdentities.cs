using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class EditingIdentities : IDisposable
{
    private readonly Rehearsal _here = new();

    public EditingIdentities() => _here.Left.With("a", "ada@example.com", "Engineer").With("b", "ada@example.org");

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Merge_shows_both_and_does_nothing_on_no()
    {
        await _here.RunAsync("run");
        (_here.CanAsk, _here.Answers) = (true, "n\n");
        Assert.Equal(1, await _here.RunAsync("merge", "person/1", "person/2"));
        Assert.Contains("ada@example.org", _here.Out, StringComparison.Ordinal);
        await _here.RunAsync("show", "ada@example.org", "--json");
        Assert.Equal("person/2", (string?)_here.Json["record"]);
    }

    [Fact]
    public async Task A_merged_record_answers_to_the_addresses_of_both()
    {
        await _here.RunAsync("run");
        Assert.Equal(0, await _here.RunAsync("merge", "ada@example.org", "ada@example.com", "--yes"));
        await _here.RunAsync("show", "ada@example.com", "--json");
        Assert.Equal("person/2", (string?)_here.Json["record"]);
        Assert.Equal("Engineer", (string?)_here.Json["fields"]!["job_title"]);
    }

    [Fact]
    public async Task Two_places_at_one_destination_are_named_and_nothing_is_made_twice()
    {
        await _here.RunAsync("run");
        await _here.RunAsync("merge", "person/1", "person/2", "--yes", "--json");
        Assert.Equal("right/people", (string?)_here.Json["doubled"]![0]!["stream"]);
        Assert.Equal(2, _here.Json["doubled"]![0]!["ids"]!.AsArray().Count);
        Assert.Contains("Merge them there", _here.Error, StringComparison.Ordinal);
        await _here.RunAsync("run", "--full");
        Assert.Equal(2, _here.Right.People.Count);
    }

    [Fact]
    public async Task A_split_makes_the_next_run_create_the_other_one()
    {
        _here.Left.With("b", "ada@example.com");
        await _here.RunAsync("run");
        Assert.Single(_here.Right.People);
        Assert.Equal(0, await _here.RunAsync("split", "person/1", "left/people/b", "--yes", "--json"));
        Assert.Equal("person/3", (string?)_here.Json["record"]);
        await _here.RunAsync("show", "person/3", "--json");
        Assert.Equal("b", (string?)_here.Json["links"]![0]!["id"]);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_changes_nothing()
    {
        await _here.RunAsync("run");
        Assert.Equal(2, await _here.RunAsync("merge", "person/1", "person/1", "--yes"));
        Assert.Contains("one record already", _here.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _here.RunAsync("split", "person/1", "left/people/b", "--yes"));
        Assert.Contains("does not belong to person/1", _here.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _here.RunAsync("split", "person/1", "b", "--yes"));
        Assert.Contains("connection/stream/id", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_sync_runs_identities_are_left_alone()
    {
        await _here.RunAsync("run");
        int code = -1;
        _here.Left.With("c", "carl@example.com");
        _here.Right.BeforeWrite = () => code = Task.Run(() => _here.RunAsync("merge", "person/1", "person/2", "--yes")).GetAwaiter().GetResult();
        await _here.RunAsync("run");
        Assert.Equal(1, code);
        await _here.RunAsync("show", "person/2", "--json");
        Assert.False((bool)_here.Json["deleted"]!);
    }

    [Fact]
    public async Task The_run_is_listed_and_an_undo_says_what_to_do_instead()
    {
        await _here.RunAsync("run");
        await _here.RunAsync("merge", "person/1", "person/2", "--yes");
        await _here.RunAsync("runs", "--json");
        Assert.Equal(("merge", "identities"), ((string?)_here.Json[0]!["kind"], (string?)_here.Json[0]!["sync"]));
        Assert.Equal(2, await _here.RunAsync("undo", "2", "--yes"));
        Assert.Contains("syncline split", _here.Error, StringComparison.Ordinal);
    }
}
