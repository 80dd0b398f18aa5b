using Syncline.Conformance.Stores;

namespace Syncline.Storage.Tests;

/// <summary>A database file in a folder of its own.</summary>
public sealed class SqliteUnderTest : StoreUnderTest
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteDatabase> _opened = [];

    public override OpenStore Open(TimeProvider clock)
    {
        SqliteDatabase database = SqliteDatabase.Open(_folder.File("hub.db"), clock, new() { Synchronous = Synchronous.Off });
        _opened.Add(database);
        SqliteStore store = new(database);
        return new(store.Hub, store.Journal, store.Runs, store.Rates, store.Unifications) { Enrichments = store.Enrichments, Batches = store.Batches, Contacts = store.Contacts, Leads = store.Leads, Close = database.Dispose, Kill = database.Abort };
    }

    public override void Dispose()
    {
        foreach (SqliteDatabase database in _opened) database.Dispose();
        _folder.Dispose();
    }
}

public sealed class SqliteHubConforms : HubConformance<SqliteUnderTest>;

public sealed class SqliteSessionConforms : SessionConformance<SqliteUnderTest>;

public sealed class SqliteJournalConforms : JournalConformance<SqliteUnderTest>;

public sealed class SqliteDeadLettersConform : DeadLetterConformance<SqliteUnderTest>;

public sealed class SqliteRunsConform : RunConformance<SqliteUnderTest>;

public sealed class SqliteRateLedgerConforms : RateLedgerConformance<SqliteUnderTest>;

public sealed class SqliteEnrichmentsConform : EnrichmentConformance<SqliteUnderTest>;

public sealed class SqliteBatchesConform : BatchConformance<SqliteUnderTest>;

public sealed class SqliteContactsConform : ContactConformance<SqliteUnderTest>;

public sealed class SqliteUnificationsConform : UnificationConformance<SqliteUnderTest>;

public sealed class SqliteLeadsConform : LeadConformance<SqliteUnderTest>;
