using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Conformance.Stores;

/// <summary>What the engine relies on in the journal: no write without a durable intent, no outcome without what follows from it.</summary>
public abstract class JournalConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public async Task An_intent_comes_back_whole_from_a_killed_process()
    {
        Operation operation = new("op-1", new("acme", "people"), RecordKind.Note, 42, Verb.Replace, Samples.EveryType)
        {
            RemoteId = "r/1", Desired = Samples.EveryType, Before = FieldSet.Of(("name", FieldValue.Of("Old"))), Cleared = ["phone", "odd \" name"], RemovesListValues = true,
        };
        await Store.Journal.IntendAsync("daily", 5, [operation], Token);
        KillAndReopen();
        JournalEntry entry = Assert.Single(await Store.Journal.OpenIntentsAsync("acme", Token));
        Assert.Equal(operation.Cleared, entry.Operation.Cleared);
        Assert.Equal(operation, entry.Operation with { Cleared = operation.Cleared });
        Assert.Equal((5L, "daily", OperationState.Intended, Clock.Now), (entry.RunId, entry.Sync, entry.State, entry.At));
    }

    [Fact]
    public async Task Open_intents_are_those_of_the_connection_oldest_first_until_they_are_settled()
    {
        Operation elsewhere = Samples.Create("x") with { Stream = new("other", "people") };
        await Store.Journal.IntendAsync("daily", 5, [Samples.Create("b"), Samples.Create("a"), elsewhere, Samples.Create("c")], Token);
        await Store.Journal.SettleAsync([Samples.Done("a", "r1")], Token);
        Assert.Equal(["b", "c"], (await Store.Journal.OpenIntentsAsync("acme", Token)).Select(e => e.Operation.Id));
    }

    [Theory]
    [InlineData(OperationState.Done)]
    [InlineData(OperationState.Refused)]
    [InlineData(OperationState.Dropped)]
    [InlineData(OperationState.Undone)]
    public async Task An_outcome_is_kept_with_its_time_and_detail(OperationState state)
    {
        await Store.Journal.IntendAsync("daily", 5, [Samples.Create("a")], Token);
        Clock.Now += TimeSpan.FromSeconds(9);
        await Store.Journal.SettleAsync([new("a", state, "r1", "why")], Token);
        Reopen();
        JournalEntry entry = Assert.Single(await Store.Journal.OfRecordAsync(1, Token));
        Assert.Equal((state, "r1", "why", Clock.Now), (entry.State, entry.RemoteId, entry.Detail, entry.At));
        Assert.Empty(await Store.Journal.OpenIntentsAsync("acme", Token));
    }

    [Fact]
    public async Task A_later_state_keeps_the_remote_id()
    {
        await Store.Journal.IntendAsync("daily", 5, [Samples.Create("a")], Token);
        await Store.Journal.SettleAsync([Samples.Done("a", "r1")], Token);
        await Store.Journal.SettleAsync([new("a", OperationState.Undone, null, null)], Token);
        Assert.Equal("r1", Assert.Single(await Store.Journal.OfRecordAsync(1, Token)).RemoteId);
    }

    [Fact]
    public async Task What_follows_from_an_outcome_is_saved_with_it()
    {
        await Store.Journal.IntendAsync("daily", 5, [Samples.Create("a")], Token);
        Link link = Samples.LinkTo(1, "r1") with { IsOurs = true };
        await Store.Journal.SettleAsync([Samples.Done("a", "r1") with { Changes = new() { Links = { link } } }], Token);
        Assert.Equal(link, Assert.Single((await Store.Hub.LinksOfAsync([1], Token))[1]));
    }

    [Fact]
    public async Task A_settlement_of_an_unknown_operation_takes_all_of_its_batch_back()
    {
        await Store.Journal.IntendAsync("daily", 5, [Samples.Create("a")], Token);
        Settlement known = Samples.Done("a", "r1") with { Changes = new() { Links = { Samples.LinkTo(1, "r1") } } };
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Journal.SettleAsync([known, Samples.Done("nobody")], Token));
        Assert.Single(await Store.Journal.OpenIntentsAsync("acme", Token));
        Assert.Empty(await Store.Hub.LinksOfAsync([1], Token));
    }

    [Fact]
    public async Task Operations_of_a_run_come_newest_first_however_many()
    {
        await Store.Journal.IntendAsync("daily", 5, [.. Enumerable.Range(1, 1_200).Select(i => Samples.Create($"{i}"))], Token);
        await Store.Journal.IntendAsync("daily", 6, [Samples.Create("other run")], Token);
        List<string> ids = await Store.Journal.OfRunAsync(5, Token).Select(e => e.Operation.Id).ToListAsync(Token);
        Assert.Equal(Enumerable.Range(1, 1_200).Reverse().Select(i => $"{i}"), ids);
    }

    [Fact]
    public async Task Operations_on_a_record_come_oldest_first()
    {
        await Store.Journal.IntendAsync("daily", 5, [Samples.Create("b", 1), Samples.Create("x", 2)], Token);
        await Store.Journal.IntendAsync("weekly", 6, [Samples.Create("a", 1)], Token);
        Assert.Equal(["b", "a"], (await Store.Journal.OfRecordAsync(1, Token)).Select(e => e.Operation.Id));
    }

    [Fact]
    public async Task What_a_sync_created_is_listed_newest_first_unless_it_is_gone()
    {
        Operation update = Samples.Create("update") with { Verb = Verb.Update, RemoteId = "r9" };
        await IntendAndSettleAsync("kept", "undone", "refused", "deleted", "gone", "replaced", "kept too");
        await Store.Journal.IntendAsync("daily", 5, [Samples.Create("open"), update, Samples.Delete("d", "deleted"), Samples.Delete("d2", "replaced") with { Verb = Verb.Replace }], Token);
        await Store.Journal.IntendAsync("weekly", 6, [Samples.Create("of another sync")], Token);
        await Store.Journal.SettleAsync(
            [
                new("undone", OperationState.Undone, null, null), new("refused", OperationState.Refused, null, null), Samples.Done("update"),
                Samples.Done("d"), Samples.Done("d2", "replacement"), Samples.Done("of another sync", "r10"),
            ], Token);
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "gone") with { State = LinkState.Gone }, Samples.LinkTo(1, "kept") } });
        Assert.Equal(["replacement", "kept too", "kept"], await Store.Journal.CreatedBySyncAsync("daily", Token).Select(e => e.RemoteId).ToListAsync(Token));
    }

    [Fact]
    public async Task An_offset_is_zero_at_first_and_each_reader_has_its_own()
    {
        await Store.Journal.SaveOffsetAsync("a", 5, Token);
        await Store.Journal.SaveOffsetAsync("a", 7, Token);
        await Store.Journal.SaveOffsetAsync("b", 1, Token);
        Reopen();
        Assert.Equal((7L, 1L, 0L), (await Store.Journal.FindOffsetAsync("a", Token), await Store.Journal.FindOffsetAsync("b", Token), await Store.Journal.FindOffsetAsync("c", Token)));
    }

    private async Task IntendAndSettleAsync(params string[] ids)
    {
        await Store.Journal.IntendAsync("daily", 5, [.. ids.Select(i => Samples.Create(i))], Token);
        await Store.Journal.SettleAsync([.. ids.Select(i => Samples.Done(i, i))], Token);
    }
}
