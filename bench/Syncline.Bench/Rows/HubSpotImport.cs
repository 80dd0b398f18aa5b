using System.Diagnostics;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;
using Syncline.Simulation.Time;

namespace Syncline.Bench.Rows;

/// <summary>Rows of a CSV file into an empty HubSpot portal at real limits, on a clock that jumps over the waiting; then the same again.</summary>
internal sealed class HubSpotImport : IRow
{
    public const double Target = 1.05;

    public const int Rows = 100_000;

    // What a call to a provider across the Atlantic takes.
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);

    public string Name => "hubspot-import";

    public static double FloorOf(int rows, bool withCompanies, int pace = 1) => Portal.FloorOf(rows, pace) + (withCompanies ? Portal.FloorOf((double)rows / CsvPeople.PeopleACompany, pace) : 0);

    public Task<Section> RunAsync(bool quick)
    {
        Section section = new("CSV rows into HubSpot, virtual time", "", "rows", "virtual wall", "floor", "÷ floor", "rows/s", "reads", "writes", "429 (late)", "computing", "target");
        int rows = quick ? Rows / 20 : Rows;
        Measure("people", withCompanies: false);
        Measure("people and their companies", withCompanies: true);
        return Task.FromResult(section.Note($"In process, 150 ms a call. The floor is {Portal.Batch} records a call at {Portal.CallsPerTenSeconds} calls in ten seconds, for the writes alone; with companies, {CsvPeople.PeopleACompany} people share one, and the association is made in the call that makes the contact. "
            + "Computing is real time on one thread, sandbox included: the clock stands still meanwhile."));

        void Measure(string what, bool withCompanies)
        {
            using ScratchFolder folder = new();
            string file = CsvPeople.WriteAsync(folder.Path, rows, withCompanies).GetAwaiter().GetResult();
            SingleThread.Run(() => MeasureTwice(section, what, file, rows, withCompanies));
        }
    }

    private static bool MeasureTwice(Section section, string what, string file, int rows, bool withCompanies)
    {
        VirtualClock clock = new(VirtualRun.Start);
        Portal portal = new(pace: 1, Latency, clock);
        using HubSpotFlow flow = new(Path.GetDirectoryName(file)!, pace: 1, clock);
        Network network = Network.InProcess(portal.Gate, clock);
        double floor = FloorOf(rows, withCompanies);
        (double wall, double computing, PortalCalls calls) = Run(flow, network, portal, file, clock);
        Check(portal, rows, withCompanies);
        Line(section, $"{what}, first run", rows, wall, floor, calls, computing, $"≤ {Target} of the floor, no late 429: {Figure.Verdict(wall / floor <= Target && calls.ThrottledLate == 0)}");
        (wall, computing, calls) = Run(flow, network, portal, file, clock);
        Line(section, $"{what}, again", rows, wall, 0, calls, computing, $"0 writes: {Figure.Verdict(calls.Writes == 0)}");
        return true;
    }

    /// <exception cref="InvalidOperationException">The portal does not hold what was imported.</exception>
    public static void Check(Portal portal, int rows, bool withCompanies)
    {
        (long contacts, long companies) = (portal.CountOf("contacts"), portal.CountOf("companies"));
        if (contacts != rows || companies != (withCompanies ? rows / CsvPeople.PeopleACompany : 0)) throw new InvalidOperationException($"Of {rows} rows the portal holds {contacts} contacts and {companies} companies.");
    }

    private static (double Wall, double Computing, PortalCalls Calls) Run(HubSpotFlow flow, Network network, Portal portal, string file, VirtualClock clock)
    {
        Stopwatch watch = Stopwatch.StartNew();
        double wall = VirtualRun.Of(clock, () => flow.ImportAsync(network, file)).TotalSeconds;
        double computing = watch.Elapsed.TotalSeconds;
        PortalCalls calls = portal.Calls();
        clock.Advance(TimeSpan.FromMinutes(15));
        return (wall, computing, calls);
    }

    private static void Line(Section section, string what, int rows, double wall, double floor, PortalCalls calls, double computing, string target) => section.Line(
        what, Figure.Count(rows), Figure.Seconds(wall), floor > 0 ? Figure.Seconds(floor) : "–", Figure.Ratio(wall, floor), floor > 0 ? Figure.PerSecond(rows, wall) : "–", Figure.Count(calls.Reads), Figure.Count(calls.Writes), $"{calls.Throttled} ({calls.ThrottledLate})", Figure.Seconds(computing), target);
}
