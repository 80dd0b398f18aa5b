using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Simulation.Crashing;

/// <summary>The journal with a crash point before and after each write.</summary>
internal sealed class CrashingJournal(IJournal inner, CrashSwitch crash) : IJournal
{
    public async Task IntendAsync(string sync, long runId, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        await crash.PassAsync("before intents");
        await inner.IntendAsync(sync, runId, operations, cancellationToken);
        await crash.PassAsync("after intents");
    }

    public async Task SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        await crash.PassAsync("before outcomes");
        await inner.SettleAsync(settlements, cancellationToken);
        await crash.PassAsync("after outcomes");
    }

    public async Task SaveOffsetAsync(string reader, long sequence, CancellationToken cancellationToken)
    {
        await crash.PassAsync("before an offset");
        await inner.SaveOffsetAsync(reader, sequence, cancellationToken);
        await crash.PassAsync("after an offset");
    }

    public Task<IReadOnlyList<JournalEntry>> OpenIntentsAsync(string connection, CancellationToken cancellationToken) => inner.OpenIntentsAsync(connection, cancellationToken);

    public Task<IReadOnlyList<(StreamId Stream, Verb Verb, long Count)>> CountOfRunAsync(long runId, CancellationToken cancellationToken) => inner.CountOfRunAsync(runId, cancellationToken);

    public IAsyncEnumerable<JournalEntry> OfRunAsync(long runId, CancellationToken cancellationToken) => inner.OfRunAsync(runId, cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> OfRecordAsync(long goldenId, CancellationToken cancellationToken) => inner.OfRecordAsync(goldenId, cancellationToken);

    public IAsyncEnumerable<JournalEntry> CreatedBySyncAsync(string sync, CancellationToken cancellationToken) => inner.CreatedBySyncAsync(sync, cancellationToken);

    public Task<long> FindOffsetAsync(string reader, CancellationToken cancellationToken) => inner.FindOffsetAsync(reader, cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(string? sync, int take, CancellationToken cancellationToken) => inner.DeadLettersAsync(sync, take, cancellationToken);

    public Task<long> CountDeadLettersAsync(string sync, CancellationToken cancellationToken) => inner.CountDeadLettersAsync(sync, cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> DueAsync(string sync, string connection, DateTimeOffset now, bool force, int take, CancellationToken cancellationToken) => inner.DueAsync(sync, connection, now, force, take, cancellationToken);
}
