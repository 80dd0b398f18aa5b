using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Simulation.Worlds;

/// <summary>A journal that only passes on.</summary>
internal abstract class PassThroughJournal(IJournal inner) : IJournal
{
    public virtual Task IntendAsync(string sync, long runId, IReadOnlyList<Operation> operations, CancellationToken cancellationToken) => inner.IntendAsync(sync, runId, operations, cancellationToken);

    public virtual Task SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken) => inner.SettleAsync(settlements, cancellationToken);

    public virtual Task SaveOffsetAsync(string reader, long sequence, CancellationToken cancellationToken) => inner.SaveOffsetAsync(reader, sequence, cancellationToken);

    public virtual Task<IReadOnlyList<JournalEntry>> OpenIntentsAsync(string connection, CancellationToken cancellationToken) => inner.OpenIntentsAsync(connection, cancellationToken);

    public virtual Task<IReadOnlyList<(StreamId Stream, Verb Verb, long Count)>> CountOfRunAsync(long runId, CancellationToken cancellationToken) => inner.CountOfRunAsync(runId, cancellationToken);

    public virtual IAsyncEnumerable<JournalEntry> OfRunAsync(long runId, CancellationToken cancellationToken) => inner.OfRunAsync(runId, cancellationToken);

    public virtual Task<IReadOnlyList<JournalEntry>> OfRecordAsync(long goldenId, CancellationToken cancellationToken) => inner.OfRecordAsync(goldenId, cancellationToken);

    public virtual IAsyncEnumerable<JournalEntry> CreatedBySyncAsync(string sync, CancellationToken cancellationToken) => inner.CreatedBySyncAsync(sync, cancellationToken);

    public virtual Task<long> FindOffsetAsync(string reader, CancellationToken cancellationToken) => inner.FindOffsetAsync(reader, cancellationToken);

    public virtual Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(string? sync, bool skipped, int take, CancellationToken cancellationToken) => inner.DeadLettersAsync(sync, skipped, take, cancellationToken);

    public virtual Task<long> CountDeadLettersAsync(string sync, CancellationToken cancellationToken) => inner.CountDeadLettersAsync(sync, cancellationToken);

    public virtual Task<DeadLetter?> FindDeadLetterAsync(DeadLetterKey key, CancellationToken cancellationToken) => inner.FindDeadLetterAsync(key, cancellationToken);

    public virtual Task<IReadOnlyList<DeadLetter>> DueAsync(string sync, string connection, DateTimeOffset now, bool force, int take, CancellationToken cancellationToken) => inner.DueAsync(sync, connection, now, force, take, cancellationToken);
}
