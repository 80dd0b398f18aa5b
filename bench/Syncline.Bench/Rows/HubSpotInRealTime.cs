using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>Rows of a CSV file into HubSpot in real time, over sockets: at the real limits, or all of them multiplied so that it ends within a minute.</summary>
internal sealed class HubSpotInRealTime(string name, int pace, int rows, int longest) : IRow
{
    public static HubSpotInRealTime Scaled { get; } = new("hubspot-scaled", 10, 20_000, 45);

    public static HubSpotInRealTime AtRealLimits { get; } = new("hubspot-real", 1, HubSpotImport.Rows, 60);

    public string Name => name;

    public bool IsLong => pace == 1;

    public async Task<Section> RunAsync(bool quick)
    {
        int many = quick ? rows / 10 : rows;
        Section section = new($"CSV rows into HubSpot, real time{(pace == 1 ? "" : $", limits × {pace}")}", "", "rows", "wall", "floor", "÷ floor", "rows/s", "processor", "reads", "writes", "429 (late)", "target");
        using ScratchFolder folder = new();
        string file = await CsvPeople.WriteAsync(folder.Path, many, withCompanies: false);
        Portal portal = new(pace, TimeSpan.Zero, TimeProvider.System);
        using HubSpotFlow flow = new(folder.Path, pace, TimeProvider.System);
        await using Network network = await Network.LoopbackAsync(portal.Gate, CancellationToken.None);
        double floor = HubSpotImport.FloorOf(many, withCompanies: false, pace);
        Span first = await Span.OfAsync(() => flow.ImportAsync(network, file));
        HubSpotImport.Check(portal, many, withCompanies: false);
        PortalCalls calls = portal.Calls();
        bool isIn = first.Wall < longest && calls.ThrottledLate == 0;
        Line("first run", first, floor, calls, pace == 1
            ? $"≤ {HubSpotImport.Target} of the floor: {Figure.Verdict(first.Wall / floor <= HubSpotImport.Target)}; < {longest} s, no late 429: {Figure.Verdict(isIn)}"
            : $"< {longest} s, no late 429: {Figure.Verdict(isIn)}");
        Span again = await Span.OfAsync(() => flow.ImportAsync(network, file));
        calls = portal.Calls();
        Line("again", again, 0, calls, $"0 writes, < 3 s: {Figure.Verdict(calls.Writes == 0 && again.Wall < 3)}");
        return section.Note($"Loopback HTTP, the sandbox and the engine in one process, whose processor time is shown.{(pace == 1 ? "" : $" Every limit is {pace} times the published one, on both sides: the floor is then {Figure.Count(Portal.CallsPerTenSeconds / 10.0 * pace * Portal.Batch)} rows a second, and what is shown is how fast the machine is.")}");

        void Line(string what, Span took, double least, PortalCalls seen, string judged) => section.Line(
            what, Figure.Count(many), Figure.Seconds(took.Wall), least > 0 ? Figure.Seconds(least) : "–", Figure.Ratio(took.Wall, least), least > 0 ? Figure.PerSecond(many, took.Wall) : "–", Figure.Seconds(took.Processor), Figure.Count(seen.Reads), Figure.Count(seen.Writes), $"{seen.Throttled} ({seen.ThrottledLate})", judged);
    }
}
