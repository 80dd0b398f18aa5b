using Syncline.Cli.Demo;
using Syncline.Cli.Report;
using Syncline.Limits;
using Syncline.Syncs;

namespace Syncline.Cli.Tests.Demo;

public sealed class FiguresOfARun
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Writes_are_counted_by_the_second_they_arrived_in() => Assert.Equal([2, 0, 1], LedgerFigures.PerSecond(Times(0, 999, 2000)));

    [Fact]
    public void The_busiest_second_may_begin_anywhere() => Assert.Equal(3, LedgerFigures.Busiest(Times(0, 900, 1000, 1899, 2500)));

    [Fact]
    public void Two_writes_a_whole_second_apart_are_not_in_one_second() => Assert.Equal(1, LedgerFigures.Busiest(Times(0, 1000, 2000)));

    [Fact]
    public void Without_a_write_there_is_no_second() => Assert.Empty(LedgerFigures.PerSecond([]));

    [Theory]
    [InlineData("2026-03-02", "2026-03-02")]
    [InlineData("2026-03-08", "2026-03-02")]
    [InlineData("2026-03-09", "2026-03-09")]
    public void A_week_begins_on_monday(string day, string monday) => Assert.Equal(DateOnly.ParseExact(monday, "yyyy-MM-dd"), HubCount.MondayOf(DateOnly.ParseExact(day, "yyyy-MM-dd")));

    [Fact]
    public void A_week_without_a_message_is_shown_empty()
    {
        IReadOnlyList<Week> weeks = HubCount.WithoutGaps(new Dictionary<DateOnly, (int, int)> { [new(2026, 3, 2)] = (1, 0), [new(2026, 3, 16)] = (0, 2) });
        Assert.Equal([new(new(2026, 3, 2), 1, 0), new(new(2026, 3, 9), 0, 0), new(new(2026, 3, 16), 0, 2)], weeks);
    }

    [Fact]
    public void The_ratio_is_wall_time_over_the_floor()
    {
        Assert.Equal(1.25, new RunFigures("run", RunState.Done, 20, 16, RunTally.Empty).Ratio);
        Assert.Null(new RunFigures("run", RunState.Done, 20, null, RunTally.Empty).Ratio);
    }

    [Fact]
    public async Task What_is_written_counts_before_its_chunk_is_reported()
    {
        CallPermits permits = CallPermits.Unlimited();
        HandClock clock = new();
        RunGauge gauge = new(permits, 25, clock);
        gauge.Report(new(RunPhase.Enriching, "syncline", 0, null, RunTally.Empty));
        gauge.Read();
        for (int i = 0; i < 20; i++) await permits.AcquireAsync("writes", isWrite: true, TestContext.Current.CancellationToken);
        clock.Now += TimeSpan.FromSeconds(1);
        gauge.Report(new(RunPhase.Writing, "attio", 10, 60, RunTally.Empty));

        Reading reading = gauge.Read();
        Assert.Equal((20, 60), (reading.Done, reading.Total!.Value));
        Assert.Equal((20.0, 0.8), (reading.Rate, reading.Share!.Value));
        Assert.Equal(TimeSpan.FromSeconds(2), reading.Left);
        Assert.Equal("20/60 · 20.0 writes/s · 80% of limit · 2 s left", reading.Figures());
    }

    private static DateTimeOffset[] Times(params int[] milliseconds) => [.. milliseconds.Select(m => Start.AddMilliseconds(m))];

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
