using System.Diagnostics;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>The same in real time, over sockets: a quarter of an hour.</summary>
internal sealed class FiveThousandPeopleInRealTime : IRow
{
    public string Name => "5000-people-real";

    public bool IsLong => true;

    public async Task<Section> RunAsync(bool quick)
    {
        int people = quick ? FiveThousandPeople.People / 20 : FiveThousandPeople.People;
        double floor = FiveThousandPeople.FloorOf(people);
        Section section = new($"{Figure.Count(people)} HeyReach people with 3 messages each into Attio, real time", "", "wall", "floor", "÷ floor", "reads", "writes", "429 (late)", "target");
        using Flow flow = new(new(people, 3, 3) { KeepsBodies = false }, TimeProvider.System);
        await using Network network = await Network.LoopbackAsync(flow.Gate, CancellationToken.None);
        Stopwatch watch = Stopwatch.StartNew();
        await flow.RunAsync(network, CancellationToken.None);
        double engine = watch.Elapsed.TotalSeconds;
        Requests seen = Requests.Of(flow.Gate.Ledger.Entries);
        return section
            .Line("real limits, loopback HTTP", Figure.Seconds(engine), Figure.Seconds(floor), Figure.Ratio(engine, floor), Figure.Count(seen.Reads), Figure.Count(seen.Writes), $"{seen.Throttled} ({seen.ThrottledLate})",
                $"≤ {FiveThousandPeople.Target} of the floor, no late 429: {Figure.Verdict(engine / floor <= FiveThousandPeople.Target && seen.ThrottledLate == 0)}")
            .Note("The plain loop of the same requests is in the row on virtual time: in real time it would take another quarter of an hour to show the floor.");
    }
}
