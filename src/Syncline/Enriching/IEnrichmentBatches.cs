using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>How far a batch got.</summary>
public enum BatchState
{
    /// <summary>It is about to be sent, or was; nothing has been heard of it.</summary>
    Intended,

    /// <summary>The supplier has it.</summary>
    UnderWay,

    /// <summary>Its answers are kept, and not all merged yet.</summary>
    Collected,
}

/// <summary>A batch of questions.</summary>
/// <param name="Ordinal">Never given twice in one hub.</param>
/// <param name="Sync">Whose run sent it.</param>
/// <param name="Questions">How many it holds; several records may share one.</param>
/// <param name="Most">What it may cost at the most, in the enricher's unit.</param>
/// <param name="At">When it was intended.</param>
public sealed record EnrichmentBatch(long Ordinal, string Enricher, RecordKind Kind, string Sync, BatchState State, string? RemoteId, int Questions, decimal Most, DateTimeOffset At);

/// <summary>A record that a batch asks about.</summary>
/// <param name="Position">Of its question in the batch, from 0.</param>
/// <param name="Fingerprint">Of the record's own question when it was sent.</param>
public sealed record BatchedRecord(long GoldenId, int Position, string Key, string Fingerprint);

/// <summary>Batches from their intent until all their answers are merged. Kept with the hub, so that no crash sends one twice or loses what it brought.</summary>
public interface IEnrichmentBatches
{
    /// <summary>Notes that a batch is about to be sent; on disk before it is. None of its records may be in another batch under way.</summary>
    Task<EnrichmentBatch> IntendAsync(string enricher, RecordKind kind, string sync, decimal most, IReadOnlyList<BatchedRecord> records, CancellationToken cancellationToken);

    /// <summary>The supplier has it under this id.</summary>
    Task StartAsync(long ordinal, string remoteId, CancellationToken cancellationToken);

    /// <summary>Keeps what a batch brought and cost, and forgets the records of its failed questions, in one transaction.</summary>
    /// <param name="failed">Positions without an answer.</param>
    /// <returns>False, and nothing is kept, when another process has collected it already.</returns>
    Task<bool> CollectAsync(EnrichmentBatch batch, IReadOnlyList<KeptAnswer> answers, IReadOnlyCollection<int> failed, decimal spent, CancellationToken cancellationToken);

    /// <summary>Forgets a batch: it was never made, or all it brought is merged.</summary>
    Task EndAsync(long ordinal, CancellationToken cancellationToken);

    /// <summary>An enricher's batches, oldest first.</summary>
    Task<IReadOnlyList<EnrichmentBatch>> ListAsync(string enricher, CancellationToken cancellationToken);

    /// <summary>Records of a batch by position.</summary>
    Task<IReadOnlyList<BatchedRecord>> RecordsAsync(long ordinal, CancellationToken cancellationToken);

    /// <summary>Those of these records that a batch asks about whose answers are not there yet.</summary>
    Task<IReadOnlySet<long>> UnderWayAsync(string enricher, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken);
}
