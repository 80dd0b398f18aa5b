using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Bugs;

/// <summary>What one complete reading misses is taken for deleted.</summary>
internal sealed class OneCensusSuffices : IPlantedBug
{
    public string Name => "one-census-suffices";

    public IHub Wrap(IHub hub) => new Rash(hub);

    private sealed class Rash(IHub inner) : AlteredSessions(inner)
    {
        protected override IHubSession Alter(IHubSession session) => new Session(session);

        private sealed class Session(IHubSession inner) : PassThroughSession(inner)
        {
            // Counted twice, each absence is two.
            public override async Task<IReadOnlyList<string>> MarkMissingAsync(StreamId stream, long runId, CancellationToken cancellationToken)
            {
                await base.MarkMissingAsync(stream, runId, cancellationToken);
                return await base.MarkMissingAsync(stream, runId, cancellationToken);
            }
        }
    }
}

/// <summary>However many are missing, they are taken for deleted and removed at once.</summary>
internal sealed class ShareIgnored : IPlantedBug
{
    public string Name => "share-ignored";

    public IHub Wrap(IHub hub) => new Boundless(hub);

    private sealed class Boundless(IHub inner) : AlteredSessions(inner)
    {
        public override async Task<long> CountLinksAsync(StreamId stream, CancellationToken cancellationToken) => 1_000 * await base.CountLinksAsync(stream, cancellationToken);

        protected override IHubSession Alter(IHubSession session) => new Session(session);

        private sealed class Session(IHubSession inner) : PassThroughSession(inner)
        {
            public override async Task<Attendance> CountAttendanceAsync(StreamId stream, long runId, CancellationToken cancellationToken)
            {
                Attendance attendance = await base.CountAttendanceAsync(stream, runId, cancellationToken);
                return attendance with { Known = 1_000 * attendance.Known };
            }
        }
    }
}

/// <summary>A removal does not look whether somebody has changed the contact.</summary>
internal sealed class ChangesNotLookedAt : IPlantedBug
{
    // By contact, while its person is proven deleted: what we last saw there.
    private readonly Dictionary<string, FieldSet> _doomed = new(StringComparer.Ordinal);

    public string Name => "changes-not-looked-at";

    public IHub Wrap(IHub hub) => new Noting(hub, _doomed);

    public IDestination Wrap(IDestination destination) => new Remembering(destination, _doomed);

    private sealed class Noting(IHub inner, Dictionary<string, FieldSet> doomed) : PassThroughHub(inner)
    {
        public override async Task<ILookup<long, Link>> LinksOfAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken)
        {
            ILookup<long, Link> links = await base.LinksOfAsync(goldenIds, cancellationToken);
            foreach (Link link in links.Where(g => g.Where(l => l.Key.Connection == "attio").All(l => l.IsDeletionProven)).SelectMany(g => g).Where(l => l.Key.Connection == "quo")) doomed[link.Key.Id] = link.Sent;
            return links;
        }
    }

    private sealed class Remembering(IDestination inner, Dictionary<string, FieldSet> doomed) : PassThroughDestination(inner)
    {
        public override async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            (await base.ReadAsync(stream, ids, cancellationToken)).ToDictionary(r => r.Key, r => doomed.TryGetValue(r.Key, out FieldSet? sent) ? r.Value with { Fields = sent } : r.Value);

        public override Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) =>
            base.WriteAsync(stream, [.. batch.Select(o => o.Verb == Verb.Delete ? o with { Before = FieldSet.Empty } : o)], cancellationToken);
    }
}

/// <summary>Two records that became one in Attio stay two here.</summary>
internal sealed class MergeNotFollowed : IPlantedBug
{
    public string Name => "merge-not-followed";

    public IHub Wrap(IHub hub) => new Stubborn(hub);

    private sealed class Stubborn(IHub inner) : AlteredSessions(inner)
    {
        protected override IHubSession Alter(IHubSession session) => new Session(session);

        private sealed class Session(IHubSession inner) : PassThroughSession(inner)
        {
            public override Task SaveAsync(HubChanges changes, CancellationToken cancellationToken) => changes.Merged.Count > 0 ? Task.CompletedTask : base.SaveAsync(changes, cancellationToken);
        }
    }
}

/// <summary>A hub whose sessions are changed.</summary>
internal abstract class AlteredSessions(IHub inner) : PassThroughHub(inner)
{
    public override async Task<IHubSession> BeginAsync(CancellationToken cancellationToken) => Alter(await base.BeginAsync(cancellationToken));

    protected abstract IHubSession Alter(IHubSession session);
}
