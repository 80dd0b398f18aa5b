using Syncline.Conformance.Time;
using Syncline.Limits;

namespace Syncline.Tests.Limits;

/// <summary>Callers against a governor, and the times at which their calls left.</summary>
internal sealed class Traffic(FakeClock clock)
{
    public List<DateTimeOffset> Departures { get; } = [];

    public IEnumerable<TimeSpan> Times => Departures.Select(d => d - FakeClock.Start);

    /// <summary>What holds a call up between its permit and the socket.</summary>
    public Func<TimeSpan>? HeldUp { get; init; }

    public async Task CallAsync(CallPermits permits, string budget = "writes", CancellationToken cancellationToken = default)
    {
        CallPermit permit = await permits.AcquireAsync(budget, isWrite: true, cancellationToken);
        if (HeldUp?.Invoke() is { } time && time > TimeSpan.Zero) await Task.Delay(time, clock, CancellationToken.None);
        permit.Left();
        Departures.Add(clock.GetUtcNow());
    }

    public void ManyAtOnce(CallPermits permits, int count) => clock.Run(() => Task.WhenAll(Enumerable.Range(0, count).Select(_ => CallAsync(permits))));

    /// <summary>Comes after some time, may go again before its turn, and is now and then refused for its rate.</summary>
    public async Task ComeAndGoAsync(CallPermits permits, Random random)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(6_000)), clock);
        using CancellationTokenSource patience = new(random.Next(5) == 0 ? TimeSpan.FromMilliseconds(random.Next(2_000)) : Timeout.InfiniteTimeSpan, clock);
        try
        {
            await CallAsync(permits, cancellationToken: patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return;
        }
        if (random.Next(30) == 0) permits.Throttled("writes", random.Next(2) == 0 ? null : TimeSpan.FromMilliseconds(random.Next(4_000)));
    }

    /// <summary>No window, wherever it begins, holds more departures than permits. A window ends just before its length is over.</summary>
    public void StaysWithin(RateBudget budget)
    {
        for (int i = 0; i + budget.Permits < Departures.Count; i++)
        {
            TimeSpan span = Departures[i + budget.Permits] - Departures[i];
            Assert.True(span >= budget.Window, $"{budget.Permits + 1} calls within {span} from {Departures[i] - FakeClock.Start} on; allowed are {budget.Permits} per {budget.Window}.");
        }
    }
}
