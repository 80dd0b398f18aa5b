using Syncline.Simulation.Bugs;

namespace Syncline.Simulation;

/// <summary>A campaign that finds nothing might be blind. Each of these mistakes must be found, and by the promise it breaks.</summary>
public sealed class PlantedBugs
{
    // Enough that the rarest (it needs a lagging query and a crash within one call) is met several times over.
    private const int Seeds = 400;

    private static readonly Dictionary<string, IPlantedBug> Bugs = new IPlantedBug[]
    {
        new CursorBeforeEffect(), new PageTailLost(), new TimesCut(), new TiesCollapsed(), new BodyInIdentity(),
        new BlindRetry(), new NoDedupe(), new WrongPerson(), new NoteRepeated(), new UnknownTakenForDone(), new LimiterTooLoose(), new PeopleOverruled(), new RetryAfterIgnored(),
        new EchoUnchecked(), new LinkNotKept(), new DeletedComesBack(), new RejectionsSwallowed(), new OffsetBeforeOutcome(), new IntentsForgotten(),
    }.ToDictionary(b => b.Name);

    public static TheoryData<string> Names => [.. Bugs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_campaign_finds(string bug)
    {
        Verdict? found = Enumerable.Range(1, Seeds).Select(seed => Campaign.Run(seed, Bugs[bug])).FirstOrDefault(v => v.Failure is not null);
        Assert.True(found is not null, $"{Seeds} seeds did not find '{bug}'.");
        TestContext.Current.SendDiagnosticMessage($"{bug}: {found.Failure!.Split('\n')[0]}");
    }
}
