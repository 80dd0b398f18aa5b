namespace Syncline.Storage.Sqlite;

/// <summary>Lets one flow at a time through, in the order of arrival.</summary>
/// <remarks>
/// It never changes the thread: who finds it free goes on at once, who waited goes on inside the release of the one before. Many waiters are let through in a loop
/// and not inside each other, so that their number costs no stack. A simulation on one thread therefore sees the same order every time.
/// </remarks>
internal sealed class Turnstile
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private bool _isTaken;
    private bool _isHandingOver;

    public Task EnterAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        lock (_gate)
        {
            if (!_isTaken && !_isHandingOver && _waiting.Count == 0)
            {
                _isTaken = true;
                return Task.CompletedTask;
            }
            return Wait(cancellationToken);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _isTaken = false;
            if (_isHandingOver) return;
            _isHandingOver = true;
        }
        while (Next() is { } next) Admit(next);
    }

    private Task Wait(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn = new();
        _waiting.Enqueue(turn);
        return cancellationToken.CanBeCanceled ? CancellableAsync(turn, cancellationToken) : turn.Task;
    }

    private static async Task CancellableAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    private TaskCompletionSource? Next()
    {
        lock (_gate)
        {
            if (!_isTaken && _waiting.TryDequeue(out TaskCompletionSource? next))
            {
                _isTaken = true;
                return next;
            }
            _isHandingOver = false;
            return null;
        }
    }

    private void Admit(TaskCompletionSource next)
    {
        if (next.TrySetResult()) return;
        // Its owner gave up while it stood in the queue.
        lock (_gate) _isTaken = false;
    }
}
