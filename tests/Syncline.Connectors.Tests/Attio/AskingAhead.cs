using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Attio;

public sealed class AskingAhead : IDisposable
{
    private const int PageSize = 30;

    private readonly AttioFixture _attio = new(("page_size", "30"));
    private readonly Versions _versions = new();

    public void Dispose() => _attio.Dispose();

    private List<FakeRecord> People => _attio.Fake.World.Records["people"];

    private IEnumerable<SeenCall> Queries => _attio.Fake.Calls.Where(c => c.Path.EndsWith("/query", StringComparison.Ordinal));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(29, 1)]
    [InlineData(30, 3)]
    [InlineData(31, 3)]
    [InlineData(80, 3)]
    [InlineData(81, 7)]
    [InlineData(400, 19)]
    public async Task Everybody_is_read_once_in_order_and_the_end_costs_a_few_calls_at_the_most(int count, int calls)
    {
        Add(count);
        List<Page> pages = await ReadAsync();
        Assert.Equal(People.Select(r => r.Id), Ids(pages));
        Assert.Equal([.. Enumerable.Repeat(false, pages.Count - 1), true], pages.Select(p => p.CompletesSweep));
        Assert.InRange(Queries.Count(), 1, calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(40)]
    public async Task Deletions_between_two_pages_asked_for_together_hide_nobody(int deleted)
    {
        Add(300);
        string[] all = [.. People.Select(r => r.Id)];
        HashSet<string> gone = [];
        _attio.Fake.Arriving = _ =>
        {
            if (Queries.Count() != 5) return;
            gone = [.. People.Take(deleted).Select(r => r.Id)];
            People.RemoveRange(0, deleted);
        };
        List<Page> pages = await ReadAsync();
        Assert.Equal(deleted, gone.Count);
        Assert.Equal(all, Ids(pages));
    }

    [Fact]
    public async Task When_the_very_rows_between_two_pages_are_deleted_nobody_else_is_missed()
    {
        Add(300);
        string[] all = [.. People.Select(r => r.Id)];
        // The last rows of the second page, which the third one should begin with.
        _attio.Fake.Arriving = _ =>
        {
            if (Queries.Count() == 3) People.RemoveRange(40, 25);
        };
        List<Page> pages = await ReadAsync();
        Assert.Empty(all.Except(all[40..65]).Except(Ids(pages)));
        Assert.Equal(Ids(pages).Length, Ids(pages).Distinct().Count());
    }

    [Fact]
    public async Task Rows_that_come_while_it_is_read_are_read_too()
    {
        Add(100);
        _attio.Fake.Arriving = _ =>
        {
            if (Queries.Count() == 3) Add(20);
        };
        Assert.Equal(120, Ids(await ReadAsync()).Distinct().Count());
    }

    [Fact]
    public async Task A_sweep_that_was_cut_goes_on_without_a_gap()
    {
        Add(200);
        List<Page> first = await _attio.ReadAllAsync("people", new(null) { Known = _versions, MaxPages = 3 });
        List<Page> rest = await _attio.ReadAllAsync("people", new(first[^1].Next) { Known = _versions });
        Assert.Equal(People.Select(r => r.Id), Ids(first.Concat(rest)));
    }

    [Fact]
    public async Task Many_rows_of_one_instant_are_read_once()
    {
        Add(20);
        Add(150, "2026-02-01T11:00:00.123456789Z");
        Add(20, "2026-02-01T12:00:00.000000000Z");
        List<Page> pages = await ReadAsync();
        Assert.Equal(People.Select(r => r.Id).Order(), Ids(pages).Order());
        Assert.InRange(Queries.Count(), 190 / PageSize, 20);
    }

    private Task<List<Page>> ReadAsync() => _attio.ReadAllAsync("people", new(null) { Known = _versions });

    private static string[] Ids(IEnumerable<Page> pages) => [.. pages.SelectMany(p => p.Records).Select(r => r.Key.Id)];

    private void Add(int count, string? createdAt = null)
    {
        for (int i = 0; i < count; i++)
        {
            int at = People.Count;
            _attio.Fake.World.Add("people", $$"""{"linkedin":["p{{at}}"]}""", createdAt ?? $"2026-02-01T10:{at / 60:00}:{at % 60:00}.000000001Z");
        }
    }
}
