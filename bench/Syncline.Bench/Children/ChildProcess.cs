using System.Diagnostics;

namespace Syncline.Bench.Children;

/// <summary>Runs a .NET program to its end.</summary>
internal static class ChildProcess
{
    /// <returns>What it printed, and how long it lived, seconds.</returns>
    public static async Task<(string Output, double Seconds)> RunAsync(string assembly, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true };
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        double seconds = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0 ? (output, seconds) : throw new InvalidOperationException($"{Path.GetFileName(assembly)} ended with {process.ExitCode}.");
    }

    /// <summary>The command, built beside the bench.</summary>
    public static string Command => Path.Combine(AppContext.BaseDirectory.Replace("bench/Syncline.Bench", "src/Syncline.Cli", StringComparison.Ordinal), "syncline.dll");

    public static string ThisAssembly => typeof(ChildProcess).Assembly.Location;
}
