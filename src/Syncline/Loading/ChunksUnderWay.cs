using Syncline.Syncs;

namespace Syncline.Loading;

/// <summary>Chunks of one outbound half that are being carried out, in the order in which they were begun.</summary>
/// <param name="report">Told of each chunk that is done, and of how many records it was.</param>
internal sealed class ChunksUnderWay(int most, Action<RunTally, int> report)
{
    private readonly Queue<Chunk> _chunks = new();

    /// <summary>True while one of these records is being carried out: it must not be planned anew meanwhile.</summary>
    public bool Holds(IEnumerable<long> goldenIds) => _chunks.Count > 0 && goldenIds.ToHashSet() is var ids && _chunks.Any(c => c.GoldenIds.Any(ids.Contains));

    /// <summary>Waits until there is room for one more.</summary>
    public async Task MakeRoomAsync(CancellationToken cancellationToken)
    {
        while (_chunks.Count(c => c.GoldenIds.Length > 0) >= most) await NextAsync(cancellationToken);
    }

    /// <param name="place">Where in the feed its records come from.</param>
    public void Add(DestinationStream stream, long place, long[] goldenIds, Task<RunTally> work) => _chunks.Enqueue(new(stream.Stream, place, goldenIds, work, null));

    /// <summary>Once all that was begun so far is done, this is; at once where nothing is under way.</summary>
    public Task ThenAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        if (_chunks.Count == 0) return act(cancellationToken);
        _chunks.Enqueue(new("", 0, [], Task.FromResult(RunTally.Empty), act));
        return Task.CompletedTask;
    }

    /// <summary>Waits for what is under way in these streams of the feed up to a place.</summary>
    public async Task DrainAsync(IEnumerable<DestinationStream> streams, long upTo, CancellationToken cancellationToken)
    {
        HashSet<string> awaited = [.. streams.Select(s => s.Stream)];
        while (_chunks.Any(c => c.Place <= upTo && awaited.Contains(c.Stream))) await NextAsync(cancellationToken);
    }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_chunks.Count > 0) await NextAsync(cancellationToken);
    }

    /// <summary>A failure in one chunk must not leave another writing behind our back; its own failure is not the first one's, and is dropped with it.</summary>
    public async Task AbandonAsync(CancellationToken cancellationToken)
    {
        foreach (Chunk chunk in _chunks) await chunk.Work.ContinueWith(static t => t.Exception, cancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Chunk chunk = _chunks.Dequeue();
        RunTally tally = await chunk.Work;
        if (chunk.Then is { } act) await act(cancellationToken);
        else report(tally, chunk.GoldenIds.Length);
    }

    private sealed record Chunk(string Stream, long Place, long[] GoldenIds, Task<RunTally> Work, Func<CancellationToken, Task>? Then);
}
