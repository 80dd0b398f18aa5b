namespace Syncline.Sandbox.Tests.Attio;

/// <summary>A clock that moves only when told to.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 5, 4, 9, 30, 0, 250, TimeSpan.Zero);

    public void Step(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
