using Syncline.Limits;
using Syncline.Sandbox;
using Syncline.Sandbox.HubSpot;

namespace Syncline.Bench.Flows;

/// <summary>A simulated HubSpot portal of the middle tier, and what it saw.</summary>
internal sealed class Portal
{
    /// <summary>Calls in ten seconds, and what one of them carries.</summary>
    public const int CallsPerTenSeconds = 190, Batch = 100;

    private const int Seed = 11;

    private readonly HubSpotSimulator _hubSpot;

    /// <param name="pace">The published limits times this; 0 switches them off.</param>
    /// <param name="latency">How long each answer takes.</param>
    public Portal(int pace, TimeSpan latency, TimeProvider clock)
    {
        _hubSpot = new(new HubSpotSandboxOptions { Seed = Seed, LimitsOn = pace > 0, Tokens = new Dictionary<string, string> { [Keys.HubSpot] = "*" } }, clock);
        _hubSpot.Behaviour.RequestsPerTenSeconds *= Math.Max(1, pace);
        _hubSpot.Behaviour.AssociationsPerTenSeconds *= Math.Max(1, pace);
        _hubSpot.Behaviour.SearchesPerSecond *= Math.Max(1, pace);
        Gate = new([_hubSpot], clock) { Latency = latency };
        Gate.Ledger.KeepBodies = false;
    }

    public SandboxGate Gate { get; }

    /// <summary>What a client is told of the limits; null leaves the published ones.</summary>
    public static RateBudget[]? BudgetsAt(int pace) => pace switch
    {
        0 => [],
        1 => null,
        _ => [new("calls", CallsPerTenSeconds * pace, TimeSpan.FromSeconds(10)), new("search", 4 * pace, TimeSpan.FromSeconds(1)), new("associations", 100 * pace, TimeSpan.FromSeconds(10))],
    };

    /// <summary>Seconds that records need at the least, by the hundred.</summary>
    public static double FloorOf(double records, int pace = 1) => Math.Ceiling(records / Batch) / (CallsPerTenSeconds / 10.0 * pace);

    public void Fill(HubSpotWorld world) => _hubSpot.Populate(world);

    public long CountOf(string table) => Gate.Locked(() => _hubSpot.Holds(0).First(t => t.Name == table).Count);

    /// <summary>Somebody gives the newest contact a new title.</summary>
    public void EditOne() => Gate.Locked(() =>
    {
        string id = _hubSpot.Holds(1).First(t => t.Name == "contacts").Rows[0][0];
        _hubSpot.App.Edit("contacts", id, "jobtitle", "Head of everything");
        return id;
    });

    /// <summary>What the portal saw since it was last asked.</summary>
    public PortalCalls Calls()
    {
        PortalCalls calls = PortalCalls.Of(Gate.Ledger.Entries);
        Gate.Ledger.Clear();
        return calls;
    }
}

/// <summary>Calls as the portal saw them.</summary>
internal sealed record PortalCalls(int Reads, int Writes, int Throttled, int ThrottledLate)
{
    // A reading may be a POST: of many at a time, or a search.
    private static readonly string[] Readings = ["/batch/read", "/search"];

    public static PortalCalls Of(IReadOnlyList<LedgerEntry> entries)
    {
        DateTimeOffset settled = entries.Count == 0 ? default : entries[0].At + TimeSpan.FromSeconds(1);
        LedgerEntry[] throttled = [.. entries.Where(e => e.Status == 429)];
        int reads = entries.Count(e => e.Request.Method == "GET" || Readings.Any(r => e.Request.Path.EndsWith(r, StringComparison.Ordinal)));
        return new(reads, entries.Count - reads, throttled.Length, throttled.Count(e => e.At > settled));
    }
}
