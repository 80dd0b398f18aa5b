using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Syncs;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Loading;

/// <summary>A feed longer than the 5,000 changes that are looked at together; every chunk takes a tenth of a second to carry out.</summary>
public sealed class FollowingTheFeed
{
    private const int Window = 5_000, Chunk = 1_000;

    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    private static readonly OutboundRequest Request = new("sync", 1, new([SyncScope.WholeHub]));

    private readonly FakeClock _clock = new();
    private readonly MemoryHub _hub;
    private readonly MemoryJournal _journal;
    private readonly MemoryDestination _destination;
    private readonly List<(string Stream, long[] Ids, TimeSpan From, TimeSpan To)> _carriedOut = [];

    public FollowingTheFeed()
    {
        _hub = new(_clock);
        _journal = new(_hub, _clock, []);
        _destination = new(_clock, [], new(RecordKind.Company, "companies", ["name"]) { ReadBatch = Chunk }, new(RecordKind.Person, "people", ["name"]) { ReadBatch = Chunk });
    }

    private long Reached => _journal.FindOffsetAsync(Request.ReaderOf(_destination), CancellationToken.None).Result;

    [Fact]
    public void What_comes_behind_a_window_is_begun_while_the_end_of_it_is_under_way()
    {
        Change(RecordKind.Person, Window + Chunk);
        Run();
        // Three at a time: the sixth chunk, the next window's, runs beside the fourth and the fifth.
        Assert.Equal(2 * Tenth, _clock.Elapsed);
        Assert.Equal(Window + Chunk, _carriedOut.Sum(c => c.Ids.Length));
        Assert.Equal(Window + Chunk, Reached);
    }

    [Fact]
    public void What_the_next_window_refers_to_is_written_beside_this_window_s_last_records()
    {
        Change(RecordKind.Company, Chunk);
        Change(RecordKind.Person, Window - Chunk);
        long[] companies = Change(RecordKind.Company, Chunk), people = Change(RecordKind.Person, Chunk);
        Run();
        (_, _, TimeSpan from, TimeSpan to) = _carriedOut.Single(c => c.Ids.Contains(companies[0]));
        Assert.True(from < _carriedOut.Where(c => c.Stream == "people" && !c.Ids.Contains(people[0])).Max(c => c.To));
        Assert.True(to <= _carriedOut.Single(c => c.Ids.Contains(people[0])).From);
        // Companies of both, then four and one chunks of people, three at a time.
        Assert.Equal(3 * Tenth, _clock.Elapsed);
    }

    [Fact]
    public void A_place_in_the_feed_is_kept_once_all_before_it_is_done()
    {
        Change(RecordKind.Person, Window + Chunk);
        Assert.Throws<TimeoutException>(() => Run(failing: 5));
        Assert.Equal(0, Reached);
        // The one that was begun meanwhile is not left behind.
        Assert.Contains(_carriedOut, c => c.Ids.Contains(Window + 1));
    }

    [Fact]
    public void A_record_that_changes_again_is_not_planned_while_it_is_written()
    {
        long[] people = Change(RecordKind.Person, Window);
        Note(RecordKind.Person, people[^1]);
        Run();
        Assert.Equal([people[^1]], _carriedOut[^1].Ids);
        Assert.All(_carriedOut.SkipLast(1), c => Assert.True(c.To <= _carriedOut[^1].From));
    }

    [Fact]
    public void What_refers_to_a_record_waits_for_it_in_the_next_window_too()
    {
        Change(RecordKind.Company, Window);
        Change(RecordKind.Person, 1);
        Run();
        Assert.Equal("people", _carriedOut[^1].Stream);
        Assert.All(_carriedOut.SkipLast(1), c => Assert.True(c.To <= _carriedOut[^1].From));
    }

    [Fact]
    public void What_a_window_has_claimed_is_settled_before_the_next_one_is_planned()
    {
        long[] people = Change(RecordKind.Person, Window + 1);
        _destination.Put("people", "there", ("name", _hub.Golden[people[0]].Fields["full_name"]));
        Run();
        Assert.All(_carriedOut.SkipLast(1), c => Assert.True(c.To <= _carriedOut[^1].From));
    }

    private long[] Change(RecordKind kind, int count)
    {
        long[] ids = [.. Enumerable.Range(0, count).Select(i => _hub.Add(kind, ("full_name", FieldValue.Of($"{kind} {i}"))).Id)];
        foreach (long id in ids) Note(kind, id);
        return ids;
    }

    private void Note(RecordKind kind, long id) => _hub.Feed.Add(new(_hub.Feed.Count + 1, _clock.GetUtcNow(), new(id, kind, 1, [])));

    private void Run(int failing = 0)
    {
        MapSet maps = new MapSet().Add("crm", _destination.Streams.Select(s => new FieldMap(s.Kind, s.Stream, [new("name", "full_name")])));
        OutboundPipeline pipeline = new(_hub, _journal, _destination, new(_hub, _destination, maps, Request.Scope), _clock);
        int begun = 0;
        _clock.Run(() => pipeline.RunAsync(Request, CarryOutAsync, checkpoints: true, _ => { }, CancellationToken.None));

        async Task<RunTally> CarryOutAsync(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, CancellationToken cancellationToken)
        {
            bool fails = ++begun == failing;
            TimeSpan from = _clock.Elapsed;
            await Task.Delay(Tenth, _clock, cancellationToken);
            if (fails) throw new TimeoutException("the hub is busy");
            _carriedOut.Add((stream.Stream, [.. planned.Select(p => p.Golden.Id)], from, _clock.Elapsed));
            return RunTally.Empty;
        }
    }
}
