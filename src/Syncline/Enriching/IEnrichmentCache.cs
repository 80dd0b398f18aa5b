using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>An answer as it is kept.</summary>
/// <param name="Key">The question's key.</param>
/// <param name="Fingerprint">Of the fields the question was made of.</param>
/// <param name="Fields">Null when the supplier had nothing.</param>
/// <param name="At">When it was given.</param>
public sealed record KeptAnswer(string Key, string Fingerprint, FieldSet? Fields, DateTimeOffset At);

/// <summary>Paid answers, and what was paid for them. Kept with the hub, so that neither a crash nor another process pays twice.</summary>
public interface IEnrichmentCache
{
    /// <summary>The kept answers of these keys, of whatever age.</summary>
    /// <param name="enricher">The enricher's connection.</param>
    Task<IReadOnlyDictionary<string, KeptAnswer>> FindAsync(string enricher, RecordKind kind, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Notes that a call with these keys leaves now; durable before it does.</summary>
    Task AskAsync(string enricher, RecordKind kind, IReadOnlyCollection<(string Key, long GoldenId)> asked, CancellationToken cancellationToken);

    /// <summary>Keeps what a call brought and what it cost, in one transaction, and that it is over.</summary>
    Task KeepAsync(string enricher, RecordKind kind, IReadOnlyList<KeptAnswer> answers, decimal spent, CancellationToken cancellationToken);

    /// <summary>What an enricher has cost since a time, in its unit.</summary>
    Task<decimal> SpentAsync(string enricher, DateTimeOffset since, CancellationToken cancellationToken);
}
