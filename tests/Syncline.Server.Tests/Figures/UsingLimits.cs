using Syncline.Limits;
using Syncline.Server.Figures;

namespace Syncline.Server.Tests.Figures;

public sealed class UsingLimits
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly RateBudget Writes = new("writes", 10, TimeSpan.FromSeconds(1)), Daily = new("daily", 1000, TimeSpan.FromDays(1));

    private readonly LimitHistory _history = new();

    [Fact]
    public void Half_of_what_a_minute_allows_is_half()
    {
        Tick(TimeSpan.FromMinutes(3), Writes, perTick: 25);
        LimitLine line = Assert.Single(_history.Lines(Start.AddMinutes(3)));
        Assert.Equal((LimitHistory.Shown, 0.5, 0.5), (line.Minutes.Count, line.Now, line.Highest));
        Assert.Equal([0, 0.5, 0.5, 0.5, 0.5], line.Minutes.Select(m => m.Share).TakeLast(5));
    }

    [Fact]
    public void Minutes_end_where_the_clocks_do_and_the_last_one_now()
    {
        Tick(TimeSpan.FromSeconds(90), Writes, perTick: 50);
        IReadOnlyList<LimitPoint> minutes = Assert.Single(_history.Lines(Start.AddSeconds(90))).Minutes;
        Assert.Equal([Start, Start.AddMinutes(1), Start.AddSeconds(90)], minutes.Select(m => m.At).TakeLast(3));
        Assert.Equal([0, 1, 1], minutes.Select(m => m.Share).TakeLast(3));
    }

    [Fact]
    public void What_stopped_a_minute_ago_is_nothing_now_and_stays_for_an_hour()
    {
        Tick(TimeSpan.FromMinutes(1), Writes, perTick: 10);
        Assert.Equal((0, 0.2), Now(Start.AddMinutes(30)));
        Assert.Equal((0, 0), Now(Start.AddMinutes(62)));

        (double, double) Now(DateTimeOffset at)
        {
            _history.Note(at, [new("crm", Writes, 120)]);
            LimitLine line = Assert.Single(_history.Lines(at));
            return (line.Now, Math.Round(line.Highest, 3));
        }
    }

    [Fact]
    public void A_limit_by_the_day_is_counted_over_its_day()
    {
        _history.Note(Start, [new("crm", Daily, 300)]);
        _history.Note(Start.AddHours(10), [new("crm", Daily, 500)]);
        Assert.Equal(0.5, Assert.Single(_history.Lines(Start.AddHours(10))).Now);
        _history.Note(Start.AddHours(25), [new("crm", Daily, 500)]);
        Assert.Equal(0.2, Assert.Single(_history.Lines(Start.AddHours(25))).Now);
    }

    [Fact]
    public void Reading_often_forgets_nothing()
    {
        for (int i = 1; i <= 6000; i++) _history.Note(Start.AddMilliseconds(i * 10), [new("crm", Writes, i / 20)]);
        Assert.Equal(0.5, Math.Round(Assert.Single(_history.Lines(Start.AddMinutes(1))).Now, 2));
    }

    [Fact]
    public void Two_windows_of_one_budget_are_two_limits_the_shorter_first()
    {
        RateBudget slow = Writes with { Permits = 100, Window = TimeSpan.FromMinutes(1) };
        _history.Note(Start, [new("crm", slow, 10), new("crm", Writes, 10), new("ads", Writes, 3)]);
        Assert.Equal([("ads", 1d), ("crm", 1d), ("crm", 60d)], _history.Lines(Start).Select(l => (l.Connection, l.Budget.Window.TotalSeconds)));
        Assert.Equal([3 / 600d, 10 / 600d, 0.1], _history.Lines(Start).Select(l => l.Now));
    }

    private void Tick(TimeSpan time, RateBudget budget, int perTick)
    {
        _history.Note(Start, [new("crm", budget, 0)]);
        for (int tick = 1; tick <= time / FigureSampler.Pace; tick++) _history.Note(Start + (tick * FigureSampler.Pace), [new("crm", budget, (long)tick * perTick)]);
    }
}
