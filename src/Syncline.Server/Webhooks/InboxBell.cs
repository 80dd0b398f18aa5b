namespace Syncline.Server.Webhooks;

/// <summary>Wakes whoever works on the inbox; however often it is rung meanwhile, he is woken once.</summary>
internal sealed class InboxBell
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ring()
    {
        lock (_gate) _rung.TrySetResult();
    }

    /// <summary>Returns when it was rung since the last call, or after a time at the latest.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        TaskCompletionSource rung;
        lock (_gate) rung = _rung;
        if (!rung.Task.IsCompleted && atMost > TimeSpan.Zero)
        {
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(rung.Task, Task.Delay(atMost, clock, over.Token));
            await over.CancelAsync();
        }
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_rung.Task.IsCompleted) _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
