using System.Diagnostics;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;
using Syncline.Simulation.Time;

namespace Syncline.Bench.Rows;

/// <summary>The first sync of a large inbox at real limits, on a clock that jumps over the waiting.</summary>
internal sealed class FiveThousandPeople : IRow
{
    public const int People = 5_000;
    public const double Target = 1.05;

    // What a call to a provider across the Atlantic takes.
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);

    public string Name => "5000-people";

    public Task<Section> RunAsync(bool quick) => Task.FromResult(SingleThread.Run(() => Measure(quick ? People / 5 : People)));

    public static double FloorOf(int people) => people * 4 / 25.0;

    private static Section Measure(int people)
    {
        Section section = new($"{Figure.Count(people)} HeyReach people with 3 messages each into Attio, virtual time", "", "virtual wall", "floor", "÷ floor", "plain loop", "÷ plain", "reads", "writes", "429 (late)", "target");
        VirtualClock clock = new(VirtualRun.Start);
        using Flow flow = new(new(people, 3, 3) { Latency = Latency }, clock);
        Stopwatch watch = Stopwatch.StartNew();
        double engine = VirtualRun.Of(clock, () => flow.RunAsync(Network.InProcess(flow.Gate, clock), CancellationToken.None)).TotalSeconds;
        double cpu = watch.Elapsed.TotalSeconds;
        Requests seen = Requests.Of(flow.Gate.Ledger.Entries);
        PlainLoop loop = new(Network.InProcess(flow.FreshGate(), clock), clock, isPaced: true);
        double plain = VirtualRun.Of(clock, () => loop.RunAsync(flow.Gate.Ledger.Entries, CancellationToken.None)).TotalSeconds;
        double floor = FloorOf(people);
        return section
            .Line("real limits, in process, 150 ms a call", Figure.Seconds(engine), Figure.Seconds(floor), Figure.Ratio(engine, floor), Figure.Seconds(plain), Figure.Ratio(engine, plain),
                Figure.Count(seen.Reads), Figure.Count(seen.Writes), $"{seen.Throttled} ({seen.ThrottledLate})", $"≤ {Target} of the floor, no late 429: {Figure.Verdict(engine / floor <= Target && seen.ThrottledLate == 0)}")
            .Note($"The clock jumps over waiting; computing took {Figure.Seconds(cpu)} of real time on one thread, sandbox included. The floor leaves out the reading of the inbox ({Figure.Count((people + 99) / 100)} pages at the most 5 a second), which a sync does first.");
    }
}
