using Syncline.Loading;
using Syncline.Merging;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Bugs;

/// <summary>The base is not kept, so that our own write looks like news.</summary>
internal sealed class EchoUnchecked : IPlantedBug
{
    public string Name => "echo-unchecked";

    public IJournal Wrap(IJournal journal) => new Forgetful(journal);

    private sealed class Forgetful(IJournal inner) : AlteredJournal(inner)
    {
        protected override void Alter(HubChanges changes)
        {
            for (int i = 0; i < changes.Links.Count; i++) changes.Links[i] = changes.Links[i] with { Sent = Records.FieldSet.Empty };
        }
    }
}

/// <summary>What was written is not linked.</summary>
internal sealed class LinkNotKept : IPlantedBug
{
    public string Name => "link-not-kept";

    public IJournal Wrap(IJournal journal) => new Loose(journal);

    private sealed class Loose(IJournal inner) : AlteredJournal(inner)
    {
        protected override void Alter(HubChanges changes) => changes.Links.Clear();
    }
}

/// <summary>A record that a person deleted is taken for one that was never made.</summary>
internal sealed class DeletedComesBack : IPlantedBug
{
    public string Name => "deleted-comes-back";

    public IJournal Wrap(IJournal journal) => new Resurrection(journal);

    private sealed class Resurrection(IJournal inner) : AlteredJournal(inner)
    {
        protected override void Alter(HubChanges changes)
        {
            changes.RemovedLinks.AddRange(changes.Links.Where(l => l.State == LinkState.Gone).Select(l => l.Key));
            changes.Links.RemoveAll(l => l.State == LinkState.Gone);
        }
    }
}

/// <summary>What could not be read is dropped without a word.</summary>
internal sealed class RejectionsSwallowed : IPlantedBug
{
    public string Name => "rejections-swallowed";

    public IHub Wrap(IHub hub) => new Silent(hub);

    private sealed class Silent(IHub inner) : PassThroughHub(inner)
    {
        public override async Task<IHubSession> BeginAsync(CancellationToken cancellationToken) => new Session(await base.BeginAsync(cancellationToken));

        private sealed class Session(IHubSession inner) : PassThroughSession(inner)
        {
            public override Task SaveAsync(HubChanges changes, CancellationToken cancellationToken)
            {
                changes.DeadLetters.Clear();
                return base.SaveAsync(changes, cancellationToken);
            }
        }
    }
}

/// <summary>The place in the feed is kept when a window is read, not when it is done.</summary>
internal sealed class OffsetBeforeOutcome : IPlantedBug
{
    public string Name => "offset-before-outcome";

    public IJournal Wrap(IJournal journal) => new Hasty(journal);

    private sealed class Hasty(IJournal inner) : PassThroughJournal(inner)
    {
        public override async Task IntendAsync(string sync, long runId, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
        {
            await base.IntendAsync(sync, runId, operations, cancellationToken);
            await base.SaveOffsetAsync($"{sync}>attio", operations.Max(o => o.GoldenId) * 10, cancellationToken);
        }
    }
}

/// <summary>What a dead process intended is not asked after.</summary>
internal sealed class IntentsForgotten : IPlantedBug
{
    public string Name => "intents-forgotten";

    public IJournal Wrap(IJournal journal) => new Careless(journal);

    private sealed class Careless(IJournal inner) : PassThroughJournal(inner)
    {
        public override Task<IReadOnlyList<JournalEntry>> OpenIntentsAsync(string connection, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<JournalEntry>>([]);
    }
}

/// <summary>A journal that changes what a settlement brings into the hub.</summary>
internal abstract class AlteredJournal(IJournal inner) : PassThroughJournal(inner)
{
    public override Task SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        foreach (Settlement settlement in settlements) Alter(settlement.Changes);
        return base.SettleAsync(settlements, cancellationToken);
    }

    protected abstract void Alter(HubChanges changes);
}
