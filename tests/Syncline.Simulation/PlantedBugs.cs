using Syncline.Simulation.Bugs;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation;

/// <summary>A campaign that finds nothing might be blind. Each of these mistakes must be found, and by the promise it breaks.</summary>
public sealed class PlantedBugs
{
    // Enough that the rarest (it needs a lagging query and a crash within one call) is met several times over.
    private const int Seeds = 400;

    private static readonly Dictionary<string, (IPlantedBug Bug, Flow Flow)> Bugs = Of(
    [
        .. In(Flow.LinkedInToAttio,
            new CursorBeforeEffect(), new PageTailLost(), new TimesCut(), new TiesCollapsed(), new BodyInIdentity(),
            new BlindRetry(), new NoDedupe(), new WrongPerson(), new NoteRepeated(), new UnknownTakenForDone(), new LimiterTooLoose(), new PeopleOverruled(), new RetryAfterIgnored(),
            new EchoUnchecked(), new LinkNotKept(), new DeletedComesBack(), new RejectionsSwallowed(), new OffsetBeforeOutcome(), new IntentsForgotten()),
        .. In(Flow.AttioToQuo,
            new OnlyNewItemsSent(), new BlindRetry(), new MatchedByPhone(), new PlainOffsets(), new SettleTimeSkipped(), new CompanyNotFollowed(), new PlanTrusted(), new CallsTooFast(),
            new PeopleOverruled(), new DeletedComesBack(), new IntentsForgotten()),
        .. In(Flow.AttioToQuoDeleting, new OneCensusSuffices(), new ShareIgnored(), new ChangesNotLookedAt(), new MergeNotFollowed()),
        .. In(Flow.AttioToQuo, new MergeNotFollowed()),
        .. In(Flow.TwoWay, new NewsSwallowed(), new LinkNotKept()),
        .. In(Flow.BothFlows, new UnknownTakenForDone()),
        .. In(Flow.HubSpotTwoWay,
            new ResultOrderTrusted(), new PartialFailureMissed(), new AssociationLost(), new FormerCompanyKept(), new MergeNotFollowed(), new WindowFromNewest(), new SearchRowsTrusted(), new OwnRecordsUnknown(),
            new UnknownTakenForDone(), new DeletedComesBack(), new PortalCalledTooFast()),
    ]);

    public static TheoryData<string> Names => [.. Bugs.Where(b => Environment.GetEnvironmentVariable("SYNCLINE_FLOW") is not { Length: > 0 } only || b.Value.Flow.Name == only).Select(b => b.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_campaign_finds(string name)
    {
        (IPlantedBug bug, Flow flow) = Bugs[name];
        Verdict? found = Enumerable.Range(1, Seeds).Select(seed => Campaign.Run(seed, flow, Anew(bug))).FirstOrDefault(v => v.Failure is not null);
        Assert.True(found is not null, $"{Seeds} seeds did not find '{name}'.");
        TestContext.Current.SendDiagnosticMessage($"{name}: {found.Failure!.Split('\n')[0]}");
    }

    // What a bug remembers belongs to one life.
    private static IPlantedBug Anew(IPlantedBug bug) => (IPlantedBug)Activator.CreateInstance(bug.GetType())!;

    private static Dictionary<string, (IPlantedBug, Flow)> Of((IPlantedBug Bug, Flow Flow)[] bugs) => bugs.ToDictionary(b => b.Flow == Flow.LinkedInToAttio ? b.Bug.Name : $"{b.Bug.Name} in {b.Flow}");

    private static IEnumerable<(IPlantedBug, Flow)> In(Flow flow, params IEnumerable<IPlantedBug> bugs) => bugs.Select(b => (b, flow));
}
