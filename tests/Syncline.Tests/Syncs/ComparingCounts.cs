using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;
using Syncline.Tests.InMemory;
using Syncline.Conformance.Time;

namespace Syncline.Tests.Syncs;

public sealed class ComparingCounts
{
    private static readonly StreamId People = new("inbox", "people"), There = new("crm", "people");

    private readonly FakeClock _clock = new();
    private readonly MemoryHub _hub;

    public ComparingCounts() => _hub = new(_clock);

    [Fact]
    public async Task A_sync_that_has_everything_is_in_order()
    {
        Link(People, "1", "2");
        Link(There, "a", "b");
        AuditCount count = await CompareAsync(new Listing(People, "1", "2"), new Listing(There, "a", "b", "somebody else's"));
        Assert.Equal([new("inbox/people", 2, 0, 0), new StreamCount("crm/people", 2, 0, 0)], count.Streams);
        Assert.Equal(0, count.Share);
    }

    [Fact]
    public async Task What_was_never_read_is_missing_and_what_was_removed_is_too_many()
    {
        Link(People, "1", "2", "3");
        AuditCount count = await CompareAsync(new Listing(People, "1", "4"));
        Assert.Equal(new StreamCount("inbox/people", 4, 1, 2), Assert.Single(count.Streams));
        Assert.Equal((3L, 0.75), (count.Missing + count.Extra, count.Share));
    }

    [Fact]
    public async Task What_changed_after_the_last_run_is_not_missing_yet()
    {
        AuditCount count = await CompareAsync(new Listing(People, "1") { ModifiedAt = _clock.GetUtcNow() });
        Assert.Equal((1L, 0L), (count.Compared, count.Missing));
        Assert.Equal(1, (await CompareAsync(new Listing(People, "1") { ModifiedAt = _clock.GetUtcNow().AddSeconds(-1) })).Missing);
    }

    [Fact]
    public async Task What_was_written_and_is_no_longer_there_is_missing()
    {
        Link(There, "a", "b");
        AuditCount count = await CompareAsync(new Listing(People), new Listing(There, "a"));
        Assert.Equal(new StreamCount("crm/people", 2, 1, 0), count.Streams[1]);
    }

    [Fact]
    public async Task A_listing_of_some_of_them_proves_nothing_where_single_ones_can_be_asked_for()
    {
        Link(There, "a", "b", "c");
        AuditCount count = await CompareAsync(new Listing(People), new Asked(There, "a") { Present = ["b"] });
        Assert.Equal(new StreamCount("crm/people", 3, 1, 0), count.Streams[1]);
    }

    [Fact]
    public async Task A_reading_that_shows_some_of_them_alone_is_not_compared_with()
    {
        Link(People, "1", "2");
        Link(There, "a", "b");
        AuditCount count = await CompareAsync(new Listing(People, "1") { IsCensus = false }, new Listing(There, "a") { IsCensus = false });
        Assert.Equal(new StreamCount("inbox/people", 1, 0, 0), Assert.Single(count.Streams));
    }

    [Fact]
    public async Task What_is_known_to_be_gone_is_no_drift()
    {
        Link(There, "a");
        _hub.Add(_hub.Links[There.Key("a")] with { State = LinkState.Gone });
        Assert.Equal(0, (await CompareAsync(new Listing(People), new Listing(There))).Compared);
    }

    private Task<AuditCount> CompareAsync(ISource source, params ISource[] written) =>
        new Audit(_hub, new MemoryJournal(_hub, _clock, [])) { ReadUntil = _clock.GetUtcNow(), FindsAbsent = true }.CompareAsync("daily", [source], written, TestContext.Current.CancellationToken);

    private void Link(StreamId stream, params string[] ids)
    {
        foreach (string id in ids) _hub.Add(new Link(stream.Key(id), RecordKind.Person, _hub.Add(RecordKind.Person).Id));
    }

    private class Listing(StreamId stream, params string[] ids) : ISource
    {
        public StreamDescriptor Stream => new(stream, [RecordKind.Person]) { IsCensus = IsCensus };

        public bool IsCensus { get; init; } = true;

        public DateTimeOffset? ModifiedAt { get; init; }

        public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield return new([.. ids.Select(id => new RemoteRecord(stream.Key(id), RecordKind.Person, FieldSet.Empty) { ModifiedAt = ModifiedAt })], new(""));
        }
    }

    private sealed class Asked(StreamId stream, params string[] ids) : Listing(stream, ids), IPointSource
    {
        private readonly StreamId _stream = stream;

        public required string[] Present { get; init; }

        public Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RemoteRecord>>([.. Present.Intersect(ids).Select(id => new RemoteRecord(_stream.Key(id), RecordKind.Person, FieldSet.Empty))]);
    }
}
