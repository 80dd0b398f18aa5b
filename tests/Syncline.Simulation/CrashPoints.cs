using Syncline.Simulation.Worlds;

namespace Syncline.Simulation;

/// <summary>Not some crash points: every one there is, in small worlds that between them use each part of the path.</summary>
public sealed class CrashPoints
{
    private static readonly Scenario Contacts = new(4) { Flow = Flow.AttioToQuo, Members = 2, RecordsPage = 1, Latency = TimeSpan.FromMilliseconds(80), Cycles = 2 };

    private static readonly Scenario Departing = Contacts with { Seed = 3, Flow = Flow.AttioToQuoDeleting, Members = 4, Cycles = 3, DeleteShare = 1, RecordsPage = 2, OneOfEachDeparture = true };

    private static readonly (Scenario World, int Cycle, int Least)[] Worlds =
    [
        (new(1) { People = 2, PageSize = 1, Latency = TimeSpan.FromMilliseconds(50), Cycles = 1 }, 0, 30),
        (new(2) { People = 2, PageSize = 2, Latency = TimeSpan.FromMilliseconds(300), Cycles = 1, TwoReferences = true, QueryLag = TimeSpan.FromSeconds(1) }, 0, 30),
        (new(3) { People = 3, PageSize = 2, Latency = TimeSpan.FromMilliseconds(20), Cycles = 2, WithNotes = true, Lively = true }, 0, 30),
        // Contacts are made in the first cycle and changed in the second.
        (Contacts, 0, 20),
        (Contacts, 1, 20),
        (Contacts with { Seed = 5, Members = 1, ListLag = TimeSpan.FromSeconds(2) }, 0, 15),
        (Contacts with { Flow = Flow.TwoWay, Members = 1 }, 1, 30),
        // A deletion and a merge come before the second cycle, which follows the merge; the third removes who was deleted.
        (Departing, 1, 60),
        (Departing, 2, 45),
    ];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Worlds.Length)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void A_crash_at_any_point_of_a_run_breaks_no_promise(int index)
    {
        (Scenario world, int cycle, int least) = Worlds[index];
        long points = Campaign.CountPoints(world, cycle);
        Assert.True(points > least, $"The run passes only {points} points: it does not do the job.");
        Verdict[] failed = [.. Enumerable.Range(1, (int)points).AsParallel().Select(point => Campaign.RunWithCrashAt(world, new(cycle, point))).Where(v => v.Failure is not null)];
        Assert.True(failed.Length == 0, $"{failed.Length} of {points} crash points failed.\n{string.Join("\n\n", failed.Take(3).Select(f => f.Failure))}");
    }
}
