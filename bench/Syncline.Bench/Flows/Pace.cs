namespace Syncline.Bench.Flows;

/// <summary>Slots at a published rate, handed out in order; none at all when the rate is null.</summary>
internal sealed class Pace(double? perSecond, TimeProvider clock)
{
    private DateTimeOffset _next;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (perSecond is not { } rate) return;
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset slot = _next > now ? _next : now;
        _next = slot + TimeSpan.FromSeconds(1 / rate);
        if (slot > now) await Task.Delay(slot - now, clock, cancellationToken);
    }
}
