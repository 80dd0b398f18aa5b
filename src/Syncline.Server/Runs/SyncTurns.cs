using System.Collections.Concurrent;

namespace Syncline.Server.Runs;

/// <summary>Whose turn it is at a sync in this process: a run that somebody began waits out the small ones of webhooks, and they wait for it, instead of being turned away.</summary>
internal sealed class SyncTurns
{
    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn; it ends when the answer is disposed.</summary>
    public async Task<Turn> TakeAsync(string sync, CancellationToken cancellationToken)
    {
        Line line = _lines.GetOrAdd(sync, _ => new());
        await line.Gate.WaitAsync(cancellationToken);
        return new(line, ++line.Taken);
    }

    /// <summary>One who has his turn.</summary>
    /// <param name="number">Two turns whose numbers follow one another had nobody between them.</param>
    internal sealed class Turn(Line line, long number) : IDisposable
    {
        public long Number => number;

        public void Dispose() => line.Gate.Release();
    }

    /// <summary>Those who wait at one sync, in the order in which they came.</summary>
    internal sealed class Line
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public long Taken { get; set; }
    }
}
