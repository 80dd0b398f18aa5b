using System.Globalization;
using Syncline.Cli.Report;
using Syncline.Composition.Telling;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Sandbox;
using Syncline.Syncs;

namespace Syncline.Cli.Demo;

/// <summary>The demo from the first look to the verdict: three runs with life in between, told while it happens.</summary>
internal sealed class DemoPlay(DemoSandbox sandbox, DemoEngine engine, DemoOptions options, DemoTalk talk, TimeProvider clock)
{
    // As many set-aside records as are shown.
    private const int ShownSetAside = 12;
    private const int AttioWritesPerSecond = 25;

    private int? Limit => options.IsFast ? null : AttioWritesPerSecond;

    public async Task<RunReport> PlayAsync(CancellationToken cancellationToken)
    {
        talk.Opening(sandbox, options, await engine.FurnishAsync(cancellationToken));
        StoryTeller story = new(sandbox, engine.Attio.Maps);
        LifeGoesOn life = new(sandbox, story);
        (RunFigures first, PaceFigures pace) = await RunAsync("First run", cancellationToken);
        RunReport report = await AfterFirstAsync(story, first, pace, cancellationToken);
        talk.AfterFirst(report);

        report = report with { Life = life.Happen() };
        talk.Life(report.Life);
        (RunFigures second, _) = await RunAsync("After that", cancellationToken);
        talk.Run(second);
        (RunFigures third, _) = await RunAsync("Once more", cancellationToken);
        talk.Run(third);

        IReadOnlyList<Check> checks = new Verdict(sandbox, life).Of(second, third);
        report = report with { Runs = [first, second, third], Checks = checks, Hub = await HubCount.OfAsync(engine.Store.Hub, cancellationToken), MadeAt = clock.GetUtcNow() };
        return report with { Headlines = Headlines(first, third, pace) };
    }

    private async Task<RunReport> AfterFirstAsync(StoryTeller story, RunFigures first, PaceFigures pace, CancellationToken cancellationToken) => new()
    {
        Title = "Syncline demo",
        Lead = "Every LinkedIn conversation of an invented HeyReach inbox, written to an empty Attio workspace: once, completely, and as fast as Attio allows.",
        MadeAt = clock.GetUtcNow(),
        Runs = [first],
        Pace = pace,
        Person = await story.TellPersonAsync(engine.Store.Hub, cancellationToken),
        Message = story.TellMessage(),
        SetAside = [.. await SetAsideAsync(skipped: false, cancellationToken), .. await SetAsideAsync(skipped: true, cancellationToken)],
        Conditions = Conditions(),
    };

    private async Task<IEnumerable<SetAside>> SetAsideAsync(bool skipped, CancellationToken cancellationToken) =>
        (await engine.Store.Journal.DeadLettersAsync(DemoEngine.Sync, skipped, ShownSetAside, cancellationToken)).Select(Aside);

    private async Task<(RunFigures Figures, PaceFigures Pace)> RunAsync(string name, CancellationToken cancellationToken)
    {
        long mark = sandbox.Gate.Ledger.Count;
        RunRow row = await talk.WatchAsync(name, new(engine.Attio.Permits, Limit, clock), engine.RunAsync, clock, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (row.State is not (RunState.Done or RunState.DoneWithDeadLetters)) throw Stopped(name, row);
        long written = row.Tally.Created + row.Tally.Updated;
        double? floor = Limit is { } limit && written > limit ? written / (double)limit : null;
        return (new(name, row.State, (row.EndedAt!.Value - row.StartedAt).TotalSeconds, floor, row.Tally), LedgerFigures.Of(EntriesAfter(mark), Limit));
    }

    private IEnumerable<LedgerEntry> EntriesAfter(long sequence) => sandbox.Gate.Ledger.Entries.Where(e => e.Sequence > sequence);

    private static ProviderException Stopped(string name, RunRow row) => new($"{name}: the run ended as {Tables.Word(row.State)}. {row.Detail}".TrimEnd())
    {
        Operation = "demo.run",
        Recovery = Recovery.StopRun,
        Hint = "The demo needs nothing from outside but a free loopback port and some room on the disk. The same with another --seed tells whether the invented world matters.",
    };

    private static SetAside Aside(DeadLetter letter) => new(letter.Key.Subject, letter.Code, letter.Reason, letter.Stage == DeadLetter.SkippedStage);

    private static IReadOnlyList<Headline> Headlines(RunFigures first, RunFigures third, PaceFigures pace)
    {
        List<Headline> figures =
        [
            new(Tables.Number(first.Tally.Created + first.Tally.Updated), $"records written, {Tables.Number(first.Tally.Updated)} of them into records that people had made before"),
            new(first.Seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s", "for the first run"),
        ];
        if (first.Ratio is { } ratio) figures.Add(new(ratio.ToString("0.00", CultureInfo.InvariantCulture) + " ×", "the least time that Attio's 25 writes a second allow"));
        figures.Add(new(Tables.Number(pace.Refused), pace.Refused == 1 ? "request refused for its rate" : "requests refused for their rate"));
        figures.Add(new(Tables.Number(third.Tally.Calls.GetValueOrDefault("attio", CallCount.None).Writes), "writes when run again with nothing new"));
        return figures;
    }

    private IReadOnlyList<string> Conditions() =>
    [
        $"All people and messages are invented (seed {options.Seed.ToString(CultureInfo.InvariantCulture)}, {Tables.Number(options.People)} leads). HeyReach and Attio were simulated on this machine and spoken to over HTTP.",
        options.IsFast ? "Limits were off at both sides: the times say nothing about a real sync." : "Attio's published limits were enforced: 25 writes and 100 reads in any second; HeyReach's as well: 300 calls in any minute.",
        "Counts and times are from the run log and the journal; requests, refusals and the pace from the simulated provider's own record of what it received; the checks compare what the two providers hold.",
    ];
}
