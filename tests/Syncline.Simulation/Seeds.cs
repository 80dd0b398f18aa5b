using System.Globalization;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation;

/// <summary>The whole engine under many seeds. <c>SYNCLINE_SEEDS=10000</c> runs that many, <c>SYNCLINE_SEED=42</c> that one alone, <c>SYNCLINE_FLOW=attio-to-quo</c> one flow alone.</summary>
public sealed class Seeds
{
    // The share of a quick test run; CI sets SYNCLINE_SEEDS.
    private static readonly Dictionary<string, int> Few = new() { [Flow.LinkedInToAttio.Name] = 100, [Flow.AttioToQuo.Name] = 50, [Flow.AttioToQuoDeleting.Name] = 50, [Flow.BothFlows.Name] = 20, [Flow.TwoWay.Name] = 20, [Flow.HubSpotTwoWay.Name] = 50 };

    public static TheoryData<string> Flows => [.. Flow.All.Select(f => f.Name).Where(n => Environment.GetEnvironmentVariable("SYNCLINE_FLOW") is not { Length: > 0 } only || n == only)];

    [Theory]
    [MemberData(nameof(Flows))]
    public void Every_promise_holds_under_every_seed(string name)
    {
        Flow flow = Flow.All.Single(f => f.Name == name);
        string? one = Environment.GetEnvironmentVariable("SYNCLINE_SEED");
        IEnumerable<int> seeds = one is null ? Enumerable.Range(1, Count(flow)) : [int.Parse(one, CultureInfo.InvariantCulture)];
        Verdict[] failed = [.. seeds.AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount).Select(seed => Campaign.Run(seed, flow)).Where(v => v.Failure is not null).OrderBy(v => v.Seed)];
        Assert.True(failed.Length == 0, failed.Length == 0 ? "" : Describe(flow, failed));
    }

    private static string Describe(Flow flow, Verdict[] failed)
    {
        (Scenario plainest, string failure) = Shrinker.Shrink(Scenario.Draw(failed[0].Seed, flow), failed[0].Failure!);
        return $"{failed.Length} seeds of {flow} failed ({string.Join(", ", failed.Take(20).Select(f => f.Seed))}); replay one with SYNCLINE_SEED={failed[0].Seed}.\n{string.Join('\n', failed.Take(20).Select(f => f.Failure!.Split('\n')[0]))}\n\n{failed[0].Failure}\n\nThe plainest scenario that fails still: {plainest}\n{failure}";
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void The_same_seed_gives_the_same_trace(string name)
    {
        Flow flow = Flow.All.Single(f => f.Name == name);
        foreach (int seed in new[] { 1, 2, 3 }) Assert.Equal(Campaign.Run(seed, flow).Trace, Campaign.Run(seed, flow).Trace);
    }

    private static int Count(Flow flow) => int.TryParse(Environment.GetEnvironmentVariable("SYNCLINE_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : Few[flow.Name];
}
