using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;
using Syncline.Simulation.Time;

namespace Syncline.Bench.Rows;

/// <summary>Attio people into Quo at real limits, on a clock that jumps over the waiting: the first run, the same again, one edit; then a sweep of many.</summary>
internal sealed class Contacts : IRow
{
    public const double WritesPerSecond = 10, Target = 1.05;

    // What a call to a provider across the Atlantic takes.
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);

    public string Name => "contacts";

    public Task<Section> RunAsync(bool quick) => Task.FromResult(SingleThread.Run(() => Measure(quick)));

    private static Section Measure(bool quick)
    {
        Section section = new("Attio people into Quo, virtual time", "", "people", "virtual wall", "floor", "÷ floor", "Attio reads", "Quo reads", "Quo writes", "429 (late)", "target");
        AtRealLimits(section, quick ? 500 : 5_000);
        Sweep(section, quick ? 5_000 : 100_000);
        return section.Note("In process, 150 ms a call; five people a company. The floor is one write a contact at Quo's ten calls a second: look-ups, which spend from the same ten, are not in it. The sweep of many was filled with limits off, and reads with Attio's limits' calls counted only.");
    }

    private static void AtRealLimits(Section section, int people)
    {
        VirtualClock clock = new(VirtualRun.Start);
        using ContactsFlow flow = new(people, pace: 1, Latency, clock);
        Network network = Network.InProcess(flow.Gate, clock);
        double floor = people / WritesPerSecond;
        (double wall, ContactCalls calls) = Run(flow, network, clock);
        Line(section, "first run", people, wall, floor, calls, $"≤ {Target} of the floor, no late 429: {Figure.Verdict(wall / floor <= Target && calls.ThrottledLate == 0)}");
        (wall, calls) = Run(flow, network, clock);
        Line(section, "again", people, wall, 0, calls, $"0 writes, ≤ 25 Attio reads, < 3 s: {Figure.Verdict(calls is { QuoWrites: 0, AttioReads: <= 25 } && wall < 3)}");
        flow.EditOne();
        (wall, calls) = Run(flow, network, clock);
        Line(section, "one edited", people, wall, 0, calls, $"1 write: {Figure.Verdict(calls.QuoWrites == 1)}");
    }

    private static void Sweep(Section section, int people)
    {
        VirtualClock clock = new(VirtualRun.Start);
        using ContactsFlow flow = new(people, pace: 0, TimeSpan.Zero, clock);
        Network network = Network.InProcess(flow.Gate, clock);
        Run(flow, network, clock);
        (double wall, ContactCalls calls) = Run(flow, network, clock);
        Line(section, "again, limits off", people, wall, 0, calls, $"0 writes, ≤ 450 Attio reads: {Figure.Verdict(calls is { QuoWrites: 0, AttioReads: <= 450 })}");
    }

    private static (double Wall, ContactCalls Calls) Run(ContactsFlow flow, Network network, VirtualClock clock)
    {
        double wall = VirtualRun.Of(clock, () => flow.RunAsync(network)).TotalSeconds;
        ContactCalls calls = flow.Calls();
        clock.Advance(TimeSpan.FromMinutes(15));
        return (wall, calls);
    }

    private static void Line(Section section, string what, int people, double wall, double floor, ContactCalls calls, string target) => section.Line(
        what, Figure.Count(people), Figure.Seconds(wall), floor > 0 ? Figure.Seconds(floor) : "–", Figure.Ratio(wall, floor), Figure.Count(calls.AttioReads), Figure.Count(calls.QuoReads), Figure.Count(calls.QuoWrites), Figure.Count(calls.ThrottledLate), target);
}
