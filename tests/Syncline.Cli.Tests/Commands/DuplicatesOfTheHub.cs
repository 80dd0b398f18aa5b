using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class DuplicatesOfTheHub : IDisposable
{
    private readonly Rehearsal _here = new();

    public DuplicatesOfTheHub() => _here.Left.With("a", "ada@example.com").With("b", "ADA@example.com").With("c", "cy@example.org");

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task What_was_unified_is_told_with_the_key_that_both_show()
    {
        await _here.RunAsync("run");
        Assert.Equal(0, await _here.RunAsync("duplicates"));
        Assert.Contains("2 people: 3 read, 1 duplicate removed.", _here.Out, StringComparison.Ordinal);
        Assert.Contains("person/1 Person a: 2 records of left/people: a, b\n    by email ada@example.com\n", _here.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("No identity waits", _here.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_screen_shows_a_few_and_json_all()
    {
        for (int i = 0; i < 30; i++) _here.Left.With($"p{i:00}", $"p{i}@example.com").With($"q{i:00}", $"p{i}@example.com");
        await _here.RunAsync("run");
        await _here.RunAsync("duplicates");
        Assert.Equal(20, _here.Out.Split("records of left/people").Length - 1);
        Assert.Contains("… and more; --json", _here.Out, StringComparison.Ordinal);
        await _here.RunAsync("duplicates", "--json");
        Assert.Equal(31, _here.Json["unified"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_json_object_has_exactly_the_documented_keys()
    {
        await _here.RunAsync("run");
        await _here.RunAsync("duplicates", "across", "--json");
        Assert.Equal(["kinds", "unified", "problems"], _here.Json.AsObject().Select(p => p.Key));
        Assert.Equal("""[{"kind":"person","remote":3,"unique":2,"removed":1}]""", _here.Json["kinds"]!.ToJsonString());
        Assert.Equal("""[{"record":"person/1","kind":"person","name":"Person a","connection":"left","stream":"people","count":2,"ids":["a","b"],"by":[{"key":"email","value":"ada@example.com"}]}]""", _here.Json["unified"]!.ToJsonString());
        Assert.Empty(_here.Json["problems"]!.AsArray());
        Assert.Single(_here.Out, '\n');
    }

    [Fact]
    public async Task An_identity_that_waits_for_a_decision_is_exit_code_3_with_its_reason()
    {
        await _here.RunAsync("run");
        _here.Write("both.csv", "Full Name,Email\nAda Both,ada@example.com; cy@example.org\n");
        Assert.Equal(3, await _here.RunAsync("import", "both.csv"));
        Assert.Equal(3, await _here.RunAsync("duplicates"));
        Assert.Contains("ambiguous-identity", _here.Out, StringComparison.Ordinal);
        Assert.Contains("person/1", _here.Out, StringComparison.Ordinal);
        Assert.Equal(3, await _here.RunAsync("duplicates", "--connection", "both", "--json"));
        Assert.Equal("ambiguous-identity", (string?)_here.Json["problems"]![0]!["code"]);
        Assert.Equal(0, await _here.RunAsync("duplicates", "across"));
        Assert.Equal(0, await _here.RunAsync("duplicates", "--connection", "left"));
        Assert.Equal(0, await _here.RunAsync("duplicates", "--kind", "company"));
    }

    [Fact]
    public async Task What_a_destination_cannot_tell_apart_waits_too()
    {
        _here.Right.With("x", "cy@example.org").With("y", "cy@example.org");
        Assert.Equal(3, await _here.RunAsync("run"));
        Assert.Equal(3, await _here.RunAsync("duplicates", "across", "--json"));
        Assert.Equal("ambiguous-at-destination", (string?)Assert.Single(_here.Json["problems"]!.AsArray())!["code"]);
    }

    [Fact]
    public async Task A_refusal_that_is_not_about_identity_is_none_of_its_business()
    {
        _here.Right.Refuses = "cy@example.org";
        Assert.Equal(3, await _here.RunAsync("run"));
        Assert.Equal(0, await _here.RunAsync("duplicates"));
    }

    [Fact]
    public async Task What_we_wrote_ourselves_is_no_record_of_a_source()
    {
        _here.Write("syncline.yaml", Rehearsal.TwoConnections + "\n  back: { from: [right], to: [left] }\n");
        await _here.RunAsync("run", "across");
        await _here.RunAsync("run", "back");
        await _here.RunAsync("duplicates", "--json");
        Assert.Equal("""[{"kind":"person","remote":3,"unique":2,"removed":1}]""", _here.Json["kinds"]!.ToJsonString());
    }

    [Fact]
    public async Task A_connection_or_sync_nobody_knows_is_a_usage_error_with_the_nearest_name()
    {
        await _here.RunAsync("run");
        Assert.Equal(2, await _here.RunAsync("duplicates", "--connection", "lefd"));
        Assert.Contains("Did you mean 'left'?", _here.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _here.RunAsync("duplicates", "acros"));
    }

    [Fact]
    public async Task Without_a_hub_it_says_so_and_makes_none()
    {
        Assert.Equal(1, await _here.RunAsync("duplicates"));
        Assert.False(File.Exists(_here.PathOf(".syncline/hub.db")));
    }
}
