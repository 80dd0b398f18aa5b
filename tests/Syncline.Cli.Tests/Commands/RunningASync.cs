using Syncline.Cli.Tests.Invented;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Cli.Tests.Commands;

public sealed class RunningASync : IDisposable
{
    private readonly Rehearsal _here = new();

    public RunningASync() => _here.Left.With("a", "ada@example.com", "Engineer").With("b", "bob@example.com").With("c", "cy@example.org");

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task What_is_read_is_written_once_and_the_exit_code_is_0()
    {
        Assert.Equal(0, await _here.RunAsync("run", "across"));
        Assert.Equal(3, _here.Right.People.Count);
        Assert.Contains("3 seen, 3 created", _here.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _here.RunAsync("run"));
        Assert.Equal(3, _here.Right.Writes);
    }

    [Fact]
    public async Task What_was_read_is_written_while_the_rest_is_read()
    {
        TaskCompletionSource written = new();
        _here.Right.BeforeWrite = () => written.TrySetResult();
        _here.Left.LaterPages = written.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await _here.RunAsync("run", "across"));
        Assert.Equal(3, _here.Right.Writes);
    }

    [Fact]
    public async Task A_full_run_reads_everything_before_it_compares()
    {
        List<string> happened = [];
        (_here.Left.BeforePage, _here.Right.BeforeWrite) = (() => happened.Add("page"), () => happened.Add("write"));
        await _here.RunAsync("run", "across", "--full");
        Assert.Equal(["page", "page", "write", "write", "write"], happened);
    }

    [Fact]
    public async Task A_source_that_fails_in_the_middle_fails_the_run_and_leaves_what_was_written()
    {
        int pages = 0;
        _here.Left.BeforePage = () =>
        {
            if (++pages == 2) throw new ProviderException("The inbox is closed.") { Operation = "lefty.people.list", Recovery = Recovery.StopRun };
        };
        Assert.Equal(1, await _here.RunAsync("run", "across"));
        Assert.Contains("The inbox is closed.", _here.Error, StringComparison.Ordinal);
        (_here.Left.BeforePage, int before) = (null, _here.Right.Writes);
        Assert.Equal(0, await _here.RunAsync("run", "across"));
        Assert.Equal((3, 3), (_here.Right.People.Count, _here.Right.Writes));
        Assert.InRange(before, 0, 2);
    }

    [Fact]
    public async Task The_json_object_has_exactly_the_documented_keys()
    {
        await _here.RunAsync("run", "across", "--json");
        Assert.Equal(["sync", "run", "state", "seconds", "seen", "created", "updated", "linked", "unchanged", "skipped", "conflicts", "deadLetters", "calls"], _here.Json.AsObject().Select(p => p.Key));
        Assert.Equal("done", (string?)_here.Json["state"]);
        Assert.Equal(3, (long?)_here.Json["created"]);
        Assert.Equal(["reads", "writes", "throttled"], _here.Json["calls"]!["right"]!.AsObject().Select(p => p.Key));
        Assert.Equal(3, (long?)_here.Json["calls"]!["right"]!["writes"]);
    }

    [Fact]
    public async Task A_named_record_alone_is_read_again_and_written()
    {
        await _here.RunAsync("run", "across");
        _here.Left.With("a", "ada@example.com", "Chief").With("b", "bob@example.com", "Chief, too");
        Assert.Equal(0, await _here.RunAsync("run", "across", "--record", "left/people/a"));
        Assert.Equal(["a"], _here.Left.Asked);
        Assert.Equal(["Chief"], _here.Right.People.Values.Select(p => p["title"]?.Text).OfType<string>());
    }

    [Fact]
    public async Task A_named_record_that_is_not_there_is_told_and_others_are_written_all_the_same()
    {
        Assert.Equal(1, await _here.RunAsync("run", "across", "--record", "left/people/z"));
        Assert.Contains("There is no left/people/z (any more)", _here.Error, StringComparison.Ordinal);
        Assert.Empty(_here.Right.People);
        Assert.Equal(0, await _here.RunAsync("run", "across", "--record", "left/people/z", "--record", "left/people/a"));
        Assert.Contains("There is no left/people/z (any more)", _here.Error, StringComparison.Ordinal);
        Assert.Single(_here.Right.People);
    }

    [Theory]
    [InlineData("left/people", "connection/stream/id")]
    [InlineData("left/companies/a", "single records of left/people")]
    [InlineData("right/people/a", "single records of left/people")]
    public async Task A_record_that_the_sync_does_not_read_is_a_usage_error(string place, string remedy)
    {
        Assert.Equal(2, await _here.RunAsync("run", "across", "--record", place));
        Assert.Contains(remedy, _here.Error, StringComparison.Ordinal);
        Assert.Empty(_here.Left.Asked);
    }

    [Fact]
    public async Task What_is_deleted_at_the_source_is_kept_unless_deletes_are_propagated()
    {
        foreach ((string deletes, int left) in new[] { ("keep", 3), ("propagate", 2) })
        {
            using Rehearsal here = new(Rehearsal.TwoConnections.Replace("to: [right]", $"to: [right], deletes: {deletes}, delete_share: 20%", StringComparison.Ordinal)) { Left = new("lefty") { IsCensus = true } };
            here.Left.With("a", "ada@example.com").With("b", "bob@example.com").With("c", "cy@example.org");
            await here.RunAsync("run", "across");
            here.Left.People.Remove("b");
            await here.RunAsync("run", "across");
            Assert.Equal(3, here.Right.People.Count);
            Assert.Equal(0, await here.RunAsync("run", "across"));
            Assert.Equal(left, here.Right.People.Count);
            Assert.Equal(left == 2, here.Out.Contains("1 deleted", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_plan_names_what_would_be_deleted()
    {
        using Rehearsal here = new(Rehearsal.TwoConnections.Replace("to: [right]", "to: [right], deletes: propagate", StringComparison.Ordinal)) { Left = new("lefty") { IsCensus = true } };
        here.Left.With("a", "ada@example.com").With("b", "bob@example.com");
        await here.RunAsync("run", "across");
        here.Left.People.Remove("b");
        // The deletion is proven by a run of another sync that reads the same account and writes nowhere near this one.
        here.Write("syncline.yaml", here.Configuration + "\n  watch: { from: [left], to: [right], kinds: [company] }\n");
        await here.RunAsync("run", "watch");
        await here.RunAsync("run", "watch");
        Assert.Equal(0, await here.RunAsync("plan", "across"));
        Assert.Contains("delete  right/people", here.Out, StringComparison.Ordinal);
        Assert.Equal(2, here.Right.People.Count);
    }

    [Fact]
    public async Task Whoever_looks_meanwhile_sees_the_stage_and_the_failures()
    {
        List<string> seen = [];
        _here.Right.Refuses = "ada@example.com";
        _here.Left.BeforePage = () => Look();
        _here.Right.BeforeWrite = () => Look();
        await _here.RunAsync("run", "across");
        await _here.RunAsync("runs", "--json");
        Assert.Equal(0.3333, (double?)_here.Json[0]!["errorRate"]);
        Assert.Null(_here.Json[0]!["position"]);
        Assert.Equal("fetching", seen[0]);
        Assert.Equal("loading", seen[^1]);

        void Look()
        {
            using SqliteDatabase database = SqliteDatabase.Open(_here.PathOf(".syncline/hub.db"), TimeProvider.System);
            seen.Add(new SqliteStore(database).Runs.LatestAsync("across", 1, CancellationToken.None).Result[0].Position?.Stage.ToString().ToLowerInvariant() ?? "initializing");
        }
    }

    [Fact]
    public async Task A_refused_record_is_a_dead_letter_and_exit_code_3()
    {
        _here.Right.Refuses = "bob@example.com";
        Assert.Equal(3, await _here.RunAsync("run", "across", "--json"));
        Assert.Equal("done-with-dead-letters", (string?)_here.Json["state"]);
        Assert.Equal(0, await _here.RunAsync("failures", "--json"));
        Assert.Equal("bad-person", (string?)_here.Json[0]!["code"]);
        _here.Right.Refuses = null;
        Assert.Equal(0, await _here.RunAsync("failures", "retry", "across"));
        Assert.Equal(3, _here.Right.People.Count);
    }

    [Fact]
    public async Task A_dry_run_by_environment_retries_and_takes_back_nothing()
    {
        _here.Right.Refuses = "bob@example.com";
        await _here.RunAsync("run");
        (_here.Right.Refuses, _here.Environment["AT_DRY_RUN"]) = (null, "true");
        string[][] writing = [["failures", "retry"], ["undo", "1", "--yes"], ["cleanup", "across", "--yes"]];
        foreach (string[] command in writing)
        {
            Assert.Equal(2, await _here.RunAsync(command));
            Assert.Contains("AT_DRY_RUN", _here.Error, StringComparison.Ordinal);
        }
        Assert.Equal(2, _here.Right.People.Count);
    }

    [Fact]
    public async Task An_error_without_a_remedy_has_no_empty_one()
    {
        Assert.Equal(2, await _here.RunAsync("cleanup", "no-such-sync-anywhere", "--json"));
        await _here.RunAsync("run");
        Assert.Equal(2, await _here.RunAsync("why", "ada@example.com", "zzzzzzzzzz", "--json"));
        Assert.NotEqual("", (string?)_here.Json["error"]!["remedy"]);
    }

    [Fact]
    public async Task A_limit_stops_the_reading_and_the_next_run_goes_on()
    {
        await _here.RunAsync("run", "--limit", "1");
        Assert.Single(_here.Right.People);
        await _here.RunAsync("run");
        Assert.Equal(3, _here.Right.People.Count);
    }

    [Theory]
    [InlineData("--limit", "0")]
    [InlineData("--max-pages", "-3")]
    [InlineData("--limit", "many")]
    public async Task A_limit_that_is_no_count_is_a_usage_error(string option, string value)
    {
        Assert.Equal(2, await _here.RunAsync("run", option, value));
        Assert.Empty(_here.Out);
        Assert.Contains(option, _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_by_the_user_it_ends_with_1_and_the_next_run_finishes()
    {
        using CancellationTokenSource stop = new();
        _here.Left.BeforePage = () =>
        {
            if (_here.Left.KeysUsed.Count == 1) stop.Cancel();
        };
        Assert.Equal(1, await _here.RunAsync(stop.Token, "run", "across", "--json"));
        Assert.Equal("cancelled", (string?)_here.Json["state"]);
        Assert.Contains("next run goes on", _here.Error, StringComparison.Ordinal);
        _here.Left.BeforePage = null;
        Assert.Equal(0, await _here.RunAsync("run"));
        Assert.Equal(3, _here.Right.People.Count);
    }

    [Fact]
    public async Task A_second_run_of_the_same_sync_is_refused_politely()
    {
        using IDisposable held = new FileRunLocks(_here.PathOf(".syncline/locks")).TryTake("across")!;
        Assert.Equal(1, await _here.RunAsync("run", "across"));
        Assert.Contains("running already", _here.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _here.Error, StringComparison.Ordinal);
        Assert.Equal(0, _here.Right.Writes);
    }

    [Fact]
    public async Task A_rotated_key_in_the_env_file_is_used_by_the_next_call()
    {
        _here.Environment.Remove("LEFT_KEY");
        _here.Write(".env", "LEFT_KEY=old");
        File.SetLastWriteTimeUtc(_here.PathOf(".env"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _here.Left.BeforePage = () =>
        {
            if (_here.Left.KeysUsed.Count == 1) _here.Write(".env", "LEFT_KEY=new");
        };
        await _here.RunAsync("run");
        Assert.Equal(["old", "new"], _here.Left.KeysUsed);
    }

    [Fact]
    public async Task The_log_tells_of_the_run_without_keys_or_values()
    {
        await _here.RunAsync("run");
        string log = await File.ReadAllTextAsync(_here.PathOf(".syncline/logs/syncline.log"));
        Assert.Contains("\"event\":\"Started\"", log, StringComparison.Ordinal);
        Assert.Contains("\"event\":\"Finished\"", log, StringComparison.Ordinal);
        Assert.DoesNotContain("left-key", log, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_nobody_configured_is_exit_code_2_with_the_nearest_name()
    {
        Assert.Equal(2, await _here.RunAsync("run", "acros"));
        Assert.Contains("Did you mean 'across'?", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_at_the_provider_ends_with_1_its_message_and_its_remedy()
    {
        _here.Left.BeforePage = () => throw new ProviderException("The key is refused.") { Operation = "lefty.people.read", Recovery = Recovery.StopRun, Hint = "Make a new one." };
        Assert.Equal(1, await _here.RunAsync("run", "--json"));
        Assert.Equal("failed", (string?)_here.Json["state"]);
        Assert.Contains("The key is refused. Make a new one.", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_expects_ends_with_1_and_the_place_of_the_log()
    {
        _here.Left.BeforePage = () => throw new InvalidOperationException("a defect");
        Assert.Equal(1, await _here.RunAsync("run"));
        Assert.Contains("a defect", _here.Error, StringComparison.Ordinal);
        Assert.Contains(_here.PathOf(".syncline/logs/syncline.log"), _here.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _here.Error, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", await File.ReadAllTextAsync(_here.PathOf(".syncline/logs/syncline.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_none_is_told_without_a_stack_trace()
    {
        _here.Write(".syncline/hub.db", new string('x', 5000));
        Assert.Equal(1, await _here.RunAsync("run"));
        Assert.DoesNotContain("   at ", _here.Error, StringComparison.Ordinal);
        Assert.Contains("hub.db", _here.Error, StringComparison.Ordinal);
    }
}
