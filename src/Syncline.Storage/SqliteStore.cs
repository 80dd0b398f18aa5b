using Syncline.Enriching;
using Syncline.Imports;
using Syncline.Leads;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Storage.Serving;
using Syncline.Syncs;

namespace Syncline.Storage;

/// <summary>The engine's ports and the server's tables on one SQLite database, which stays the caller's to close.</summary>
public sealed class SqliteStore
{
    public SqliteStore(SqliteDatabase database)
    {
        Database = database;
        Hub = new Hub(database, database.HubName);
        Journal = new Journal(database);
        Runs = new RunLog(database);
        Rates = new RateLedger(database);
        Unifications = new Unifications(database);
        Enrichments = new EnrichmentCache(database);
        Batches = new EnrichmentBatches(database);
        Contacts = new ContactList(database);
        Conflicts = new Conflicts(database);
        Imports = new ImportIndex(database);
        Leads = new LeadList(database);
        Users = new(database);
        ApiTokens = new(database);
        AuditLog = new(database);
        DeadLetters = new(database);
        Credentials = new(database);
        ProtectionKeys = new(database);
        Inbox = new(database);
        WebhookSubscriptions = new(database);
        IdempotentAnswers = new(database);
        ScheduleStates = new(database);
        Experiments = new(database);
    }

    public SqliteDatabase Database { get; }

    public IHub Hub { get; }

    public IJournal Journal { get; }

    public IRunLog Runs { get; }

    public IRateLedger Rates { get; }

    public IUnifications Unifications { get; }

    public IEnrichmentCache Enrichments { get; }

    public IEnrichmentBatches Batches { get; }

    public IContactList Contacts { get; }

    public IConflicts Conflicts { get; }

    public IImportIndex Imports { get; }

    public ILeadList Leads { get; }

    public Users Users { get; }

    public ApiTokens ApiTokens { get; }

    public AuditLog AuditLog { get; }

    public DeadLetterList DeadLetters { get; }

    public Credentials Credentials { get; }

    public ProtectionKeys ProtectionKeys { get; }

    public Inbox Inbox { get; }

    public WebhookSubscriptions WebhookSubscriptions { get; }

    public IdempotentAnswers IdempotentAnswers { get; }

    public ScheduleStates ScheduleStates { get; }

    public Experiments Experiments { get; }
}
