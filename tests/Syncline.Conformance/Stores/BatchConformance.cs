using Syncline.Enriching;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Conformance.Stores;

/// <summary>What the engine relies on where batches of questions are kept: an intent outlives the process, and what a batch brought is kept once.</summary>
public abstract class BatchConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly BatchedRecord[] Records = [new(7, 0, "ada@example.com", "f1"), new(8, 0, "ada@example.com", "f2"), new(9, 1, "a\0b", "f3")];

    private static readonly KeptAnswer Known = new("ada@example.com", "f1", Samples.EveryType, Samples.Noon);

    [Fact]
    public async Task An_intent_comes_back_whole_from_a_killed_process()
    {
        EnrichmentBatch intended = await IntendAsync();
        KillAndReopen();
        EnrichmentBatch batch = Assert.Single(await Store.Batches.ListAsync("supplier", Token));
        Assert.Equal(intended, batch);
        Assert.Equal((BatchState.Intended, (string?)null, 2, 1.250001m, "daily", Clock.Now), (batch.State, batch.RemoteId, batch.Questions, batch.Most, batch.Sync, batch.At));
        Assert.Equal(Records, await Store.Batches.RecordsAsync(batch.Ordinal, Token));
    }

    [Fact]
    public async Task An_id_is_kept_and_an_ordinal_never_given_twice()
    {
        EnrichmentBatch first = await IntendAsync();
        await Store.Batches.StartAsync(first.Ordinal, "b1", Token);
        KillAndReopen();
        Assert.Equal(first with { State = BatchState.UnderWay, RemoteId = "b1" }, Assert.Single(await Store.Batches.ListAsync("supplier", Token)));
        await Store.Batches.EndAsync(first.Ordinal, Token);
        Assert.Empty(await Store.Batches.ListAsync("supplier", Token));
        Assert.Empty(await Store.Batches.RecordsAsync(first.Ordinal, Token));
        Assert.True((await IntendAsync()).Ordinal > first.Ordinal);
    }

    [Fact]
    public async Task Records_are_under_way_until_their_answers_are_kept()
    {
        EnrichmentBatch batch = await IntendAsync();
        Assert.Equal([7, 9], (await Store.Batches.UnderWayAsync("supplier", [7, 9, 10], Token)).Order());
        Assert.Empty(await Store.Batches.UnderWayAsync("other", [7], Token));
        await Store.Batches.StartAsync(batch.Ordinal, "b1", Token);
        Assert.Equal([8], await Store.Batches.UnderWayAsync("supplier", [8], Token));
        await Store.Batches.CollectAsync(batch, [Known], [], 1, Token);
        Assert.Empty(await Store.Batches.UnderWayAsync("supplier", [7, 8, 9], Token));
    }

    [Fact]
    public async Task What_a_batch_brought_is_kept_and_paid_once_by_whichever_process()
    {
        EnrichmentBatch batch = await IntendAsync();
        await Store.Batches.StartAsync(batch.Ordinal, "b1", Token);
        OpenStore other = OpenAnother();
        Assert.True(await Store.Batches.CollectAsync(batch, [Known], [1], 0.75m, Token));
        Assert.False(await other.Batches.CollectAsync(batch, [Known with { Fingerprint = "f9" }], [1], 0.75m, Token));
        KillAndReopen();
        Assert.Equal(0.75m, await Store.Enrichments.SpentAsync("supplier", default, Token));
        Assert.Equal(Known, (await Store.Enrichments.FindAsync("supplier", RecordKind.Person, [Known.Key], Token))[Known.Key]);
        Assert.Equal(BatchState.Collected, Assert.Single(await Store.Batches.ListAsync("supplier", Token)).State);
        // Those whose question failed have no answer to be merged.
        Assert.Equal([7, 8], (await Store.Batches.RecordsAsync(batch.Ordinal, Token)).Select(r => r.GoldenId));
    }

    [Fact]
    public async Task A_record_in_a_batch_is_enriching_and_its_failure_is_not_due()
    {
        await SaveAsync(new()
        {
            Golden = { new(7, RecordKind.Person, FieldSet.Of(("full_name", FieldValue.Of("Ada")))) },
            DeadLetters = { new(new("daily", "supplier", "person/7"), RecordKind.Person, DeadLetter.EnrichingStage, "expired", "Late.", 1) { GoldenId = 7, At = Samples.Noon, RetryAt = Samples.Noon } },
        });
        Assert.Equal((ContactState.Failed, 1), (await StateAsync(), await CountDueAsync()));
        EnrichmentBatch batch = await IntendAsync();
        Assert.Equal((ContactState.Enriching, 0), (await StateAsync(), await CountDueAsync()));
        await Store.Batches.EndAsync(batch.Ordinal, Token);
        Assert.Equal((ContactState.Failed, 1), (await StateAsync(), await CountDueAsync()));
    }

    [Fact]
    public async Task A_failure_at_a_destination_is_not_hidden_by_a_batch()
    {
        await SaveAsync(new()
        {
            Golden = { new(7, RecordKind.Person, FieldSet.Of(("full_name", FieldValue.Of("Ada")))) },
            DeadLetters = { Samples.Letter("person/7") with { GoldenId = 7 } },
        });
        await IntendAsync();
        Assert.Equal(ContactState.Failed, await StateAsync());
    }

    private Task<EnrichmentBatch> IntendAsync() => Store.Batches.IntendAsync("supplier", RecordKind.Person, "daily", 1.250001m, Records, Token);

    private async Task<ContactState> StateAsync() => Assert.Single(await Store.Contacts.ListAsync(new(RecordKind.Person), 0, 10, Token)).State;

    private async Task<int> CountDueAsync() => (await Store.Journal.DueAsync("daily", "supplier", Samples.Noon, force: true, 10, Token)).Count;
}
