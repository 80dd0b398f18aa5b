using Syncline.Loading;
using Syncline.Records;
using static Syncline.Connectors.Tests.Quo.QuoFixture;

namespace Syncline.Connectors.Tests.Quo;

public sealed class LookingUpContacts : IDisposable
{
    private readonly QuoFixture _quo = new();

    public void Dispose() => _quo.Dispose();

    [Fact]
    public async Task Twenty_ids_are_one_call_with_the_key_repeated()
    {
        _quo.Fake.Add("p-3", """{"firstName":"Ada"}""");
        Found found = Assert.Single(await _quo.FindAsync([.. Ids(20)]));
        Assert.Equal((4L, "c1", "externalId", "Ada"), (found.GoldenId, found.Record.Key.Id, found.MatchedBy, found.Record.Fields["firstName"]!.Text));
        QuoCall call = Assert.Single(_quo.Fake.Calls);
        Assert.StartsWith("/v1/contacts?maxResults=50&externalIds=p-0&externalIds=p-1&", call.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_are_asked_after_at_once_and_only_those_who_are_there_are_fetched()
    {
        foreach (string id in Ids(25)) _quo.Fake.Add(id);
        IReadOnlyList<Found> found = await _quo.FindAsync([.. Ids(50)]);
        Assert.Equal(25, found.Select(f => f.GoldenId).Distinct().Count());
        Assert.Equal(["/contacts", "/v1/contacts", "/v1/contacts"], _quo.Fake.Calls.Select(c => c.Path.Split('?')[0]));
    }

    [Fact]
    public async Task Fifty_who_are_new_cost_one_call()
    {
        Assert.Empty(await _quo.FindAsync([.. Ids(50)]));
        Assert.Single(_quo.Fake.Calls);
    }

    [Fact]
    public async Task An_id_with_a_comma_is_asked_for_as_it_is()
    {
        _quo.Fake.Add("a,b");
        Assert.Single(await _quo.FindAsync(["a,b", .. Ids(30)]));
    }

    [Fact]
    public async Task Every_contact_with_the_id_is_handed_back_over_all_pages()
    {
        for (int i = 0; i < 60; i++) _quo.Fake.Add("p-1");
        Assert.Equal(60, (await _quo.FindAsync("p-1")).Count);
    }

    [Fact]
    public async Task Contacts_are_read_by_their_own_ids_and_one_that_is_gone_is_left_out()
    {
        _quo.Fake.Add("p-1");
        IReadOnlyDictionary<string, RemoteRecord> read = await _quo.Destination.ReadAsync(_quo.Contacts, ["c1", "c2"], TestContext.Current.CancellationToken);
        Assert.Equal("p-1", Assert.Single(read).Value.Fields["externalId"]!.Text);
    }

    [Fact]
    public async Task Reads_and_writes_share_ten_calls_a_second()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _quo.FindAsync($"p-{i}")));
        DateTimeOffset before = _quo.Clock.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _quo.CreateAsync(("externalId", Text($"p-{i}")))));
        Assert.True(_quo.Clock.GetUtcNow() - before >= TimeSpan.FromSeconds(4));
    }

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(0, count).Select(i => $"p-{i}");
}
