namespace Syncline.Connectors.Http;

/// <summary>Lets so many calls of one connection be under way at a time; the others wait in the order in which they came.</summary>
/// <remarks>A queue of its own rather than a semaphore, which resumes its waiters on the thread pool: under one seed everything happens on one thread in one order.</remarks>
internal sealed class CallsUnderWay(int most)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _free = most;

    /// <summary>Makes a call when it is its turn.</summary>
    public async Task<T> InTurnAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            return await call();
        }
        finally
        {
            Leave();
        }
    }

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn = new();
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }
            _waiting.Enqueue(turn);
        }
        await using CancellationTokenRegistration cancelled = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    public void Leave()
    {
        while (Next() is { } turn)
        {
            if (turn.TrySetResult()) return;
        }
    }

    /// <summary>Whose turn it is; null when nobody waits and the place is free again.</summary>
    private TaskCompletionSource? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out TaskCompletionSource? turn)) return turn;
            _free++;
            return null;
        }
    }
}
