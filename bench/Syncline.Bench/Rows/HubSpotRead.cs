using System.Diagnostics;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;
using Syncline.Sandbox.HubSpot;
using Syncline.Simulation.Time;

namespace Syncline.Bench.Rows;

/// <summary>A large HubSpot portal into the hub at real limits, on a clock that jumps over the waiting: everything, then nothing, then one edit.</summary>
internal sealed class HubSpotRead : IRow
{
    private const double Target = 1.1;

    // Companies are read with their people: a hundredth of them is little beside them, and shows the associations.
    private const int Contacts = 200_000, PeopleACompany = 100;

    public string Name => "hubspot-read";

    public Task<Section> RunAsync(bool quick) => Task.FromResult(SingleThread.Run(() => Measure(quick ? Contacts / 20 : Contacts)));

    private static Section Measure(int contacts)
    {
        Section section = new("A HubSpot portal into the hub, virtual time", "", "contacts", "virtual wall", "floor", "÷ floor", "contacts/s", "reads", "writes", "429 (late)", "computing", "target");
        using ScratchFolder folder = new();
        VirtualClock clock = new(VirtualRun.Start);
        Portal portal = new(pace: 1, HubSpotImport.Latency, clock);
        portal.Fill(HubSpotWorld.Plain(contacts) with { ContactsPerCompany = PeopleACompany });
        using HubSpotFlow flow = new(folder.Path, pace: 1, clock);
        Network network = Network.InProcess(portal.Gate, clock);
        double floor = Portal.FloorOf(contacts) + Portal.FloorOf((double)contacts / PeopleACompany);
        Line("first run", floor, (wall, calls, seen) => $"≤ {Target} of the floor, no late 429: {Figure.Verdict(wall / floor <= Target && calls.ThrottledLate == 0 && seen == contacts + (contacts / PeopleACompany))}");
        Line("nothing changed", 0, (_, calls, _) => $"0 writes: {Figure.Verdict(calls.Writes == 0)}");
        portal.EditOne();
        // What search shows lags behind what is there; a cycle comes later than that.
        clock.Advance(TimeSpan.FromSeconds(30));
        Line("one edited", 0, (_, calls, seen) => $"seen, ≤ 3 calls: {Figure.Verdict(seen == 1 && calls.Reads + calls.Writes <= 3)}");
        return section.Note($"In process, 150 ms a call; {PeopleACompany} people a company, companies and contacts are read. The floor is {Portal.Batch} records a listing call at {Portal.CallsPerTenSeconds} calls in ten seconds. Computing is real time on one thread, sandbox included.");

        void Line(string what, double least, Func<double, PortalCalls, long, string> target)
        {
            Stopwatch watch = Stopwatch.StartNew();
            long seen = 0;
            double wall = VirtualRun.Of(clock, async () => seen = (await flow.ReadAsync(network)).Tally.Seen).TotalSeconds;
            PortalCalls calls = portal.Calls();
            section.Line(what, Figure.Count(contacts), Figure.Seconds(wall), least > 0 ? Figure.Seconds(least) : "–", Figure.Ratio(wall, least), least > 0 ? Figure.PerSecond(contacts, wall) : "–",
                Figure.Count(calls.Reads), Figure.Count(calls.Writes), $"{calls.Throttled} ({calls.ThrottledLate})", Figure.Seconds(watch.Elapsed.TotalSeconds), target(wall, calls, seen));
            clock.Advance(TimeSpan.FromMinutes(15));
        }
    }
}
