using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage.Serving;
using Syncline.Syncs;

namespace Syncline.Storage.Tests.Serving;

public sealed class WorkingOffTheInbox : ServingTables
{
    private Inbox Inbox => Store.Inbox;

    [Fact]
    public async Task The_oldest_come_first_and_without_bodies()
    {
        long[] ids = [await AcceptAsync("b"), await AcceptAsync("a"), await AcceptAsync("c")];
        IReadOnlyList<InboxRow> pending = await Inbox.PendingAsync(Clock.Now, 2, Token);
        Assert.Equal(ids[..2], pending.Select(r => r.Id));
        Assert.All(pending, r => Assert.True(r.Body.IsEmpty));
    }

    [Fact]
    public async Task What_is_done_is_not_given_again()
    {
        long[] ids = [await AcceptAsync("1"), await AcceptAsync("2")];
        Clock.Now = Clock.Now.AddMinutes(1);
        Assert.Equal(1, await Inbox.DoneAsync([ids[0], 99], Token));
        Assert.Equal([ids[1]], (await Inbox.PendingAsync(Clock.Now, 9, Token)).Select(r => r.Id));
        InboxRow done = (await Inbox.FindAsync(ids[0], Token))!;
        Assert.Equal((InboxState.Done, 1, (DateTimeOffset?)Clock.Now), (done.State, done.Attempts, done.DoneAt));
        Assert.Equal(0, await Inbox.DoneAsync(ids[..1], Token));
        Assert.Equal(0, await Inbox.DoneAsync([], Token));
    }

    [Fact]
    public async Task What_is_put_off_comes_when_it_is_due()
    {
        long id = await AcceptAsync("1");
        DateTimeOffset due = Clock.Now.AddMinutes(5).AddTicks(1);
        await Inbox.PutOffAsync([id], "503", due, Token);
        Assert.Empty(await Inbox.PendingAsync(Clock.Now.AddMinutes(5), 9, Token));
        InboxRow row = Assert.Single(await Inbox.PendingAsync(Clock.Now.AddMinutes(5).AddMilliseconds(1), 9, Token));
        Assert.Equal((1, "503"), (row.Attempts, row.Detail));
        await Inbox.DoneAsync([id], Token);
        row = (await Inbox.FindAsync(id, Token))!;
        Assert.Equal((2, null, null), (row.Attempts, row.Detail, row.DueAt));
    }

    [Fact]
    public async Task What_is_given_up_waits_for_its_replay()
    {
        long id = await AcceptAsync("1");
        await Inbox.PutOffAsync([id], "503", Clock.Now, Token);
        await Inbox.GiveUpAsync([id], "too often", Token);
        Assert.Empty(await Inbox.PendingAsync(Clock.Now.AddYears(1), 9, Token));
        InboxRow failed = Assert.Single(await Inbox.ListAsync("crm", InboxState.Failed, null, 9, Token));
        Assert.Equal((2, "too often", null), (failed.Attempts, failed.Detail, failed.DueAt));
        Assert.Equal(1, await Inbox.ReplayAsync([id], Token));
        InboxRow again = Assert.Single(await Inbox.PendingAsync(Clock.Now, 9, Token));
        Assert.Equal((0, null, null), (again.Attempts, again.Detail, again.DueAt));
        Assert.Equal(0, await Inbox.ReplayAsync([id], Token));
    }

    [Fact]
    public async Task What_is_postponed_was_no_attempt()
    {
        long id = await AcceptAsync("1");
        Assert.Equal(1, await Inbox.PostponeAsync([id], "busy", Clock.Now.AddSeconds(15), Token));
        Assert.Empty(await Inbox.PendingAsync(Clock.Now, 9, Token));
        InboxRow row = Assert.Single(await Inbox.PendingAsync(Clock.Now.AddSeconds(15), 9, Token));
        Assert.Equal((0, "busy"), (row.Attempts, row.Detail));
    }

    [Fact]
    public async Task What_is_worth_a_second_look_comes_again_with_what_is_kept_for_it()
    {
        long id = await AcceptAsync("1");
        await Inbox.PutOffAsync([id], "503", Clock.Now, Token);
        Assert.Equal(1, await Inbox.AgainAsync(id, """{"hints":["again"]}""", Clock.Now.AddMinutes(5), Token));
        Assert.Empty(await Inbox.PendingAsync(Clock.Now, 9, Token));
        InboxRow row = Assert.Single(await Inbox.PendingAsync(Clock.Now.AddMinutes(5), 9, Token));
        Assert.Equal((0, null, """{"hints":["again"]}"""), (row.Attempts, row.Detail, row.HintsJson));
        await Inbox.DoneAsync([id], Token);
        Assert.Equal(0, await Inbox.AgainAsync(id, "{}", Clock.Now, Token));
    }

    [Fact]
    public async Task All_that_failed_is_replayed_at_once_and_nothing_else_is()
    {
        long[] ids = [await AcceptAsync("1"), await AcceptAsync("2"), await AcceptAsync("3")];
        await Inbox.GiveUpAsync(ids[..2], "no", Token);
        await Inbox.DoneAsync(ids[2..], Token);
        Assert.Equal(0, await Inbox.ReplayFailedAsync("another", Token));
        Assert.Equal(2, await Inbox.ReplayFailedAsync("crm", Token));
        Assert.Equal(0, await Inbox.ReplayFailedAsync(null, Token));
        Assert.Equal(ids[..2], (await Inbox.PendingAsync(Clock.Now, 9, Token)).Select(r => r.Id));
    }

    [Fact]
    public async Task Runs_of_webhooks_that_left_no_trace_are_forgotten_and_no_others()
    {
        long[] runs = [await RunAsync(RunRow.Webhook), await RunAsync(RunRow.Webhook), await RunAsync("sync")];
        await Store.Journal.IntendAsync("daily", runs[1], [new($"{runs[1]}-1", new("crm", "people"), RecordKind.Person, 1, Verb.Create, FieldSet.Empty)], Token);
        Clock.Now = Clock.Now.AddHours(1);
        long late = await RunAsync(RunRow.Webhook);
        Assert.Equal(1, await Inbox.PruneRunsAsync(Clock.Now, Token));
        Assert.Equal([null, runs[1], runs[2], late], await Task.WhenAll(runs.Append(late).Select(async r => (await Store.Runs.FindAsync(r, Token))?.Id)));

        async Task<long> RunAsync(string kind)
        {
            long id = await Store.Runs.StartAsync("daily", kind, Token);
            await Store.Runs.FinishAsync(id, RunState.Done, RunTally.Empty, null, Token);
            return id;
        }
    }

    [Fact]
    public async Task Any_number_of_runs_is_forgotten_but_for_one_that_a_failure_is_from()
    {
        long failed = 0;
        for (int i = 0; i < 502; i++)
        {
            failed = await Store.Runs.StartAsync("daily", RunRow.Webhook, Token);
            await Store.Runs.FinishAsync(failed, RunState.Done, RunTally.Empty, null, Token);
        }
        await using (IHubSession session = await Store.Hub.BeginAsync(Token))
        {
            await session.SaveAsync(new() { DeadLetters = { new(new("daily", "crm", "person/42"), RecordKind.Person, "loading", "invalid-email", "The address is not one.", failed) } }, Token);
            await session.CommitAsync(Token);
        }
        Assert.Equal(501, await Inbox.PruneRunsAsync(Clock.Now.AddHours(1), Token));
        Assert.NotNull(await Store.Runs.FindAsync(failed, Token));
    }

    [Fact]
    public async Task What_is_done_can_be_replayed_too()
    {
        long id = await AcceptAsync("1");
        await Inbox.DoneAsync([id], Token);
        await Inbox.ReplayAsync([id], Token);
        Assert.Null(Assert.Single(await Inbox.PendingAsync(Clock.Now, 9, Token)).DoneAt);
    }

    [Fact]
    public async Task A_listing_keeps_to_connection_and_state_and_goes_on()
    {
        long[] ids = [await AcceptAsync("1"), await AcceptAsync("2", "mail"), await AcceptAsync("3"), await AcceptAsync("4")];
        await Inbox.DoneAsync([ids[0]], Token);
        Assert.Equal([ids[3], ids[2]], (await Inbox.ListAsync(null, null, null, 2, Token)).Select(r => r.Id));
        Assert.Equal([ids[1], ids[0]], (await Inbox.ListAsync(null, null, ids[2], 9, Token)).Select(r => r.Id));
        Assert.Equal([ids[3], ids[2]], (await Inbox.ListAsync("crm", InboxState.Pending, null, 9, Token)).Select(r => r.Id));
        Assert.Equal([new("crm", InboxState.Done, 1), new("crm", InboxState.Pending, 2), new("mail", InboxState.Pending, 1)], await Inbox.CountsAsync(Token));
    }

    [Fact]
    public async Task Pruning_takes_what_was_done_before_and_nothing_else()
    {
        long[] ids = [await AcceptAsync("1"), await AcceptAsync("2"), await AcceptAsync("3"), await AcceptAsync("4")];
        await Inbox.DoneAsync([ids[0]], Token);
        await Inbox.GiveUpAsync([ids[1]], null, Token);
        DateTimeOffset then = Clock.Now = Clock.Now.AddDays(1);
        await Inbox.DoneAsync([ids[2]], Token);
        Assert.Equal(1, await Inbox.PruneAsync(then, Token));
        Assert.Equal([ids[3], ids[2], ids[1]], (await Inbox.ListAsync(null, null, null, 9, Token)).Select(r => r.Id));
        (long again, bool isNew) = await Inbox.AcceptAsync("crm", "1", "{}", default, Token);
        Assert.True(isNew && again > ids[3]);
    }

    [Fact]
    public async Task Pruning_takes_any_number()
    {
        (long Id, bool)[] kept = await Task.WhenAll(Enumerable.Range(0, 1_001).Select(i => Inbox.AcceptAsync("crm", $"d{i}", "{}", default, Token)));
        await Inbox.DoneAsync([.. kept.Skip(1).Select(k => k.Id)], Token);
        Assert.Equal(1_000, await Inbox.PruneAsync(Clock.Now.AddDays(1), Token));
        Assert.Equal(kept[0].Id, Assert.Single(await Inbox.ListAsync(null, null, null, 9, Token)).Id);
    }

    [Fact]
    public async Task A_delivery_as_text_says_nothing_of_what_is_in_it()
    {
        (long id, _) = await Inbox.AcceptAsync("crm", "1", """{"email":"ada@example.com"}""", default, Token);
        Assert.Equal($"delivery {id} of crm (pending)", (await Inbox.FindAsync(id, Token))!.ToString());
    }

    [Theory]
    [InlineData("SELECT id, hints FROM inbox WHERE state = 'pending' AND (due_at IS NULL OR due_at <= 5) ORDER BY id LIMIT 9", "inbox_pending")]
    [InlineData("SELECT connection, state, COUNT(*) FROM inbox GROUP BY connection, state ORDER BY connection, state", "COVERING INDEX inbox_state")]
    [InlineData("SELECT id FROM inbox WHERE state = 'done' AND done_at < 5 LIMIT 9", "inbox_done")]
    public async Task A_walk_uses_its_index_and_sorts_nothing(string sql, string index) =>
        Assert.Contains(index, Assert.Single(await Database.Writer!.On.Of($"EXPLAIN QUERY PLAN {sql}").With().ListAsync(r => r.GetString(3), Token)), StringComparison.Ordinal);

    private async Task<long> AcceptAsync(string deliveryId, string connection = "crm") => (await Inbox.AcceptAsync(connection, deliveryId, "{}", new byte[] { 1, 2, 3 }, Token)).Id;
}
