namespace Syncline.Limits;

/// <summary>One connection's way to the governor, and the count of what it called.</summary>
public sealed class CallPermits(ILookup<string, BudgetLane> lanes, Priority priority)
{
    private long _reads;
    private long _writes;
    private long _throttled;

    /// <summary>No limit at all: for tests, and for measuring the engine alone.</summary>
    public static CallPermits Unlimited() => new(Enumerable.Empty<BudgetLane>().ToLookup(_ => ""), Priority.Manual);

    public Syncs.CallCount Calls => new(Interlocked.Read(ref _reads), Interlocked.Read(ref _writes), Interlocked.Read(ref _throttled));

    /// <summary>Waits until a call on this budget may leave, then counts it. A name without a declared budget does not wait.</summary>
    public Task<CallPermit> AcquireAsync(string budget, bool isWrite, CancellationToken cancellationToken) => AcquireAsync(budget, 1, isWrite, cancellationToken);

    /// <summary>The same for a call that counts for several: where the provider counts records and not calls.</summary>
    /// <param name="weight">How many permits it takes, at least 1. Calls whose permits are gathered at the same time must fit into the window together, or the first ones of each have left it before the call does.</param>
    public async Task<CallPermit> AcquireAsync(string budget, int weight, bool isWrite, CancellationToken cancellationToken)
    {
        CallPermit permit = new();
        foreach (BudgetLane lane in lanes[budget])
        {
            for (int taken = 0; taken < weight; taken++) permit.Add(lane, await lane.AcquireAsync(priority, cancellationToken));
        }
        Interlocked.Increment(ref isWrite ? ref _writes : ref _reads);
        return permit;
    }

    /// <summary>The provider refused a call for its rate: everybody on this budget waits that long, and goes slower for a while.</summary>
    /// <param name="wait">What the provider asked for; null when it did not say.</param>
    public void Throttled(string budget, TimeSpan? wait)
    {
        Interlocked.Increment(ref _throttled);
        foreach (BudgetLane lane in lanes[budget]) lane.Throttled(wait);
    }

    /// <summary>Permits per second that a budget allows; null when it is not limited.</summary>
    public double? RateOf(string budget) => lanes[budget].Select(l => (double?)l.PermitsPerSecond).Min();

    /// <summary>The share of its permits that the busiest budget used of late, 0 to 1, with its name; null when nothing is limited or used.</summary>
    public (string Budget, double Share)? Busiest()
    {
        (string, double)? busiest = null;
        foreach (IGrouping<string, BudgetLane> group in lanes)
        {
            double share = group.Max(l => l.RecentShare());
            if (share > (busiest?.Item2 ?? 0)) busiest = (group.Key, share);
        }
        return busiest;
    }
}
