using System.Globalization;
using Syncline.Bench.Children;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>What an import into HubSpot holds at once, however long the file is.</summary>
internal sealed class HubSpotMemory : IRow
{
    private const double Target = 250;

    // What is alive at once fits in it, however many rows there are; the rest of the peak is what the collector leaves lying while there is room.
    private const int SmallHeap = 96;

    public string Name => "hubspot-memory";

    public async Task<Section> RunAsync(bool quick)
    {
        Section section = new("CSV rows into HubSpot: peak memory", "", "rows", "peak", "÷ peak of 10,000 rows", "wall", "rows/s", "target");
        double smallest = 0;
        foreach ((int rows, int? heap) in quick ? [(10_000, null), (30_000, null)] : ((int, int?)[])[(10_000, null), (10_000, SmallHeap), (100_000, null), (100_000, SmallHeap), (300_000, SmallHeap)])
        {
            (double seconds, double peak) = await ImportAsync(rows, heap);
            if (smallest == 0) smallest = peak;
            string what = heap is null ? "people and their companies" : $"the same with a heap of {heap} MB";
            section.Line(what, Figure.Count(rows), $"{Figure.Count(peak)} MB", Figure.Ratio(peak, smallest), Figure.Seconds(seconds), Figure.PerSecond(rows, seconds), $"< {Figure.Count(Target)} MB: {Figure.Verdict(peak < Target)}");
        }
        return section.Note("A child process each, the sandbox in another over loopback HTTP, limits off; the peak is VmHWM, runtime and database cache included.");
    }

    private static async Task<(double Seconds, double Peak)> ImportAsync(int rows, int? heap)
    {
        using ScratchFolder folder = new();
        string file = await CsvPeople.WriteAsync(folder.Path, rows, withCompanies: true);
        Portal portal = new(pace: 0, TimeSpan.Zero, TimeProvider.System);
        await using Network network = await Network.LoopbackAsync(portal.Gate, CancellationToken.None);
        (string output, _) = await ChildProcess.RunAsync(ChildProcess.ThisAssembly, heap, "--child", "hubspot", file, folder.Path, network.Address.ToString());
        HubSpotImport.Check(portal, rows, withCompanies: true);
        double[] figures = [.. output.Split(' ', StringSplitOptions.TrimEntries).Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
        return (figures[0], figures[1]);
    }
}
