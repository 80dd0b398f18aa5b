using Syncline.Simulation.Worlds;

namespace Syncline.Simulation;

/// <summary>Makes a failing scenario as plain as it still fails, so that a person has less to read.</summary>
internal static class Shrinker
{
    private static readonly Func<Scenario, Scenario>[] Simpler =
    [
        s => s with { FaultShare = 0 }, s => s with { Crashes = 0 }, s => s with { Cycles = 1 }, s => s with { Lively = false }, s => s with { WithNotes = false }, s => s with { TwoReferences = false },
        s => s with { V3Missing = false }, s => s with { LowerLimit = null }, s => s with { QueryLag = TimeSpan.Zero }, s => s with { People = 1 }, s => s with { People = 2 }, s => s with { ListLag = TimeSpan.Zero }, s => s with { Members = 1 }, s => s with { Members = 2 }, s => s with { Members = 3 }, s => s with { RecordsPage = 500 }, s => s with { Announces = false }, s => s with { DeleteShare = 1 }, s => s with { PageSize = 100 },
    ];

    /// <summary>The plainest scenario found that fails still, with its failure.</summary>
    public static (Scenario Scenario, string Failure) Shrink(Scenario scenario, string failure)
    {
        foreach (Func<Scenario, Scenario> simplify in Simpler)
        {
            Scenario plainer = simplify(scenario);
            if (plainer == scenario || Campaign.Run(plainer).Failure is not { } still) continue;
            (scenario, failure) = (plainer, still);
        }
        return (scenario, failure);
    }
}
