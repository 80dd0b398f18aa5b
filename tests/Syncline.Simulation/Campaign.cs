using Syncline.Simulation.Bugs;
using Syncline.Simulation.Time;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation;

/// <summary>How one seed went.</summary>
/// <param name="Failure">Null when every promise held.</param>
internal sealed record Verdict(int Seed, string Trace, string? Failure, long Crashes);

/// <summary>Runs seeds.</summary>
internal static class Campaign
{
    public static Verdict Run(int seed, IPlantedBug? bug = null) => Run(seed, Flow.LinkedInToAttio, bug);

    public static Verdict Run(int seed, Flow flow, IPlantedBug? bug = null) => Run(Scenario.Draw(seed, flow), bug, null);

    public static Verdict Run(Scenario scenario) => Run(scenario, null, null);

    /// <summary>One scenario with one crash.</summary>
    public static Verdict RunWithCrashAt(Scenario scenario, CrashAt crash) => Run(scenario, null, crash);

    /// <summary>How many points the first run of a cycle passes.</summary>
    public static long CountPoints(Scenario scenario, int cycle) => SingleThread.Run(() =>
    {
        using Trial trial = new(scenario, null, new(cycle, long.MaxValue));
        trial.Live();
        return trial.PointsPassed;
    });

    private static Verdict Run(Scenario scenario, IPlantedBug? bug, CrashAt? crash) => SingleThread.Run(() =>
    {
        using Trial trial = new(scenario, bug, crash);
        return trial.Run();
    });
}
