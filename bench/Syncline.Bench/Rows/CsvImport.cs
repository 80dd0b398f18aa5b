using System.Globalization;
using Syncline.Bench.Children;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>The command that a user waits for: a file of people and their companies into the local hub, and what SQLite alone needs for the same rows.</summary>
internal sealed class CsvImport : IRow
{
    private const double Target = 10;

    public string Name => "csv-import";

    public async Task<Section> RunAsync(bool quick)
    {
        Section section = new("`syncline import` of a CSV file", "", "rows", "wall", "rows/s", "floor", "÷ floor", "the hub's rows alone", "÷ these", "target");
        if (!File.Exists(ChildProcess.Command)) return section.Note("Left out: the command is not built here yet.");
        int rows = quick ? 20_000 : 100_000;
        using ScratchFolder folder = new();
        string file = await CsvPeople.WriteAsync(folder.Path, rows, withCompanies: true), data = folder.Sub("data");
        double wall = (await ChildProcess.RunAsync(ChildProcess.Command, "import", file, "--data", data)).Seconds;
        (string output, _) = await ChildProcess.RunAsync(ChildProcess.ThisAssembly, "--child", "bulk", file, Path.Combine(data, "hub.db"), folder.Sub("bulk"));
        double[] floors = [.. output.Split(' ', StringSplitOptions.TrimEntries).Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
        return section
            .Line("people and their companies", Figure.Count(rows), Figure.Seconds(wall), Figure.PerSecond(rows, wall), Figure.Seconds(floors[0]), Figure.Ratio(wall, floors[0]), Figure.Seconds(floors[1]), Figure.Ratio(wall, floors[1]),
                $"≤ {Figure.Count(Target)} s: {Figure.Verdict(wall <= Target)}")
            .Note($"The whole command, start included; eight columns, {CsvPeople.PeopleACompany} people a company. The floor splits the lines at their commas and inserts the cells into one table with unique addresses, as many rows a transaction. "
                + "The hub's rows are what the import left there (golden records, links with the rows as they were, keys, relations, the feed), copied by SQLite into an empty hub with the same indices.");
    }
}
