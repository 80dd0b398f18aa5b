using System.Collections.Immutable;
using Syncline.Syncs;

namespace Syncline.Conformance.Stores;

/// <summary>What users and the engine rely on in the run log.</summary>
public abstract class RunConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly RunTally Some = new()
    {
        Seen = 1, Created = 2, Updated = 3, Linked = 4, Unchanged = 5, Skipped = 6, Conflicts = 7, DeadLetters = 8, Deleted = 9, Failed = 13,
        Calls = ImmutableSortedDictionary.CreateRange<string, CallCount>(StringComparer.Ordinal, [new("acme", new(10, 11, 12)), new("Zeta", new(1, 0, 0))]),
        Enriched = ImmutableSortedDictionary.CreateRange<string, EnrichmentCount>(StringComparer.Ordinal, [new("supplier", new(1, 2, 3, 4, 5.5m, "credits"))]),
    };

    private static readonly RunPosition There = new(RunStage.Loading, 12, 40, IsTotalOpen: true);

    [Fact]
    public async Task A_run_is_running_from_its_start()
    {
        long id = await Store.Runs.StartAsync("daily", "sync", Token);
        RunRow run = (await Store.Runs.FindAsync(id, Token))!;
        Assert.Equal(new RunRow(id, "daily", "sync", RunState.Running, Clock.Now, null, run.Tally, null), run);
        AssertSame(RunTally.Empty, run.Tally);
    }

    [Fact]
    public async Task A_reported_tally_and_position_are_seen_by_another_process()
    {
        long id = await Store.Runs.StartAsync("daily", "sync", Token);
        await Store.Runs.ReportAsync(id, Some, There, Token);
        RunRow seen = (await OpenAnother().Runs.FindAsync(id, Token))!;
        AssertSame(Some, seen.Tally);
        Assert.Equal(There, seen.Position);
    }

    [Fact]
    public async Task A_finished_run_keeps_its_end_tally_and_detail()
    {
        long id = await Store.Runs.StartAsync("daily", "import", Token);
        DateTimeOffset started = Clock.Now;
        Clock.Now += TimeSpan.FromMinutes(3);
        await Store.Runs.FinishAsync(id, RunState.DoneWithDeadLetters, Some, "contacts.csv", Token);
        Reopen();
        RunRow run = (await Store.Runs.FindAsync(id, Token))!;
        Assert.Equal(new RunRow(id, "daily", "import", RunState.DoneWithDeadLetters, started, Clock.Now, run.Tally, "contacts.csv"), run);
        AssertSame(Some, run.Tally);
        Assert.Equal(["Zeta", "acme"], run.Tally.Calls.Keys);
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_of_one_sync_or_of_all()
    {
        long a = await Store.Runs.StartAsync("daily", "sync", Token), b = await Store.Runs.StartAsync("weekly", "sync", Token), c = await Store.Runs.StartAsync("daily", "undo", Token);
        Assert.Equal([c, b], (await Store.Runs.LatestAsync(null, 2, Token)).Select(r => r.Id));
        Assert.Equal([c, a], (await Store.Runs.LatestAsync("daily", 10, Token)).Select(r => r.Id));
        Assert.Equal([b, a], (await Store.Runs.ListAsync(new(Before: c), 10, Token)).Select(r => r.Id));
        Assert.Equal([a], (await Store.Runs.ListAsync(new("daily", Before: c), 10, Token)).Select(r => r.Id));
        Assert.Null(await Store.Runs.FindAsync(c + 1, Token));
    }

    [Fact]
    public async Task Runs_that_ended_well_and_left_nothing_out_are_found_behind_all_others()
    {
        long whole = await EndedAsync(RunState.DoneWithDeadLetters, Some);
        foreach ((RunState state, bool isPart) in new[] { (RunState.Done, true), (RunState.Failed, false), (RunState.Cancelled, false) }) await EndedAsync(state, Some with { IsPart = isPart });
        await Store.Runs.StartAsync("daily", "sync", Token);
        Assert.Equal([whole], (await Store.Runs.ListAsync(new("daily", "sync") { IsWhole = true }, 9, Token)).Select(r => r.Id));
        Assert.Empty(await Store.Runs.ListAsync(new("weekly", "sync") { IsWhole = true }, 9, Token));

        async Task<long> EndedAsync(RunState state, RunTally tally)
        {
            long id = await Store.Runs.StartAsync("daily", "sync", Token);
            await Store.Runs.FinishAsync(id, state, tally, null, Token);
            return id;
        }
    }

    [Fact]
    public async Task Runs_of_webhooks_are_listed_by_themselves()
    {
        long hook = await Store.Runs.StartAsync("daily", RunRow.Webhook, Token), run = await Store.Runs.StartAsync("daily", "sync", Token), other = await Store.Runs.StartAsync("weekly", RunRow.Webhook, Token);
        Assert.Equal([run], (await Store.Runs.LatestAsync(null, 9, Token)).Select(r => r.Id));
        Assert.Equal([other, hook], (await Store.Runs.ListAsync(new(Kind: RunRow.Webhook), 9, Token)).Select(r => r.Id));
        Assert.Equal([hook], (await Store.Runs.ListAsync(new("daily", RunRow.Webhook), 9, Token)).Select(r => r.Id));
    }

    [Fact]
    public async Task What_an_audit_counted_is_kept()
    {
        long id = await Store.Runs.StartAsync("daily", RunRow.Audit, Token);
        await Store.Runs.FinishAsync(id, RunState.Done, new() { Audited = new([new("crm/people", 10, 2, 1)]) }, null, Token);
        AuditCount count = (await Store.Runs.FindAsync(id, Token))!.Tally.Audited!;
        Assert.Equal((new StreamCount("crm/people", 10, 2, 1), 0.3), (Assert.Single(count.Streams), count.Share));
    }

    [Fact]
    public async Task Runs_of_syncs_are_found_by_when_they_ended_and_while_they_go()
    {
        long old = await Store.Runs.StartAsync("daily", "sync", Token), going = await Store.Runs.StartAsync("weekly", "sync", Token);
        await Store.Runs.FinishAsync(old, RunState.Done, Some, null, Token);
        Clock.Now += TimeSpan.FromHours(2);
        long hook = await Store.Runs.StartAsync("daily", RunRow.Webhook, Token), import = await Store.Runs.StartAsync("daily", "import", Token);
        await Store.Runs.FinishAsync(hook, RunState.Done, Some, null, Token);
        await Store.Runs.FinishAsync(import, RunState.Done, Some, null, Token);
        Assert.Equal([going], (await Store.Runs.SinceAsync(Clock.Now - TimeSpan.FromHours(1), 9, Token)).Select(r => r.Id));
        Assert.Equal([going, old], (await Store.Runs.SinceAsync(Clock.Now - TimeSpan.FromHours(2), 9, Token)).Select(r => r.Id));
        Assert.Equal([going], (await Store.Runs.SinceAsync(Clock.Now - TimeSpan.FromHours(2), 1, Token)).Select(r => r.Id));
    }

    [Fact]
    public async Task Runs_of_webhooks_are_summed_by_sync_and_stretch_of_time()
    {
        TimeSpan quarter = TimeSpan.FromMinutes(15);
        DateTimeOffset first = new(Clock.Now.Ticks - (Clock.Now.Ticks % quarter.Ticks), TimeSpan.Zero);
        foreach ((string sync, int minutes) in new[] { ("daily", 0), ("daily", 14), ("weekly", 14), ("daily", 15) })
        {
            Clock.Now = first + TimeSpan.FromMinutes(minutes);
            long hook = await Store.Runs.StartAsync(sync, RunRow.Webhook, Token);
            await Store.Runs.FinishAsync(hook, RunState.Done, new() { Seen = 5, Created = 1, Updated = 2, Deleted = 1, Linked = 7 }, null, Token);
        }
        await Store.Runs.FinishAsync(await Store.Runs.StartAsync("daily", "sync", Token), RunState.Done, Some, null, Token);
        WebhookSum[] all = [new("daily", first, 2, 10, 8), new("daily", first + quarter, 1, 5, 4), new("weekly", first, 1, 5, 4)];
        Assert.Equal(all, await Store.Runs.SumWebhooksAsync(first, quarter, 99, Token));
        Assert.Equal(all[1..2], await Store.Runs.SumWebhooksAsync(first + quarter, quarter, 99, Token));
        Assert.Equal(2, (await Store.Runs.SumWebhooksAsync(first, quarter, 2, Token)).Sum(s => s.Runs));
    }

    [Fact]
    public async Task An_abandoned_run_is_called_interrupted_and_keeps_what_it_reported()
    {
        long done = await Store.Runs.StartAsync("daily", "sync", Token), lost = await Store.Runs.StartAsync("daily", "sync", Token), other = await Store.Runs.StartAsync("weekly", "sync", Token);
        await Store.Runs.FinishAsync(done, RunState.Done, RunTally.Empty, null, Token);
        await Store.Runs.ReportAsync(lost, Some, There, Token);
        KillAndReopen();
        await Store.Runs.CloseAbandonedAsync("daily", Token);
        RunRow found = (await Store.Runs.FindAsync(lost, Token))!;
        Assert.Equal((RunState.Interrupted, 1L), (found.State, found.Tally.Seen));
        Assert.Equal(RunState.Done, (await Store.Runs.FindAsync(done, Token))!.State);
        Assert.Equal(RunState.Running, (await Store.Runs.FindAsync(other, Token))!.State);
    }

    private static void AssertSame(RunTally expected, RunTally actual)
    {
        Assert.Equal(expected, actual with { Calls = expected.Calls, Enriched = expected.Enriched });
        Assert.Equal(expected.Calls, actual.Calls);
        Assert.Equal(expected.Enriched, actual.Enriched);
    }
}
