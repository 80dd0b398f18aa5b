using System.Diagnostics;
using System.Globalization;

namespace Syncline.Bench.Children;

/// <summary>Runs a .NET program to its end.</summary>
internal static class ChildProcess
{
    /// <returns>What it printed, and how long it lived, seconds.</returns>
    public static Task<(string Output, double Seconds)> RunAsync(string assembly, params string[] arguments) => RunAsync(assembly, null, arguments);

    /// <param name="heapMegabytes">The most that its managed heap may be; null for what the machine has.</param>
    public static async Task<(string Output, double Seconds)> RunAsync(string assembly, int? heapMegabytes, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true };
        // The runtime reads the limit as hexadecimal bytes.
        if (heapMegabytes is { } most) start.Environment["DOTNET_GCHeapHardLimit"] = ((long)most << 20).ToString("X", CultureInfo.InvariantCulture);
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
