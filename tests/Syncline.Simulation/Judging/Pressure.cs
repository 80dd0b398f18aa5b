using Syncline.Sandbox;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Judging;

/// <summary>The rate of requests as the providers saw it.</summary>
internal sealed class Pressure(IReadOnlyList<LedgerEntry> entries, Scenario scenario)
{
    public void Decide()
    {
        LedgerEntry[] attio = [.. entries.Where(e => e.Provider == "attio")];
        Bound("Attio writes", attio.Where(IsWrite), 25, TimeSpan.FromSeconds(1));
        Bound("Attio reads", attio.Where(e => !IsWrite(e)), 100, TimeSpan.FromSeconds(1));
        LedgerEntry[] heyreach = [.. entries.Where(e => e.Provider == "heyreach")];
        Bound("HeyReach calls", heyreach, 300, TimeSpan.FromMinutes(1));
        Bound("HeyReach calls", heyreach, 10, TimeSpan.FromSeconds(2));
        if (scenario.LowerLimit is { } limit) HeldBack(attio.Where(IsWrite), limit);
        else if (entries.FirstOrDefault(e => e.Status == 429) is { } refused) throw new BrokenPromiseException("P6", $"{refused.Provider} refused a request at {refused.At:O} for its rate.");
    }

    public static bool IsWrite(LedgerEntry entry) => entry.Request.Method is "PUT" or "PATCH" or "DELETE" || (entry.Request.Method == "POST" && !entry.Request.Path.EndsWith("/query", StringComparison.Ordinal));

    /// <summary>Where the provider allows less than it says, a refusal holds everybody back for a second: but for what was under way, nothing leaves before.</summary>
    private void HeldBack(IEnumerable<LedgerEntry> writes, int limit)
    {
        LedgerEntry[] all = [.. writes];
        foreach (LedgerEntry refused in all.Where(e => e.Status == 429 && e.Fault is null))
        {
            DateTimeOffset told = refused.At + scenario.Latency;
            DateTimeOffset free = new(refused.At.Ticks - (refused.At.Ticks % TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond, TimeSpan.Zero);
            if (all.FirstOrDefault(e => e.At > told && e.At < free && e.Fault is null) is { } early) throw new BrokenPromiseException("P6", $"A write was refused for the rate of {limit}/s at {refused.At:O} and another left at {early.At:O}.");
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
