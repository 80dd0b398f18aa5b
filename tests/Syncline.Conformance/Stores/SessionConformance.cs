using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Conformance.Stores;

/// <summary>What the engine relies on in a transaction: all or nothing, one at a time, whatever ends it.</summary>
public abstract class SessionConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly StreamId People = new("acme", "people");

    /// <summary>One row of everything.</summary>
    private static HubChanges OneOfEach => new()
    {
        Golden = { Samples.Person(1, "Ada") },
        Links = { Samples.LinkTo(1, "a") },
        Keys = { (Samples.Email("ada@example.com"), 1) },
        Feed = { Samples.Renamed(1, "Ada") },
        DeadLetters = { Samples.Letter("person/1") },
        Versions = { (Samples.Key("a"), "v1") },
        Cursors = { (People, new("c1")) },
    };

    [Fact]
    public async Task Without_a_commit_nothing_has_happened()
    {
        await using (IHubSession session = await Store.Hub.BeginAsync(Token)) await session.SaveAsync(OneOfEach, Token);
        await AssertAsync(Store, isThere: false);
    }

    [Fact]
    public async Task After_a_commit_all_of_it_is_there_for_good()
    {
        await SaveAsync(OneOfEach);
        await AssertAsync(Store, isThere: true);
        Reopen();
        await AssertAsync(Store, isThere: true);
    }

    [Fact]
    public async Task A_killed_process_leaves_what_was_committed_before()
    {
        await SaveAsync(new() { Golden = { Samples.Person(8, "Before") } });
        IHubSession session = await Store.Hub.BeginAsync(Token);
        await session.SaveAsync(OneOfEach, Token);
        KillAndReopen();
        await AssertAsync(Store, isThere: false);
        Assert.Single(await Store.Hub.LoadAsync([8], Token));
        await SaveAsync(OneOfEach);
        await AssertAsync(Store, isThere: true);
    }

    [Fact]
    public async Task A_process_killed_after_a_commit_loses_nothing()
    {
        await SaveAsync(OneOfEach);
        KillAndReopen();
        await AssertAsync(Store, isThere: true);
    }

    [Fact]
    public async Task A_session_sees_what_it_has_saved_and_others_do_not()
    {
        await using IHubSession session = await Store.Hub.BeginAsync(Token);
        await session.SaveAsync(OneOfEach, Token);
        Assert.Single(await session.LoadAsync([1], Token));
        Assert.Single(await session.FindLinksAsync([Samples.Key("a")], Token));
        Assert.Single(await session.FindOwnersAsync([Samples.Email("ada@example.com")], Token));
        await AssertAsync(Store, isThere: false);
        await session.CommitAsync(Token);
        await AssertAsync(Store, isThere: true);
    }

    [Fact]
    public async Task Ids_are_consecutive_and_never_given_twice()
    {
        long first = await ReserveAsync(10, commit: true);
        long second = await ReserveAsync(1, commit: true);
        Reopen();
        long third = await ReserveAsync(5, commit: true);
        Assert.Equal((first + 10, first + 11), (second, third));
        Assert.True(first > 0);
    }

    [Fact]
    public async Task A_second_session_waits_for_the_first_and_goes_on_in_order()
    {
        List<string> order = [];
        IHubSession first = await Store.Hub.BeginAsync(Token);
        Task second = AppendAsync("second"), third = AppendAsync("third");
        Assert.False(second.IsCompleted || third.IsCompleted);
        order.Add("first");
        await first.DisposeAsync();
        await Task.WhenAll(second, third);
        Assert.Equal(["first", "second", "third"], order);

        async Task AppendAsync(string name)
        {
            await using IHubSession session = await Store.Hub.BeginAsync(Token);
            order.Add(name);
        }
    }

    [Fact]
    public async Task The_journal_waits_behind_an_open_session()
    {
        IHubSession session = await Store.Hub.BeginAsync(Token);
        Task offset = Store.Journal.SaveOffsetAsync("reader", 4, Token);
        Assert.False(offset.IsCompleted);
        await session.CommitAsync(Token);
        await session.DisposeAsync();
        await offset;
        Assert.Equal(4, await Store.Journal.FindOffsetAsync("reader", Token));
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_hold_up_the_others()
    {
        using CancellationTokenSource impatience = new();
        IHubSession first = await Store.Hub.BeginAsync(Token);
        Task<IHubSession> gone = Store.Hub.BeginAsync(impatience.Token);
        Task later = Store.Journal.SaveOffsetAsync("reader", 4, Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await first.DisposeAsync();
        await later;
    }

    [Fact]
    public async Task A_thousand_waiters_all_get_their_turn()
    {
        IHubSession first = await Store.Hub.BeginAsync(Token);
        List<Task> waiting = [.. Enumerable.Range(1, 1_000).Select(i => Store.Journal.SaveOffsetAsync("reader", i, Token))];
        await first.DisposeAsync();
        await Task.WhenAll(waiting);
        Assert.Equal(1_000, await Store.Journal.FindOffsetAsync("reader", Token));
    }

    [Fact]
    public async Task Another_process_reads_what_is_committed_while_this_one_writes()
    {
        OpenStore other = OpenAnother();
        await using IHubSession session = await Store.Hub.BeginAsync(Token);
        await session.SaveAsync(OneOfEach, Token);
        await AssertAsync(other, isThere: false);
        await session.CommitAsync(Token);
        await AssertAsync(other, isThere: true);
    }

    [Fact]
    public async Task Two_processes_write_in_turns_and_the_feed_stays_in_order()
    {
        OpenStore other = OpenAnother();
        for (int i = 1; i <= 10; i++) await SaveAsync(i % 2 == 0 ? other : Store, new() { Feed = { Samples.Renamed(i, "N") } });
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), (await Store.Hub.ReadFeedAsync(0, 100, Token)).Select(e => e.Change.GoldenId));
    }

    [Fact]
    public async Task A_finished_session_writes_nothing_more()
    {
        IHubSession session = await Store.Hub.BeginAsync(Token);
        await session.CommitAsync(Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.SaveAsync(OneOfEach, Token));
        await session.DisposeAsync();
        await session.DisposeAsync();
        await AssertAsync(Store, isThere: false);
    }

    private async Task<long> ReserveAsync(int count, bool commit)
    {
        await using IHubSession session = await Store.Hub.BeginAsync(Token);
        long first = await session.ReserveIdsAsync(count, Token);
        if (commit) await session.CommitAsync(Token);
        return first;
    }

    private static async Task AssertAsync(OpenStore store, bool isThere)
    {
        int expected = isThere ? 1 : 0;
        Assert.Equal(expected, (await store.Hub.LoadAsync([1], Token)).Count);
        Assert.Equal(expected, (await store.Hub.LinksOfAsync([1], Token)).Count);
        Assert.Equal(expected, (await store.Hub.ReadFeedAsync(0, 10, Token)).Count);
        Assert.Equal(expected, (await store.Hub.FindAsync(People, ["a"], Token)).Count);
        Assert.Equal(expected, (await store.Journal.DeadLettersAsync(null, skipped: false, 10, Token)).Count);
        Assert.Equal(isThere, await store.Hub.FindCursorAsync(People, Token) is not null);
    }
}
