using Syncline.Composition.Telling;
using Syncline.Server.Figures;
using Syncline.Syncs;

namespace Syncline.Server.Tests.Figures;

public sealed class SpreadingRunsOverTime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void A_day_is_24_hours_with_the_one_that_is_going_on()
    {
        IReadOnlyList<DateTimeOffset> edges = Throughput.Edges(ThroughputSpan.Day, Now, TimeZoneInfo.Utc);
        Assert.Equal((25, Now.AddHours(-23.5), Now.AddHours(0.5)), (edges.Count, edges[0], edges[^1]));
    }

    [Fact]
    public void A_week_is_seven_days_of_the_servers_own_zone_also_where_the_clocks_change()
    {
        IReadOnlyList<DateTimeOffset> edges = Throughput.Edges(ThroughputSpan.Week, new(2026, 10, 27, 23, 30, 0, TimeSpan.Zero), Paris);
        Assert.Equal(8, edges.Count);
        Assert.All(edges, e => Assert.Equal(TimeSpan.Zero, e.TimeOfDay));
        Assert.Equal(new DateTimeOffset(2026, 10, 29, 0, 0, 0, TimeSpan.FromHours(1)), edges[^1]);
        Assert.Equal([24, 24, 24, 25, 24, 24, 24], edges.Zip(edges.Skip(1), (a, b) => (b - a).TotalHours));
    }

    [Fact]
    public void A_run_within_an_hour_is_in_that_hour()
    {
        SyncThroughput sync = Assert.Single(Of(Run(Now.AddHours(-2), Now.AddHours(-2).AddMinutes(5), read: 10, written: 4)));
        ThroughputBucket bucket = Assert.Single(sync.Buckets, b => b.Read > 0);
        Assert.Equal((Now.AddHours(-2.5), 10L, 4L), (bucket.From, bucket.Read, bucket.Written));
    }

    [Fact]
    public void A_long_run_is_spread_over_its_hours_and_no_record_is_lost()
    {
        SyncThroughput sync = Assert.Single(Of(Run(Now.AddHours(-3), Now.AddHours(-1), read: 101, written: 7)));
        Assert.Equal([25L, 50L, 26L], sync.Buckets.Where(b => b.Read > 0).Select(b => b.Read));
        Assert.Equal((101L, 7L), (sync.Read, sync.Written));
    }

    [Fact]
    public void A_run_under_way_has_done_what_it_did_until_now()
    {
        SyncThroughput sync = Assert.Single(Of(Run(Now.AddHours(-1), null, read: 60, written: 0)));
        Assert.Equal([30L, 30L], sync.Buckets.Where(b => b.Read > 0).Select(b => b.Read));
    }

    [Fact]
    public void Of_an_interrupted_run_only_the_start_is_known()
    {
        SyncThroughput sync = Assert.Single(Of(Run(Now.AddHours(-5), null, read: 60, written: 0) with { State = RunState.Interrupted }));
        Assert.Equal(Now.AddHours(-5.5), Assert.Single(sync.Buckets, b => b.Read == 60).From);
    }

    [Fact]
    public void What_was_done_before_is_left_out()
    {
        Assert.Empty(Of(Run(Now.AddDays(-3), Now.AddDays(-2), read: 5, written: 5)));
        Assert.Equal(15, Assert.Single(Of(Run(Now.AddHours(-24.5), Now.AddHours(-22.5), read: 30, written: 0))).Read);
    }

    [Fact]
    public void Syncs_are_told_apart_and_one_that_did_nothing_is_not_shown() =>
        Assert.Equal(["a", "b"], Of(Run(Now, Now, 1, 0) with { Sync = "b" }, Run(Now, Now, 0, 0) with { Sync = "c" }, Run(Now, Now, 0, 1) with { Sync = "a" }).Select(s => s.Sync));

    [Fact]
    public void Another_span_is_refused_by_name() => Assert.Contains("'1y'", Assert.Throws<UsageException>(() => Throughput.Read("1y")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<SyncThroughput> Of(params RunRow[] runs) => Throughput.Of(runs, Throughput.Edges(ThroughputSpan.Day, Now, TimeZoneInfo.Utc), Now);

    private static RunRow Run(DateTimeOffset from, DateTimeOffset? to, long read, long written) =>
        new(1, "a", "sync", to is null ? RunState.Running : RunState.Done, from, to, new() { Seen = read, Updated = written, Unchanged = 1000 }, null);
}
