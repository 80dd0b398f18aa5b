using Syncline.Conformance.Stores;

namespace Syncline.Storage.Tests.Serving;

/// <summary>A fresh database for each test of a table that the server has.</summary>
public abstract class ServingTables : IDisposable
{
    protected ServingTables()
    {
        Database = SqliteDatabase.Open("unused", Clock, new() { InMemory = true });
        Store = new(Database);
    }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected StoreClock Clock { get; } = new();

    protected SqliteDatabase Database { get; }

    protected SqliteStore Store { get; }

    public void Dispose()
    {
        Database.Dispose();
        GC.SuppressFinalize(this);
    }
}
