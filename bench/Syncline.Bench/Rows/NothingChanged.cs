using System.Diagnostics;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;
using Syncline.Sandbox;

namespace Syncline.Bench.Rows;

/// <summary>The first fill with limits off, then the same sync again with nothing to do.</summary>
internal sealed class NothingChanged : IRow
{
    public string Name => "no-change";

    public async Task<Section> RunAsync(bool quick)
    {
        Section section = new("First fill with limits off, then again with nothing changed", "", "people", "records written", "wall", "records/s", "plain loop", "÷ plain", "reads", "writes", "target");
        // The plain loop needs every body kept: at a tenth of the people.
        await MeasureAsync(section, quick ? 1_000 : 10_000, withPlain: true);
        await MeasureAsync(section, quick ? 5_000 : 100_000, withPlain: false);
        return section.Note("HeyReach into Attio in process, 1 to 3 messages a person, the database on disk; the sandbox's own work is in both sides of the ratio, and in the wall time. The second run is incremental.");
    }

    private static async Task MeasureAsync(Section section, int people, bool withPlain)
    {
        using Flow flow = new(new(people, 1, 3) { HasLimits = false, KeepsBodies = withPlain }, TimeProvider.System);
        await using Network network = Network.InProcess(flow.Gate, TimeProvider.System);
        (double fill, Requests filled) = await RunAsync(flow, network);
        IReadOnlyList<LedgerEntry> recorded = withPlain ? flow.Gate.Ledger.Entries : [];
        flow.Gate.Ledger.Clear();
        double plain = withPlain ? await PlainAsync(flow, recorded) : 0;
        section.Line("first fill", Figure.Count(people), Figure.Count(filled.Writes), Figure.Seconds(fill), Figure.PerSecond(filled.Writes, fill),
            withPlain ? Figure.Seconds(plain) : "–", Figure.Ratio(fill, plain), Figure.Count(filled.Reads), Figure.Count(filled.Writes), "–");
        (double again, Requests seen) = await RunAsync(flow, network);
        section.Line("again", Figure.Count(people), Figure.Count(seen.Writes), Figure.Seconds(again), "–", "–", "–", Figure.Count(seen.Reads), Figure.Count(seen.Writes),
            $"0 writes, < 3 s: {Figure.Verdict(seen.Writes == 0 && again < 3)}");
    }

    private static async Task<(double Seconds, Requests Seen)> RunAsync(Flow flow, Network network)
    {
        Stopwatch watch = Stopwatch.StartNew();
        await flow.RunAsync(network, CancellationToken.None);
        return (watch.Elapsed.TotalSeconds, Requests.Of(flow.Gate.Ledger.Entries));
    }

    private static async Task<double> PlainAsync(Flow flow, IReadOnlyList<LedgerEntry> recorded)
    {
        await using Network network = Network.InProcess(flow.FreshGate(), TimeProvider.System);
        Stopwatch watch = Stopwatch.StartNew();
        await new PlainLoop(network, TimeProvider.System, isPaced: false).RunAsync(recorded, CancellationToken.None);
        return watch.Elapsed.TotalSeconds;
    }
}
