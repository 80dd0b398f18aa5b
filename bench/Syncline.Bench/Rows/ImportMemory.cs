using System.Globalization;
using Syncline.Bench.Children;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>What an import holds at once, however long the file is.</summary>
internal sealed class ImportMemory : IRow
{
    private const double Target = 250;

    public string Name => "memory";

    public async Task<Section> RunAsync(bool quick)
    {
        Section section = new("CSV import into the hub: peak memory", "", "rows", "peak", "÷ peak of 1,000 rows", "wall", "rows/s", "target");
        string folder = Directory.CreateTempSubdirectory("syncline-bench-").FullName;
        try
        {
            double smallest = 0;
            foreach (int rows in (int[])[1_000, 30_000, quick ? 100_000 : 1_000_000])
            {
                (double seconds, double peak) = await ImportAsync(folder, rows);
                if (smallest == 0) smallest = peak;
                section.Line("import", Figure.Count(rows), $"{Figure.Count(peak)} MB", Figure.Ratio(peak, smallest), Figure.Seconds(seconds), Figure.PerSecond(rows, seconds), $"< {Figure.Count(Target)} MB: {Figure.Verdict(peak < Target)}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return section.Note("A child process each; the peak is VmHWM, runtime and database cache included. The small file ends before the caches are full and before the first collection of the heap.");
    }

    private static async Task<(double Seconds, double Peak)> ImportAsync(string folder, int rows)
    {
        string name = rows.ToString(CultureInfo.InvariantCulture);
        string file = Path.Combine(folder, name + ".csv");
        await WriteAsync(file, rows);
        (string output, _) = await ChildProcess.RunAsync(ChildProcess.ThisAssembly, "--child", "import", file, Path.Combine(folder, name, "hub.db"));
        double[] figures = [.. output.Split(' ', StringSplitOptions.TrimEntries).Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
        if (figures[0] != rows) throw new InvalidOperationException($"{figures[0]} rows were imported and not {rows}.");
        File.Delete(file);
        Directory.Delete(Path.Combine(folder, name), recursive: true);
        return (figures[1], figures[2]);
    }

    private static async Task WriteAsync(string file, int rows)
    {
        await using StreamWriter csv = new(file);
        await csv.WriteAsync("First Name,Last Name,Email,Job Title,Company,LinkedIn,City\n");
        for (int i = 0; i < rows; i++)
        {
            await csv.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"Given{i},Family{i},person{i}@example.com,Head of {i % 97},Example {i % 4999} Ltd,https://www.linkedin.com/in/person-{i},City {i % 211}\n"));
        }
    }
}
