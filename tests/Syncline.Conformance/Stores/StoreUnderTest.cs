using Syncline.Enriching;
using Syncline.Leads;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Syncs;

namespace Syncline.Conformance.Stores;

/// <summary>One opening of a store, as one process has it.</summary>
public sealed record OpenStore(IHub Hub, IJournal Journal, IRunLog Runs, IRateLedger Rates, IUnifications Unifications)
{
    public required IEnrichmentCache Enrichments { get; init; }

    public required IEnrichmentBatches Batches { get; init; }

    public required IContactList Contacts { get; init; }

    public required ILeadList Leads { get; init; }

    /// <summary>Closes it in good order.</summary>
    public required Action Close { get; init; }

    /// <summary>Ends it as <c>kill -9</c> ends a process.</summary>
    public required Action Kill { get; init; }
}

/// <summary>One database, empty at first, that can be opened many times. A store's tests supply it.</summary>
public abstract class StoreUnderTest : IDisposable
{
    /// <summary>Opens the same database; several openings may be there at a time.</summary>
    public abstract OpenStore Open(TimeProvider clock);

    /// <summary>Closes what is open and removes the database.</summary>
    public abstract void Dispose();
}

/// <summary>A clock that goes only when it is told to.</summary>
public sealed class StoreClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>What every suite has: a fresh database, opened once.</summary>
/// <typeparam name="TStore">The store's supplier.</typeparam>
public abstract class StoreSuite<TStore> : IDisposable
    where TStore : StoreUnderTest, new()
{
    protected StoreSuite() => Store = Under.Open(Clock);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected StoreClock Clock { get; } = new();

    protected OpenStore Store { get; private set; }

    private TStore Under { get; } = new();

    public void Dispose()
    {
        Under.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A second process on the same database.</summary>
    protected OpenStore OpenAnother() => Under.Open(Clock);

    protected void Reopen()
    {
        Store.Close();
        Store = Under.Open(Clock);
    }

    protected void KillAndReopen()
    {
        Store.Kill();
        Store = Under.Open(Clock);
    }

    protected Task SaveAsync(HubChanges changes) => SaveAsync(Store, changes);

    protected static async Task SaveAsync(OpenStore store, HubChanges changes)
    {
        await using IHubSession session = await store.Hub.BeginAsync(Token);
        await session.SaveAsync(changes, Token);
        await session.CommitAsync(Token);
    }

    protected async Task<T> InSessionAsync<T>(Func<IHubSession, Task<T>> look)
    {
        await using IHubSession session = await Store.Hub.BeginAsync(Token);
        return await look(session);
    }
}
