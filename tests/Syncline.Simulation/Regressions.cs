using Syncline.Simulation.Judging;
using Syncline.Simulation.Time;
using Syncline.Simulation.Worlds;
using Syncline.Syncs;

namespace Syncline.Simulation;

/// <summary>Seeds that once failed, by their symptom; and what a crash may cost.</summary>
public sealed class Regressions
{
    [Theory]
    [InlineData(57, "a crash between a message and its person's back reference left the two unlinked")]
    [InlineData(69, "a record whose create was interrupted was taken for somebody else's")]
    [InlineData(96, "a restart looked before the dead process's last create could be seen, and made the person twice")]
    [InlineData(317, "a record whose create was interrupted under a lagging query was taken for somebody else's")]
    public void A_seed_that_once_failed_passes(int seed, string symptom)
    {
        Verdict verdict = Campaign.Run(seed);
        Assert.True(verdict.Failure is null, $"Again: {symptom}.\n{verdict.Failure}");
    }

    [Theory]
    [InlineData(1428, "a removal whose answer was lost was repeated, refused, and what it had written counted as a person's from then on")]
    public void A_seed_of_attio_to_quo_that_once_failed_passes(int seed, string symptom)
    {
        Verdict verdict = Campaign.Run(seed, Flow.AttioToQuo);
        Assert.True(verdict.Failure is null, $"Again: {symptom}.\n{verdict.Failure}");
    }

    [Theory]
    [InlineData(1069, "a lead whose address is a member URN was not found in Attio, where it stood in another spelling, and was made twice")]
    public void A_seed_of_both_flows_that_once_failed_passes(int seed, string symptom)
    {
        Verdict verdict = Campaign.Run(seed, Flow.BothFlows);
        Assert.True(verdict.Failure is null, $"Again: {symptom}.\n{verdict.Failure}");
    }

    [Fact]
    public void A_crash_costs_one_page_of_reading_at_the_most()
    {
        Scenario scenario = new(5) { People = 6, PageSize = 1, Latency = TimeSpan.FromMilliseconds(20), Cycles = 1 };
        long whole = PagesRead(scenario, crashAt: null);
        for (long point = 1; point <= 4 * whole; point++)
        {
            long read = PagesRead(scenario, point);
            // One page again, and one for the incremental look that ends the restarted run.
            Assert.True(read <= whole + 2, $"Reading takes {whole} pages; with a crash at point {point} it took {read}.");
        }
    }

    private static long PagesRead(Scenario scenario, long? crashAt) => SingleThread.Run(() =>
    {
        History history = new();
        using World world = new(scenario, history);
        SyncDefinition sync = scenario.Flow.Syncs.Single();
        world.Crash.Set(crashAt);
        if (world.Run(sync, RunOptions.Incremental) is null) world.Run(sync, RunOptions.Incremental);
        new LinkedInJudge(world, history).Decide(hasReadAll: true);
        return world.Gate.Ledger.Entries.LongCount(e => e.Request.Path.Contains("GetConversations", StringComparison.Ordinal));
    });
}
