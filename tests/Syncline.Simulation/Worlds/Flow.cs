using Syncline.Records;
using Syncline.Sandbox;
using Syncline.Simulation.Judging;
using Syncline.Syncs;

namespace Syncline.Simulation.Worlds;

/// <summary>What goes on at the providers while the engine works.</summary>
internal interface ILife
{
    /// <summary>What was there long before the first run.</summary>
    void Begin();

    /// <summary>Between two runs.</summary>
    void Between();

    /// <summary>Between two pages of a scan of the inbox.</summary>
    void BetweenPages() { }

    /// <summary>While a run is under way, just before a request is answered.</summary>
    void During(string provider, SandboxRequest request) { }
}

/// <summary>A path through the engine to be proved: the syncs that run over one hub, the people at its ends, and who judges.</summary>
/// <param name="Syncs">In the order in which a cycle runs them.</param>
internal sealed record Flow(string Name, IReadOnlyList<SyncDefinition> Syncs)
{
    public required Func<World, History, IEnumerable<ILife>> Lives { get; init; }

    public required Func<World, History, IEnumerable<IJudge>> Judges { get; init; }

    /// <summary>Quiet cycles after which nothing may be written any more.</summary>
    public int SettlesIn { get; init; } = 2;

    /// <summary>Whether a supplier is asked about people.</summary>
    public bool IsEnriched { get; init; }

    public IReadOnlyList<string> Connections => [.. Syncs.SelectMany(s => s.From.Concat(s.To)).Distinct(StringComparer.Ordinal)];

    public static Flow LinkedInToAttio { get; } = new("linkedin-to-attio", [new("linkedin-to-attio", ["heyreach"], ["attio"])])
    {
        Lives = (world, history) => [new LinkedInLife(world, history)],
        Judges = (world, history) => [new LinkedInJudge(world, history)],
    };

    public static Flow AttioToQuo { get; } = new("attio-to-quo", [new("attio-to-quo", ["attio"], ["quo"])])
    {
        Lives = (world, history) => [new ContactsLife(world, history)],
        Judges = (world, history) => [new ContactsJudge(world, history)],
    };

    /// <summary>The same, and what is deleted or merged in Attio is carried on.</summary>
    public static Flow AttioToQuoDeleting { get; } = new("attio-to-quo-deleting", [new("attio-to-quo-deleting", ["attio"], ["quo"]) { Deletes = new(Propagates: true, 1.0) }])
    {
        // Two readings prove a deletion, and a run may remove no more than a share.
        SettlesIn = 3,
        Lives = (world, history) => [new ContactsLife(world, history)],
        Judges = (world, history) => [new ContactsJudge(world, history)],
    };

    /// <summary>Two syncs over one hub: who is known from LinkedIn and from Attio is one.</summary>
    public static Flow BothFlows { get; } = new("both-flows", [.. LinkedInToAttio.Syncs, .. AttioToQuo.Syncs])
    {
        Lives = (world, history) => [new LinkedInLife(world, history), new ContactsLife(world, history)],
        Judges = (world, history) => [new LinkedInJudge(world, history), new ContactsJudge(world, history)],
    };

    public static Flow TwoWay { get; } = new("attio-and-quo", [new("attio-and-quo", ["attio", "quo"], ["attio", "quo"])])
    {
        Lives = (world, history) => [new ContactsLife(world, history)],
        Judges = (world, history) => [new AgreementJudge(world, history)],
    };

    /// <summary>HubSpot is read and written, and Attio is read; a supplier adds to what both say.</summary>
    public static Flow HubSpotTwoWay { get; } = new("hubspot-two-way", [new("hubspot-two-way", ["attio", "hubspot"], ["hubspot"]) { Kinds = [RecordKind.Company, RecordKind.Person] }])
    {
        IsEnriched = true,
        Lives = (world, history) => [new HubSpotLife(world, history)],
        Judges = (world, history) => [new HubSpotJudge(world, history)],
    };

    public static IReadOnlyList<Flow> All { get; } = [LinkedInToAttio, AttioToQuo, AttioToQuoDeleting, BothFlows, TwoWay, HubSpotTwoWay];

    public override string ToString() => Name;
}
