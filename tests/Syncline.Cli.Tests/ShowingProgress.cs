using Syncline.Composition.Telling;
using Syncline.Limits;
using Syncline.Syncs;

namespace Syncline.Cli.Tests;

public sealed class ShowingProgress : IDisposable
{
    private readonly StringWriter _shown = new();
    private readonly HandClock _clock = new();

    public void Dispose() => _shown.Dispose();

    [Fact]
    public void Off_a_screen_there_is_a_line_every_few_seconds()
    {
        ProgressReport progress = Report(isLive: false);
        for (int second = 0; second <= 12; second++)
        {
            progress.Report(new(RunPhase.Writing, "attio", second * 10, 400, RunTally.Empty));
            _clock.Pass(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(["Writing attio  50/400  10.0/s  35 s left", "Writing attio  100/400  10.0/s  30 s left"], _shown.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void On_a_screen_one_line_is_rewritten_and_a_new_phase_begins_its_own()
    {
        ProgressReport progress = Report(isLive: true);
        progress.Report(new(RunPhase.Reading, "heyreach", 1, null, RunTally.Empty));
        progress.Report(new(RunPhase.Reading, "heyreach", 2, null, RunTally.Empty));
        _clock.Pass(TimeSpan.FromSeconds(1));
        progress.Report(new(RunPhase.Reading, "heyreach", 3, null, RunTally.Empty));
        progress.Report(new(RunPhase.Writing, "attio", 0, 5, RunTally.Empty));
        progress.Finish();
        Assert.Equal("\rReading heyreach  1\u001b[K\rReading heyreach  3  2.0/s\u001b[K\n\rWriting attio  0/5\u001b[K\n", _shown.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void While_the_reading_goes_on_the_writing_has_the_line_and_no_end_is_foretold()
    {
        ProgressReport progress = Report(isLive: true);
        progress.Report(new(RunPhase.Writing, "attio", 0, 100, RunTally.Empty) { IsTotalOpen = true });
        _clock.Pass(TimeSpan.FromSeconds(2));
        progress.Report(new(RunPhase.Reading, "heyreach", 200, 300, RunTally.Empty));
        progress.Report(new(RunPhase.Writing, "attio", 50, 200, RunTally.Empty) { IsTotalOpen = true });
        Assert.Equal("\rWriting attio  0/at least 100\u001b[K\rWriting attio  50/at least 200  25.0/s\u001b[K", _shown.ToString());
    }

    [Fact]
    public void What_was_done_before_the_first_report_is_no_pace()
    {
        ProgressReport progress = Report(isLive: true);
        progress.Report(new(RunPhase.Writing, "quo", 50, 200, RunTally.Empty));
        _clock.Pass(TimeSpan.FromSeconds(10));
        progress.Report(new(RunPhase.Writing, "quo", 150, 200, RunTally.Empty));
        Assert.EndsWith("Writing quo  150/200  10.0/s  5 s left\u001b[K", _shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_are_shown_as_a_share_of_what_was_tried()
    {
        ProgressReport progress = Report(isLive: true);
        progress.Report(new(RunPhase.Writing, "quo", 200, 500, new() { Created = 190, Updated = 8, Failed = 2 }));
        Assert.Contains("1.0 % failed", _shown.ToString(), StringComparison.Ordinal);
    }

    private ProgressReport Report(bool isLive) =>
        new(new(TextReader.Null, TextWriter.Null, _shown) { IsLive = isLive }, new Dictionary<string, CallPermits>(), _clock);

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan time) => _now += time;
    }
}
