using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Tests.InMemory;

/// <summary>Batches in dictionaries, beside the answers of a <see cref="MemoryEnrichments"/>. Can be made to fail before a step, as a crash does.</summary>
internal sealed class MemoryBatches(MemoryEnrichments answers, TimeProvider clock) : IEnrichmentBatches
{
    private readonly Dictionary<long, List<BatchedRecord>> _records = [];
    private long _last;

    public Dictionary<long, EnrichmentBatch> All { get; } = [];

    /// <summary>Asked before each durable step with its name; may throw.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public Task<EnrichmentBatch> IntendAsync(string enricher, RecordKind kind, string sync, decimal most, IReadOnlyList<BatchedRecord> records, CancellationToken cancellationToken)
    {
        Before("intend");
        EnrichmentBatch batch = new(++_last, enricher, kind, sync, BatchState.Intended, null, records.Max(r => r.Position) + 1, most, clock.GetUtcNow());
        (All[batch.Ordinal], _records[batch.Ordinal]) = (batch, [.. records]);
        return Task.FromResult(batch);
    }

    public Task StartAsync(long ordinal, string remoteId, CancellationToken cancellationToken)
    {
        Before("start");
        All[ordinal] = All[ordinal] with { State = BatchState.UnderWay, RemoteId = remoteId };
        return Task.CompletedTask;
    }

    public async Task<bool> CollectAsync(EnrichmentBatch batch, IReadOnlyList<KeptAnswer> kept, IReadOnlyCollection<int> failed, decimal spent, CancellationToken cancellationToken)
    {
        Before("collect");
        if (All[batch.Ordinal].State == BatchState.Collected) return false;
        All[batch.Ordinal] = All[batch.Ordinal] with { State = BatchState.Collected };
        _records[batch.Ordinal].RemoveAll(r => failed.Contains(r.Position));
        await answers.KeepAsync(batch.Enricher, batch.Kind, kept, spent, cancellationToken);
        return true;
    }

    public Task EndAsync(long ordinal, CancellationToken cancellationToken)
    {
        Before("end");
        All.Remove(ordinal);
        _records.Remove(ordinal);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<EnrichmentBatch>> ListAsync(string enricher, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EnrichmentBatch>>([.. All.Values.Where(b => b.Enricher == enricher).OrderBy(b => b.Ordinal)]);

    public Task<IReadOnlyList<BatchedRecord>> RecordsAsync(long ordinal, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BatchedRecord>>([.. _records[ordinal]]);

    public Task<IReadOnlySet<long>> UnderWayAsync(string enricher, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<long>>(All.Values.Where(b => b.Enricher == enricher && b.State != BatchState.Collected).SelectMany(b => _records[b.Ordinal]).Select(r => r.GoldenId).Where(goldenIds.Contains).ToHashSet());
}
