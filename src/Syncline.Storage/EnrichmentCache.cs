using Syncline.Enriching;
using Syncline.Records;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>Paid answers in a database.</summary>
internal sealed class EnrichmentCache(SqliteDatabase database) : IEnrichmentCache
{
    public Task<IReadOnlyDictionary<string, KeptAnswer>> FindAsync(string enricher, RecordKind kind, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        database.ReadAsync(on => EnrichmentTable.FindAsync(on, enricher, kind, keys, cancellationToken));

    public async Task AskAsync(string enricher, RecordKind kind, IReadOnlyCollection<(string Key, long GoldenId)> asked, CancellationToken cancellationToken)
    {
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken);
        await EnrichmentTable.AskAsync(transaction.On, enricher, asked, database.Clock.GetUtcNow(), cancellationToken);
        transaction.Commit();
    }

    public async Task KeepAsync(string enricher, RecordKind kind, IReadOnlyList<KeptAnswer> answers, decimal spent, CancellationToken cancellationToken)
    {
        // An answer that a power cut takes back would be paid for twice.
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken, toDisk: true);
        await EnrichmentTable.SaveAsync(transaction.On, enricher, kind, answers, cancellationToken);
        if (spent > 0) await EnrichmentTable.SpendAsync(transaction.On, enricher, spent, database.Clock.GetUtcNow(), cancellationToken);
        await EnrichmentTable.EndAskingAsync(transaction.On, enricher, cancellationToken);
        transaction.Commit();
    }

    public Task<decimal> SpentAsync(string enricher, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.ReadAsync(on => EnrichmentTable.SpentAsync(on, enricher, since, cancellationToken));
}
