using Syncline.Extraction;
using Syncline.Records;
using Xunit;

namespace Syncline.Conformance.Sources;

/// <summary>What every source must keep to. A connector's tests inherit it and say how to make its world.</summary>
public abstract class SourceConformance
{
    private const int PageSize = 2;
    private const int Records = 7;

    private static readonly TimeSpan Later = TimeSpan.FromMinutes(20);

    /// <summary>An empty world of its own.</summary>
    protected abstract Task<SourceWorld> NewWorldAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_reading_shows_every_record_once()
    {
        (SourceWorld world, List<RecordKey> added) = await FilledAsync();
        IReadOnlyList<Page> pages = await new CommittedPages(world.OtherStreams).RunAsync(world.Open(PageSize), Token);

        List<RecordKey> read = [.. pages.SelectMany(p => p.Records).Select(r => r.Key)];
        Assert.Equal(read.Distinct(), read);
        Assert.Subset(read.ToHashSet(), added.ToHashSet());
        Assert.True(pages[^1].CompletesSweep);
        Assert.DoesNotContain(pages.SkipLast(1), p => p.CompletesSweep);
    }

    [Fact]
    public async Task Records_are_of_the_kinds_and_the_connection_that_the_stream_declares()
    {
        (SourceWorld world, _) = await FilledAsync();
        ISource source = world.Open(PageSize);
        CommittedPages committed = new(world.OtherStreams);
        await committed.RunAsync(source, Token);

        Assert.All(committed.Records.Values, r => Assert.Contains(r.Kind, source.Stream.Kinds));
        Assert.All(committed.Records.Keys, k => Assert.Equal(source.Stream.Id.Connection, k.Connection));
    }

    [Fact]
    public async Task An_empty_world_is_read_to_its_end()
    {
        SourceWorld world = await NewWorldAsync();
        IReadOnlyList<Page> pages = await new CommittedPages(world.OtherStreams).RunAsync(world.Open(PageSize), Token);
        Assert.Empty(pages.SelectMany(p => p.Records));
    }

    [Fact]
    public async Task A_crash_before_any_page_is_committed_loses_nothing_and_keeps_what_was_committed()
    {
        int pages = await CountPagesAsync();
        Assert.True(pages > 2, "The world must need several pages for this fact to say anything.");
        for (int crash = 0; crash < pages; crash++)
        {
            (SourceWorld world, _) = await FilledAsync();
            CommittedPages committed = new(world.OtherStreams);
            await CrashAsync(world.Open(PageSize), committed, crash);
            IReadOnlyList<Page> rest = await committed.RunAsync(world.Open(PageSize), Token);

            await AssertHoldsEverythingAsync(world, committed);
            int again = rest.SelectMany(p => p.Records).Select(r => r.Key).Distinct().Count();
            if (crash > 1) Assert.True(again < committed.Records.Count, $"After {crash} committed pages everything was read from the start.");
        }
    }

    [Fact]
    public async Task A_page_that_is_read_again_holds_the_same_records()
    {
        (SourceWorld world, _) = await FilledAsync();
        CommittedPages committed = new(world.OtherStreams);
        await CrashAsync(world.Open(PageSize), committed, pages: 1);

        Page first = await FirstPageAsync(world.Open(PageSize), committed.Request());
        Page again = await FirstPageAsync(world.Open(PageSize), committed.Request());
        AssertSame(first.Records, again.Records);
    }

    [Fact]
    public async Task Keys_and_fields_are_the_same_in_every_reading()
    {
        (SourceWorld world, _) = await FilledAsync();
        AssertSame((await EverythingAsync(world, PageSize)).Values, (await EverythingAsync(world, PageSize + 1)).Values);
    }

    [Fact]
    public async Task An_unchanged_world_shows_nothing_new()
    {
        (SourceWorld world, _) = await FilledAsync();
        CommittedPages committed = new(world.OtherStreams);
        await committed.RunAsync(world.Open(PageSize), Token);
        Dictionary<RecordKey, RemoteRecord> before = new(committed.Records);

        world.Pass(Later);
        await committed.RunAsync(world.Open(PageSize), Token);
        AssertSame(before.Values, committed.Records.Values);
    }

    [Fact]
    public async Task An_incremental_reading_sees_what_was_added_and_what_changed()
    {
        (SourceWorld world, List<RecordKey> added) = await FilledAsync();
        CommittedPages committed = new(world.OtherStreams);
        await committed.RunAsync(world.Open(PageSize), Token);
        Dictionary<RecordKey, RemoteRecord> before = new(committed.Records);

        world.Pass(Later);
        RecordKey changed = await world.ChangeRecordAsync(added[1], Token);
        RecordKey another = await world.AddRecordAsync(Token);
        await committed.RunAsync(world.Open(PageSize), Token);

        Assert.Contains(another, committed.Records);
        Assert.Contains(changed, committed.Records);
        Assert.NotEqual(before.GetValueOrDefault(changed)?.Fields, committed.Records[changed].Fields);
        await AssertHoldsEverythingAsync(world, committed);
    }

    [Fact]
    public async Task A_full_reading_ignores_the_cursor_and_shows_every_record_once()
    {
        (SourceWorld world, List<RecordKey> added) = await FilledAsync();
        CommittedPages committed = new(world.OtherStreams);
        await committed.RunAsync(world.Open(PageSize), Token);

        IReadOnlyList<Page> pages = await committed.RunAsync(world.Open(PageSize), Token, committed.Request() with { IsFull = true });
        List<RecordKey> read = [.. pages.SelectMany(p => p.Records).Select(r => r.Key)];
        Assert.Equal(read.Distinct(), read);
        Assert.Subset(read.ToHashSet(), added.ToHashSet());
        Assert.True(pages[^1].CompletesSweep);
    }

    [Fact]
    public async Task What_moves_during_a_reading_is_there_after_the_next_one()
    {
        int pages = await CountPagesAsync();
        for (int when = 1; when < pages; when++)
        {
            (SourceWorld world, List<RecordKey> added) = await FilledAsync();
            CommittedPages committed = new(world.OtherStreams);
            await committed.RunAsync(world.Open(PageSize), Token, between: n => n == when ? StirAsync(world, added) : Task.CompletedTask);
            world.Pass(Later);
            await committed.RunAsync(world.Open(PageSize), Token);
            await AssertHoldsEverythingAsync(world, committed);
        }
    }

    [Fact]
    public async Task Runs_limited_to_a_page_read_everything_in_the_end()
    {
        (SourceWorld world, _) = await FilledAsync();
        CommittedPages committed = new(world.OtherStreams);
        for (int run = 0; run < 3 * Records; run++)
        {
            IReadOnlyList<Page> pages = await committed.RunAsync(world.Open(PageSize), Token, committed.Request() with { MaxPages = 1 });
            Assert.True(pages.Count <= 1);
        }
        await AssertHoldsEverythingAsync(world, committed);
    }

    [Fact]
    public async Task Runs_limited_to_one_record_read_everything_in_the_end()
    {
        (SourceWorld world, List<RecordKey> added) = await FilledAsync();
        CommittedPages committed = new(world.OtherStreams);
        for (int run = 0; run < 3 * Records; run++)
        {
            IReadOnlyList<Page> pages = await committed.RunAsync(world.Open(PageSize), Token, committed.Request() with { MaxRecords = 1 });
            Assert.True(pages.SelectMany(p => p.Records).Select(r => r.Key).Intersect(added).Count() <= 1);
        }
        await AssertHoldsEverythingAsync(world, committed);
    }

    [Fact]
    public async Task A_cancelled_reading_stops_at_once()
    {
        (SourceWorld world, _) = await FilledAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using IAsyncEnumerator<Page> reading = world.Open(PageSize).ReadAsync(new CommittedPages(world.OtherStreams).Request(), stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await reading.MoveNextAsync());

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading.MoveNextAsync());
    }

    [Fact]
    public async Task A_bad_credential_stops_the_run_and_says_what_to_do()
    {
        (SourceWorld world, _) = await FilledAsync();
        if (world.OpenWithBadCredential(PageSize) is not { } source) return;
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => new CommittedPages(world.OtherStreams).RunAsync(source, Token));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.False(string.IsNullOrWhiteSpace(failure.Hint));
    }

    private async Task<(SourceWorld World, List<RecordKey> Added)> FilledAsync()
    {
        SourceWorld world = await NewWorldAsync();
        List<RecordKey> added = [];
        for (int i = 0; i < Records; i++) added.Add(await world.AddRecordAsync(Token));
        world.Pass(TimeSpan.FromSeconds(1));
        return (world, added);
    }

    private async Task<int> CountPagesAsync()
    {
        (SourceWorld world, _) = await FilledAsync();
        return (await new CommittedPages(world.OtherStreams).RunAsync(world.Open(PageSize), Token)).Count;
    }

    // The first record added, one in the middle and the last: wherever the reading stands, some are before it and some behind it.
    private static async Task StirAsync(SourceWorld world, List<RecordKey> added)
    {
        world.Pass(TimeSpan.FromSeconds(1));
        foreach (RecordKey key in (RecordKey[])[added[0], added[Records / 2], added[^1]]) await world.ChangeRecordAsync(key, Token);
        await world.AddRecordAsync(Token);
    }

    /// <summary>Commits so many pages, asks for one more and dies before it is committed.</summary>
    private static async Task CrashAsync(ISource source, CommittedPages committed, int pages)
    {
        await foreach (Page page in source.ReadAsync(committed.Request(), Token))
        {
            if (pages-- == 0) return;
            committed.Commit(page);
        }
    }

    private static async Task<Page> FirstPageAsync(ISource source, ReadRequest request)
    {
        await foreach (Page page in source.ReadAsync(request, Token)) return page;
        throw new InvalidOperationException("The reading yields no page at all.");
    }

    private static async Task<IReadOnlyDictionary<RecordKey, RemoteRecord>> EverythingAsync(SourceWorld world, int pageSize)
    {
        CommittedPages fresh = new(world.OtherStreams);
        await fresh.RunAsync(world.Open(pageSize), Token, fresh.Request() with { IsFull = true });
        return fresh.Records;
    }

    private static async Task AssertHoldsEverythingAsync(SourceWorld world, CommittedPages committed)
    {
        IReadOnlyDictionary<RecordKey, RemoteRecord> everything = await EverythingAsync(world, PageSize);
        AssertSame(everything.Values, committed.Records.Values.Where(r => everything.ContainsKey(r.Key)));
    }

    private static void AssertSame(IEnumerable<RemoteRecord> expected, IEnumerable<RemoteRecord> actual) => Assert.Equal(Lines(expected), Lines(actual));

    private static IEnumerable<string> Lines(IEnumerable<RemoteRecord> records) => records.Select(r => $"{r.Key}: {r.Fields}").Order(StringComparer.Ordinal);
}
