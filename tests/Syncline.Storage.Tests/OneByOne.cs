namespace Syncline.Storage.Tests;

/// <summary>Lets a flow go on by a step when it is told to.</summary>
internal sealed class OneByOne : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Step, object? State)> _steps = [];

    public override void Post(SendOrPostCallback d, object? state) => _steps.Enqueue((d, state));

    public bool RunNext()
    {
        if (!_steps.TryDequeue(out (SendOrPostCallback Step, object? State) next)) return false;
        SynchronizationContext? own = Current;
        SetSynchronizationContext(this);
        next.Step(next.State);
        SetSynchronizationContext(own);
        return true;
    }
}
