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
        Section section = new("First fill with limits off, then again with nothing changed", "", "people", "records written", "wall", "records/s", "processor", "plain loop", "÷ plain", "plain processor", "÷ plain processor", "reads", "writes", "target");
        // The plain loop needs every body kept: at a tenth of the people.
        await MeasureAsync(section, quick ? 1_000 : 10_000, withPlain: true);
        await MeasureAsync(section, quick ? 5_000 : 100_000, withPlain: false);
        return section.Note("HeyReach into Attio in process, 1 to 3 messages a person, the database on disk; the sandbox's own work is in both sides of the ratio, and in the wall time. The second run is incremental.");
    }

    private static async Task MeasureAsync(Section section, int people, bool withPlain)
    {
        using Flow flow = new(new(people, 1, 3) { HasLimits = false, KeepsBodies = withPlain }, TimeProvider.System);
        await using Network network = Network.InProcess(flow.Gate, TimeProvider.System);
        (Span fill, Requests filled) = await RunAsync(flow, network);
        IReadOnlyList<LedgerEntry> recorded = withPlain ? flow.Gate.Ledger.Entries : [];
        flow.Gate.Ledger.Clear();
        Span plain = withPlain ? await PlainAsync(flow, recorded) : default;
        section.Line("first fill", Figure.Count(people), Figure.Count(filled.Writes), Figure.Seconds(fill.Wall), Figure.PerSecond(filled.Writes, fill.Wall), Figure.Seconds(fill.Processor),
            withPlain ? Figure.Seconds(plain.Wall) : "–", Figure.Ratio(fill.Wall, plain.Wall), withPlain ? Figure.Seconds(plain.Processor) : "–", Figure.Ratio(fill.Processor, plain.Processor), Figure.Count(filled.Reads), Figure.Count(filled.Writes), "–");
        (Span again, Requests seen) = await RunAsync(flow, network);
        section.Line("again", Figure.Count(people), Figure.Count(seen.Writes), Figure.Seconds(again.Wall), "–", Figure.Seconds(again.Processor), "–", "–", "–", "–", Figure.Count(seen.Reads), Figure.Count(seen.Writes),
            $"0 writes, < 3 s: {Figure.Verdict(seen.Writes == 0 && again.Wall < 3)}");
    }

    private static async Task<(Span Span, Requests Seen)> RunAsync(Flow flow, Network network)
    {
        Span span = await Span.OfAsync(() => flow.RunAsync(network, CancellationToken.None));
        return (span, Requests.Of(flow.Gate.Ledger.Entries));
    }

    private static async Task<Span> PlainAsync(Flow flow, IReadOnlyList<LedgerEntry> recorded)
    {
        await using Network network = Network.InProcess(flow.FreshGate(), TimeProvider.System);
        return await Span.OfAsync(() => new PlainLoop(network, TimeProvider.System, isPaced: false).RunAsync(recorded, CancellationToken.None));
    }
}
