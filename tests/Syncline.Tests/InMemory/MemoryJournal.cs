using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Tests.InMemory;

/// <summary>A journal beside a <see cref="MemoryHub"/>. Tells every step, and can be made to fail before or after one, as a crash does.</summary>
internal sealed class MemoryJournal(MemoryHub hub, TimeProvider clock, List<string> trace) : IJournal
{
    private readonly Dictionary<string, long> _offsets = [];

    public Dictionary<string, JournalEntry> Entries { get; } = [];

    public List<int> Groups { get; } = [];

    /// <summary>Asked before each durable step with its name; may throw.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IEnumerable<JournalEntry> Open => Entries.Values.Where(e => e.State == OperationState.Intended);

    public async Task IntendAsync(string sync, long runId, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        await Before("intend");
        trace.Add($"intend {string.Join(' ', operations.Select(o => $"{o.Verb} {o.GoldenId}"))}");
        foreach (Operation operation in operations) Entries.Add(operation.Id, new(operation, runId, sync, OperationState.Intended, clock.GetUtcNow(), null, null));
    }

    public async Task SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        await Before("settle");
        Groups.Add(settlements.Count);
        foreach (Settlement settlement in settlements)
        {
            if (settlement.OperationId is { } id && Entries.TryGetValue(id, out JournalEntry? entry))
            {
                trace.Add($"{settlement.State.ToString().ToLowerInvariant()} {entry.Operation.Verb} {entry.Operation.GoldenId}");
                Entries[id] = entry with { State = settlement.State, RemoteId = settlement.RemoteId ?? entry.RemoteId, Detail = settlement.Detail };
            }
            hub.Apply(settlement.Changes);
        }
    }

    public Task<IReadOnlyList<JournalEntry>> OpenIntentsAsync(string connection, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JournalEntry>>([.. Open.Where(e => e.Operation.Stream.Connection == connection)]);

    public Task<IReadOnlyList<(StreamId Stream, Verb Verb, long Count)>> CountOfRunAsync(long runId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(StreamId, Verb, long)>>([.. Entries.Values.Where(e => e.RunId == runId && e.State == OperationState.Done).GroupBy(e => (e.Operation.Stream, e.Operation.Verb)).Select(g => (g.Key.Stream, g.Key.Verb, g.LongCount()))]);

    public IAsyncEnumerable<JournalEntry> OfRunAsync(long runId, CancellationToken cancellationToken) => MemoryHub.EachAsync(Entries.Values.Where(e => e.RunId == runId).Reverse(), cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> OfRecordAsync(long goldenId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JournalEntry>>([.. Entries.Values.Where(e => e.Operation.GoldenId == goldenId)]);

    public IAsyncEnumerable<JournalEntry> CreatedBySyncAsync(string sync, CancellationToken cancellationToken) =>
        MemoryHub.EachAsync(Entries.Values.Where(e => e.Sync == sync && e is { State: OperationState.Done, Operation.Verb: Verb.Create or Verb.Replace }).Reverse(), cancellationToken);

    public Task<long> FindOffsetAsync(string reader, CancellationToken cancellationToken) => Task.FromResult(_offsets.GetValueOrDefault(reader));

    public Task SaveOffsetAsync(string reader, long sequence, CancellationToken cancellationToken)
    {
        _offsets[reader] = sequence;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(string? sync, bool skipped, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. hub.DeadLetters.Values.Where(d => (sync is null || d.Key.Sync == sync) && (d.Stage == DeadLetter.SkippedStage) == skipped).Take(take)]);

    public Task<long> CountDeadLettersAsync(string sync, CancellationToken cancellationToken) => Task.FromResult((long)hub.DeadLetters.Keys.Count(k => k.Sync == sync));

    public Task<DeadLetter?> FindDeadLetterAsync(DeadLetterKey key, CancellationToken cancellationToken) => Task.FromResult(hub.DeadLetters.GetValueOrDefault(key));

    public Task<IReadOnlyList<DeadLetter>> DueAsync(string sync, string connection, DateTimeOffset now, bool force, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. hub.DeadLetters.Values.Where(d => d.Key.Sync == sync && d.Key.Connection == connection && (force || d.RetryAt <= now)).Take(take)]);
}
