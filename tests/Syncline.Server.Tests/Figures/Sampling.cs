using Syncline.Composition.Logging;
using Syncline.Limits;
using Syncline.Server.Figures;
using Syncline.Server.Runs;
using Syncline.Server.Tests.Served;
using Syncline.Syncs;

namespace Syncline.Server.Tests.Figures;

public sealed class Sampling : IDisposable
{
    private readonly SetClock _clock = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly Governor _governor;
    private readonly LiveRuns _live;
    private readonly FigureSampler _sampler;
    private int _moved;

    public Sampling()
    {
        _governor = new(_clock, new LocalRateLedger());
        _live = new(_clock, new AuditTrail(new RollingFile(Path.Combine(Path.GetTempPath(), "syncline-sampling.log"), 1000, 1), _clock));
        _sampler = new(_clock, _governor, _live);
        _sampler.Moved += () => _moved++;
    }

    public void Dispose() => _sampler.Dispose();

    [Fact]
    public async Task Nothing_is_said_while_everything_stands_still()
    {
        After(TimeSpan.FromSeconds(5));
        Assert.Equal(0, _moved);
        await _governor.For("crm", [new("writes", 10, TimeSpan.FromSeconds(1))], Priority.Manual).AcquireAsync("writes", isWrite: true, TestContext.Current.CancellationToken);
        After(TimeSpan.FromSeconds(5));
        After(TimeSpan.FromSeconds(5));
        Assert.Equal(1, _moved);
    }

    [Fact]
    public async Task What_moved_within_the_hour_goes_on_by_the_minute_and_then_no_more()
    {
        await _governor.For("crm", [new("writes", 10, TimeSpan.FromSeconds(1))], Priority.Manual).AcquireAsync("writes", isWrite: true, TestContext.Current.CancellationToken);
        for (int second = 0; second < 3 * 3600; second += 5) After(TimeSpan.FromSeconds(5));
        Assert.InRange(_moved, 60, 63);
        Assert.Equal(0, Assert.Single(_sampler.Limits()).Highest);
    }

    [Fact]
    public async Task A_run_under_way_has_a_pace_over_the_last_half_minute()
    {
        TaskCompletionSource<RunRow?> end = new();
        Assert.Null(_sampler.PaceOf("daily"));
        LiveRun run = _live.Start("sync", "daily", "test", (_, _) => end.Task);
        for (int tick = 1; tick <= 12; tick++)
        {
            run.Report(new(RunPhase.Reading, "crm", tick, null, new() { Seen = tick <= 6 ? 0 : (tick - 6) * 50, Created = tick * 5 }));
            After(TimeSpan.FromSeconds(5));
        }
        Assert.Equal(new RunPace(10, 1), _sampler.PaceOf("daily"));
        Assert.Null(_sampler.PaceOf("weekly"));
        Assert.Equal(12, _moved);
        end.SetResult(null);
        await _live.WaitAsync(run, TestContext.Current.CancellationToken);
        Assert.Null(_sampler.PaceOf("daily"));
        Assert.Equal(13, _moved);
    }

    private void After(TimeSpan time)
    {
        _clock.Now += time;
        _sampler.Sample();
    }
}
