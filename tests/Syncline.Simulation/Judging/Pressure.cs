using Syncline.Sandbox;

namespace Syncline.Simulation.Judging;

/// <summary>The rate of requests as the providers saw it.</summary>
internal sealed class Pressure(IReadOnlyList<LedgerEntry> entries)
{
    public void Decide()
    {
        LedgerEntry[] attio = [.. entries.Where(e => e.Provider == "attio")];
        Bound("Attio writes", attio.Where(IsWrite), 25, TimeSpan.FromSeconds(1));
        Bound("Attio reads", attio.Where(e => !IsWrite(e)), 100, TimeSpan.FromSeconds(1));
        LedgerEntry[] heyreach = [.. entries.Where(e => e.Provider == "heyreach")];
        Bound("HeyReach calls", heyreach, 300, TimeSpan.FromMinutes(1));
        Bound("HeyReach calls", heyreach, 10, TimeSpan.FromSeconds(2));
        if (entries.FirstOrDefault(e => e.Status == 429) is { } refused) throw new BrokenPromiseException("P6", $"{refused.Provider} refused a request at {refused.At:O} for its rate.");
    }

    public static bool IsWrite(LedgerEntry entry) => entry.Request.Method is "PUT" or "PATCH" or "DELETE" || (entry.Request.Method == "POST" && !entry.Request.Path.EndsWith("/query", StringComparison.Ordinal));

    private static void Bound(string what, IEnumerable<LedgerEntry> calls, int limit, TimeSpan window)
    {
        DateTimeOffset[] times = [.. calls.Select(c => c.At)];
        for (int i = limit; i < times.Length; i++)
        {
            if (times[i] - times[i - limit] < window) throw new BrokenPromiseException("P6", $"{limit + 1} {what} within {(times[i] - times[i - limit]).TotalMilliseconds} ms, at {times[i]:O}.");
        }
    }
}
