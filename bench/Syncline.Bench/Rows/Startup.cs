using Syncline.Bench.Children;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>How long a user waits for the command to be there.</summary>
internal sealed class Startup : IRow
{
    private const int Times = 11;
    private const double Target = 0.15;

    public string Name => "startup";

    public async Task<Section> RunAsync(bool quick)
    {
        Section section = new("Start of the command", "", "median", "floor", "÷ floor", "target");
        string command = ChildProcess.Command;
        if (!File.Exists(command)) return section.Note("Left out: the command is not built here yet.");
        (string output, _) = await ChildProcess.RunAsync(command, "--version");
        if (output.Trim().Length == 0) return section.Note("Left out: the command does not answer --version yet.");
        double floor = await MedianAsync(ChildProcess.ThisAssembly, "--child", "nothing");
        double seconds = await MedianAsync(command, "--version");
        return section
            .Line("`syncline --version`", Figure.Seconds(seconds), Figure.Seconds(floor), Figure.Ratio(seconds, floor), $"< {Figure.Seconds(Target)}: {Figure.Verdict(seconds < Target)}")
            .Note($"Median of {Times} starts from a warm disk; the floor is a .NET program of the same set-up that returns at once.");
    }

    private static async Task<double> MedianAsync(string assembly, params string[] arguments)
    {
        List<double> seconds = [];
        for (int i = 0; i < Times; i++) seconds.Add((await ChildProcess.RunAsync(assembly, arguments)).Seconds);
        return seconds.Order().ElementAt(Times / 2);
    }
}
