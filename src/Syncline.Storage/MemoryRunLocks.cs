using Syncline.Syncs;

namespace Syncline.Storage;

/// <summary>Run locks within one process, for tests.</summary>
public sealed class MemoryRunLocks : IRunLocks
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);

    public IDisposable? TryTake(string sync)
    {
        lock (_gate) return _held.Add(sync) ? new Held(this, sync) : null;
    }

    private void Release(string sync)
    {
        lock (_gate) _held.Remove(sync);
    }

    private sealed class Held(MemoryRunLocks locks, string sync) : IDisposable
    {
        private bool _isReleased;

        public void Dispose()
        {
            if (!_isReleased) locks.Release(sync);
            _isReleased = true;
        }
    }
}
