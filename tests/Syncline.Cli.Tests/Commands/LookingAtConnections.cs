using Syncline.Cli.Tests.Invented;
using Syncline.Connectors;
using Syncline.Records;

namespace Syncline.Cli.Tests.Commands;

public sealed class LookingAtConnections : IDisposable
{
    private readonly Rehearsal _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Connect_tests_one_credential()
    {
        Assert.Equal(0, await _here.RunAsync("connect", "left"));
        Assert.Contains("The key works.", _here.Out, StringComparison.Ordinal);
        _here.Environment["LEFT_KEY"] = "bad";
        Assert.Equal(1, await _here.RunAsync("connect", "left", "--json"));
        Assert.Equal("error", (string?)_here.Json["severity"]);
        Assert.Equal(2, await _here.RunAsync("connect", "lfet"));
    }

    [Fact]
    public async Task A_finding_that_would_stop_a_run_is_exit_code_1()
    {
        _here.Right.Findings.Add(new(Severity.Error, "people.title", "There is no title.") { Remedy = "Make one." });
        Assert.Equal(1, await _here.RunAsync("doctor"));
        Assert.Contains("people.title", _here.Out, StringComparison.Ordinal);
        Assert.Contains("Make one.", _here.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fix_is_shown_asked_for_and_looked_at_again()
    {
        AddMendable();
        (_here.CanAsk, _here.Answers) = (true, "y\n");
        Assert.Equal(0, await _here.RunAsync("doctor", "--fix"));
        Assert.Contains("Make the attribute title", _here.Error, StringComparison.Ordinal);
        Assert.Empty(_here.Right.Findings);
    }

    [Fact]
    public async Task Fix_mends_nothing_without_a_yes()
    {
        AddMendable();
        Assert.Equal(2, await _here.RunAsync("doctor", "--fix"));
        (_here.CanAsk, _here.Answers) = (true, "\n");
        Assert.Equal(1, await _here.RunAsync("doctor", "--fix"));
        Assert.Single(_here.Right.Findings);
    }

    [Fact]
    public async Task One_thing_that_cannot_be_mended_does_not_keep_the_others()
    {
        _here.Right.Findings.Add(new(Severity.Error, "first", "Missing.") { FixDescription = "Make first", FixAsync = _ => throw new ProviderException("No right to do that.") { Operation = "x", Recovery = Recovery.StopRun } });
        AddMendable();
        Assert.Equal(1, await _here.RunAsync("doctor", "--fix", "--yes"));
        Assert.Contains("Not done: right: first", _here.Error, StringComparison.Ordinal);
        Assert.Single(_here.Right.Findings);
    }

    private void AddMendable()
    {
        Finding? mendable = null;
        mendable = new(Severity.Error, "title", "Missing.")
        {
            FixDescription = "Make the attribute title",
            FixAsync = _ =>
            {
                _here.Right.Findings.Remove(mendable!);
                return Task.CompletedTask;
            },
        };
        _here.Right.Findings.Add(mendable);
    }
}
