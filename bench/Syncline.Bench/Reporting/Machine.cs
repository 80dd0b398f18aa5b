using System.Globalization;
using System.Runtime.InteropServices;

namespace Syncline.Bench.Reporting;

/// <summary>What it ran on, without a name or a path.</summary>
internal static class Machine
{
    public static string Describe()
    {
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {memory:0} GB of memory, {RuntimeInformation.FrameworkDescription}, {OperatingSystem()}, {RuntimeInformation.OSArchitecture}");
    }

    /// <summary>The one-minute load average; a question mark where the system does not tell.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";

    /// <summary>The most memory this process ever held at once, in megabytes.</summary>
    public static double PeakMegabytes()
    {
        if (!File.Exists("/proc/self/status")) return Environment.WorkingSet / 1048576.0;
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024.0;
    }

    private static string OperatingSystem()
    {
        const string release = "/etc/os-release";
        string? pretty = File.Exists(release) ? File.ReadLines(release).FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal)) : null;
        return pretty?["PRETTY_NAME=".Length..].Trim('"') ?? RuntimeInformation.OSDescription;
    }
}
