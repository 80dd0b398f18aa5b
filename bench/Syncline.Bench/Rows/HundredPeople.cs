using System.Diagnostics;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;
using Syncline.Syncs;

namespace Syncline.Bench.Rows;

/// <summary>The first sync of a small inbox, at real limits, over sockets.</summary>
internal sealed class HundredPeople : IRow
{
    private const int Writes = 400;
    private const double Floor = Writes / 25.0;
    private const double Target = 22;

    public string Name => "100-people";

    public async Task<Section> RunAsync(bool quick)
    {
        Section section = new("100 HeyReach people with 3 messages each into Attio", "", "wall", "floor", "÷ floor", "plain loop", "÷ plain", "reads", "writes", "429 (late)", "target");
        using Flow flow = new(new(100, 3, 3), TimeProvider.System);
        double engine = await EngineAsync(flow);
        Requests seen = Requests.Of(flow.Gate.Ledger.Entries);
        (double plain, int throttled) = await PlainAsync(flow);
        return section
            .Line("real limits, loopback HTTP", Figure.Seconds(engine), Figure.Seconds(Floor), Figure.Ratio(engine, Floor), Figure.Seconds(plain), Figure.Ratio(engine, plain),
                Figure.Count(seen.Reads), Figure.Count(seen.Writes), $"{seen.Throttled} ({seen.ThrottledLate})", $"≤ {Figure.Seconds(Target)}: {Figure.Verdict(engine <= Target)}")
            .Note($"{Writes} writes at 25 a second. 429s are counted by the sandbox, late ones are those after the first second. The plain loop met {throttled}: it spaces its calls by exactly the limit and repeats what is refused.");
    }

    private static async Task<double> EngineAsync(Flow flow)
    {
        await using Network network = await Network.LoopbackAsync(flow.Gate, CancellationToken.None);
        Stopwatch watch = Stopwatch.StartNew();
        RunRow row = await flow.RunAsync(network, CancellationToken.None);
        return row.Tally.Created == Writes ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{row.Tally.Created} records were created and not {Writes}.");
    }

    private static async Task<(double Seconds, int Throttled)> PlainAsync(Flow flow)
    {
        await using Network network = await Network.LoopbackAsync(flow.FreshGate(), CancellationToken.None);
        PlainLoop loop = new(network, TimeProvider.System, isPaced: true);
        Stopwatch watch = Stopwatch.StartNew();
        await loop.RunAsync(flow.Gate.Ledger.Entries, CancellationToken.None);
        return (watch.Elapsed.TotalSeconds, loop.Throttled);
    }
}
