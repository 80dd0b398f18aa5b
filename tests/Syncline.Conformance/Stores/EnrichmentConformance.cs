using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Conformance.Stores;

/// <summary>What the engine relies on where paid answers are kept: nothing that was paid for is lost, or counted twice.</summary>
public abstract class EnrichmentConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly KeptAnswer Known = new("example.com", "f1", Samples.EveryType, Samples.Noon);

    [Fact]
    public async Task An_answer_comes_back_whole_from_a_killed_process()
    {
        KeptAnswer miss = new("nobody.example", "f2", null, Samples.Noon.AddHours(1));
        await Store.Enrichments.KeepAsync("supplier", RecordKind.Company, [Known, miss], 2.5m, Token);
        KillAndReopen();
        IReadOnlyDictionary<string, KeptAnswer> found = await Store.Enrichments.FindAsync("supplier", RecordKind.Company, ["example.com", "nobody.example", "other.example"], Token);
        Assert.Equal([Known, miss], found.OrderBy(f => f.Key).Select(f => f.Value));
    }

    [Fact]
    public async Task Answers_of_one_supplier_and_kind_are_no_others()
    {
        await Store.Enrichments.KeepAsync("supplier", RecordKind.Company, [Known], 1, Token);
        Assert.Empty(await Store.Enrichments.FindAsync("other", RecordKind.Company, [Known.Key], Token));
        Assert.Empty(await Store.Enrichments.FindAsync("supplier", RecordKind.Person, [Known.Key], Token));
    }

    [Fact]
    public async Task A_later_answer_takes_the_place_of_the_earlier()
    {
        await Store.Enrichments.KeepAsync("supplier", RecordKind.Company, [Known], 1, Token);
        KeptAnswer later = Known with { Fingerprint = "f9", Fields = null, At = Samples.Noon.AddDays(40) };
        await Store.Enrichments.KeepAsync("supplier", RecordKind.Company, [later], 1, Token);
        Assert.Equal(later, (await Store.Enrichments.FindAsync("supplier", RecordKind.Company, [Known.Key], Token))[Known.Key]);
    }

    [Fact]
    public async Task Costs_add_up_from_a_time_on()
    {
        await Store.Enrichments.KeepAsync("supplier", RecordKind.Company, [], 3, Token);
        DateTimeOffset month = Clock.Now += TimeSpan.FromDays(30);
        await Store.Enrichments.KeepAsync("supplier", RecordKind.Company, [], 0.000125m, Token);
        await Store.Enrichments.KeepAsync("supplier", RecordKind.Person, [], 2, Token);
        await Store.Enrichments.KeepAsync("other", RecordKind.Company, [], 7, Token);
        Assert.Equal((2.000125m, 5.000125m), (await Store.Enrichments.SpentAsync("supplier", month, Token), await Store.Enrichments.SpentAsync("supplier", default, Token)));
        Assert.Equal(0, await Store.Enrichments.SpentAsync("nobody", default, Token));
    }
}
