using Syncline.Sandbox;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Judging;

/// <summary>The rate of requests as the providers saw it.</summary>
internal sealed class Pressure(IReadOnlyList<LedgerEntry> entries, Scenario scenario, History history)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), TenSeconds = TimeSpan.FromSeconds(10);

    // Posts that read.
    private static readonly string[] Readings = ["/query", "/search", "/batch/read"];

    public void Decide()
    {
        LedgerEntry[] attio = Of("attio"), heyreach = Of("heyreach"), quo = Of("quo"), hubspot = Of("hubspot");
        Bound("Attio writes", attio.Where(IsWrite), 25, Second);
        Bound("Attio reads", attio.Where(e => !IsWrite(e)), 100, Second);
        Bound("HeyReach calls", heyreach, 300, TimeSpan.FromMinutes(1));
        Bound("HeyReach calls", heyreach, 10, TimeSpan.FromSeconds(2));
        Bound("Quo calls", quo, 10, Second);
        Bound("HubSpot searches", hubspot.Where(IsSearch), 5, Second);
        Bound("HubSpot association calls", hubspot.Where(IsAssociation), 150, TenSeconds);
        Bound("HubSpot calls", hubspot.Where(e => !IsSearch(e) && !IsAssociation(e)), 190, TenSeconds);
        if (!history.Portal.WasThrottled && scenario.LowerLimit is null) Unrefused(hubspot);
        foreach (IGrouping<int, LedgerEntry> pool in hubspot.GroupBy(e => IsSearch(e) ? 1 : IsAssociation(e) ? 2 : 0)) HeldBack("HubSpot", [.. pool], at => at + TimeSpan.FromSeconds(2));
        bool isQuoLower = scenario.LowerLimit is not null && quo.Length > 0;
        bool isAttioLower = scenario.LowerLimit is not null && !scenario.Flow.Connections.Contains("quo");
        // Attio names the time in whole seconds; Quo names none, and its budget opens in the next second.
        if (isAttioLower) HeldBack("Attio", [.. attio.Where(IsWrite)], at => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond, TimeSpan.Zero));
        else Unrefused(attio);
        if (isQuoLower || history.Contacts.WasThrottled) HeldBack("Quo", quo, at => at + Second);
        else Unrefused(quo);
        Unrefused(heyreach);
    }

    public static bool IsWrite(LedgerEntry entry) => entry.Request.Method is "PUT" or "PATCH" or "DELETE" || (entry.Request.Method == "POST" && !Readings.Any(r => entry.Request.Path.EndsWith(r, StringComparison.Ordinal)));

    private static bool IsSearch(LedgerEntry entry) => entry.Request.Path.EndsWith("/search", StringComparison.Ordinal);

    private static bool IsAssociation(LedgerEntry entry) => entry.Request.Path.Contains("/associations/", StringComparison.Ordinal);

    private LedgerEntry[] Of(string provider) => [.. entries.Where(e => e.Provider == provider)];

    private static void Unrefused(LedgerEntry[] calls)
    {
        if (calls.FirstOrDefault(e => e.Status == 429) is { } refused) throw new BrokenPromiseException("P6", $"{refused.Provider} refused a request at {refused.At:O} for its rate.");
    }

    /// <summary>Where the provider allows less than it says, a refusal holds everybody back for a second: but for what was under way, nothing leaves before.</summary>
    private void HeldBack(string provider, LedgerEntry[] calls, Func<DateTimeOffset, DateTimeOffset> freeAgain)
    {
        foreach (LedgerEntry refused in calls.Where(e => e.Status == 429 && e.Fault is null))
        {
            DateTimeOffset told = refused.At + scenario.Latency, free = freeAgain(refused.At);
            if (history.Deaths.Any(d => d >= refused.At && d < free)) continue;
            if (calls.FirstOrDefault(e => e.At > told && e.At < free && e.Fault is null) is { } early) throw new BrokenPromiseException("P6", $"{provider} refused a call for its rate at {refused.At:O} and another left at {early.At:O}.");
        }
    }

    private static void Bound(string what, IEnumerable<LedgerEntry> calls, int limit, TimeSpan window)
    {
        DateTimeOffset[] times = [.. calls.Select(c => c.At)];
        for (int i = limit; i < times.Length; i++)
        {
            if (times[i] - times[i - limit] < window) throw new BrokenPromiseException("P6", $"{limit + 1} {what} within {(times[i] - times[i - limit]).TotalMilliseconds} ms, at {times[i]:O}.");
        }
    }
}
