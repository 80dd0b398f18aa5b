using Syncline.Merging;

namespace Syncline.Simulation.Worlds;

/// <summary>What one seed sets up: drawn once, printed when it fails.</summary>
/// <param name="People">HeyReach leads at the start.</param>
/// <param name="PageSize">Conversations a page: small, so that few people make many pages.</param>
/// <param name="FaultShare">Share of the requests a network fault strikes.</param>
/// <param name="QueryLag">How long Attio's queries miss what was just written.</param>
/// <param name="Crashes">Process ends per cycle at the most.</param>
internal sealed record Scenario(int Seed)
{
    public Flow Flow { get; init; } = Flow.LinkedInToAttio;
    public int People { get; init; }
    public int PageSize { get; init; }
    public double FaultShare { get; init; }
    public TimeSpan QueryLag { get; init; }
    public TimeSpan Latency { get; init; }
    public int Crashes { get; init; }
    public int Cycles { get; init; }
    public bool TwoReferences { get; init; }
    public bool Lively { get; init; }
    public bool WithNotes { get; init; }
    /// <summary>Calls a second that the destination allows in truth, below what it publishes: Attio's writes, or all of Quo's calls; null as published.</summary>
    public int? LowerLimit { get; init; }
    public bool V3Missing { get; init; }

    /// <summary>Attio people at the start, where people live there before any lead comes.</summary>
    public int Members { get; init; }

    /// <summary>Rows of an Attio page; above ten, several pages are asked for at a time.</summary>
    public int RecordsPage { get; init; } = 500;

    /// <summary>How long Quo's lists miss what was just made.</summary>
    public TimeSpan ListLag { get; init; }

    /// <summary>The share of the records that one run may remove, and one reading may miss; of a sync that keeps what is deleted, only the latter.</summary>
    public double DeleteShare { get; init; } = DeletePolicy.Keep.MostShare;

    /// <summary>Whether Attio's webhooks announce what happens, and some runs read only what they name.</summary>
    public bool Announces { get; init; }

    /// <summary>Whether exactly one deletion and one merge come after the first cycle, in the place of whatever else would happen.</summary>
    public bool OneOfEachDeparture { get; init; }

    /// <summary>Whether HubSpot has the unique property with our id.</summary>
    public bool HasExternalId { get; init; }

    /// <summary>Whether HubSpot behaves, where its documents leave that open, as the seed says.</summary>
    public bool HasOddHabits { get; init; }

    /// <summary>How long HubSpot's search misses a write, at least.</summary>
    public TimeSpan IndexLag { get; init; }

    /// <summary>How often all of HubSpot is listed.</summary>
    public TimeSpan ListedEvery { get; init; } = TimeSpan.FromHours(24);

    public static Scenario Draw(int seed) => Draw(seed, Flow.LinkedInToAttio);

    public static Scenario Draw(int seed, Flow flow)
    {
        Random random = new(seed);
        Scenario common = new(seed)
        {
            Flow = flow,
            People = random.Next(1, 7),
            PageSize = random.Next(1, 5),
            FaultShare = random.Next(3) switch { 0 => 0, 1 => 0.05, _ => 0.15 },
            QueryLag = random.Next(4) == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero,
            Latency = TimeSpan.FromMilliseconds(random.Next(5, 600)),
            Crashes = random.Next(4),
            Cycles = random.Next(1, 4),
            TwoReferences = random.Next(4) == 0,
            Lively = random.Next(2) == 0,
            WithNotes = random.Next(3) == 0,
            LowerLimit = random.Next(5) == 0 ? 8 : null,
            V3Missing = random.Next(5) == 0,
        };
        if (flow == Flow.LinkedInToAttio) return common;
        Scenario peopled = WithMembers(common, random);
        if (flow == Flow.HubSpotTwoWay) return WithPortal(peopled, random);
        return flow == Flow.AttioToQuoDeleting ? WithDepartures(peopled, random) : peopled;
    }

    private static Scenario WithDepartures(Scenario peopled, Random random) => peopled with
    {
        Members = peopled.Members + random.Next(7),
        Cycles = peopled.Cycles + random.Next(2),
        DeleteShare = random.Next(2) == 0 ? 0.1 : 1,
        Announces = random.Next(2) == 0,
    };

    private static Scenario WithPortal(Scenario peopled, Random random) => peopled with
    {
        WithNotes = false,
        HasExternalId = random.Next(2) == 0,
        HasOddHabits = random.Next(2) == 0,
        IndexLag = TimeSpan.FromSeconds(random.Next(5) * 2),
        ListedEvery = random.Next(3) == 0 ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(24),
        Announces = random.Next(2) == 0,
    };

    private static Scenario WithMembers(Scenario common, Random random)
    {
        bool isLarge = random.Next(8) == 0;
        return common with
        {
            People = random.Next(1, 4),
            Members = isLarge ? random.Next(15, 35) : random.Next(1, 8),
            RecordsPage = isLarge ? random.Next(11, 15) : random.Next(1, 5),
            ListLag = TimeSpan.FromSeconds(random.Next(5) * 0.5),
            LowerLimit = common.LowerLimit is null ? null : 5,
            // Of the columns that the messages need, none is in question here.
            TwoReferences = false,
        };
    }
}
