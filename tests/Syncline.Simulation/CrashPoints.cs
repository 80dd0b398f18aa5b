using Syncline.Simulation.Worlds;

namespace Syncline.Simulation;

/// <summary>Not some crash points: every one there is, in small worlds that between them use each part of the path.</summary>
public sealed class CrashPoints
{
    private static readonly Scenario[] Worlds =
    [
        new(1) { People = 2, PageSize = 1, Latency = TimeSpan.FromMilliseconds(50), Cycles = 1 },
        new(2) { People = 2, PageSize = 2, Latency = TimeSpan.FromMilliseconds(300), Cycles = 1, TwoReferences = true, QueryLag = TimeSpan.FromSeconds(1) },
        new(3) { People = 3, PageSize = 2, Latency = TimeSpan.FromMilliseconds(20), Cycles = 2, WithNotes = true, Lively = true },
    ];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Worlds.Length)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void A_crash_at_any_point_of_a_run_breaks_no_promise(int world)
    {
        long points = Campaign.CountPoints(Worlds[world], cycle: 0);
        Assert.True(points > 30, $"The run passes only {points} points: it does not do the job.");
        Verdict[] failed = [.. Enumerable.Range(1, (int)points).AsParallel().Select(point => Campaign.RunWithCrashAt(Worlds[world], new(0, point))).Where(v => v.Failure is not null)];
        Assert.True(failed.Length == 0, $"{failed.Length} of {points} crash points failed.\n{string.Join("\n\n", failed.Take(3).Select(f => f.Failure))}");
    }
}
