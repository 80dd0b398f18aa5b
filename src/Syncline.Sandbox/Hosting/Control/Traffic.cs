namespace Syncline.Sandbox.Hosting.Control;

/// <summary>What one provider saw, in figures, since the ledger was last cleared.</summary>
/// <param name="Statuses">Requests by class of status, <c>2xx</c>; <c>cut</c> where the request was cut before it arrived.</param>
/// <param name="Throttled">Answers 429.</param>
/// <param name="Reads">GET, HEAD and OPTIONS. By the method alone: a search by POST counts as a write.</param>
/// <param name="Faults">How often each fault struck.</param>
/// <param name="BusiestSecond">The most requests in any one second, wherever it begins.</param>
internal sealed record Traffic(
    int Requests, SortedDictionary<string, int> Statuses, int Throttled, int Reads, int Writes, SortedDictionary<string, int> Methods,
    SortedDictionary<string, int> Faults, int BusiestSecond)
{
    /// <summary>By provider; one without a request is there too.</summary>
    public static SortedDictionary<string, Traffic> Of(SandboxGate gate)
    {
        ILookup<string, LedgerEntry> byProvider = gate.Ledger.Entries.ToLookup(e => e.Provider);
        return new(gate.Simulators.ToDictionary(s => s.Provider, s => Of([.. byProvider[s.Provider]])), StringComparer.Ordinal);
    }

    public static Traffic Of(IReadOnlyList<LedgerEntry> entries)
    {
        int reads = entries.Count(e => e.Request.Method is "GET" or "HEAD" or "OPTIONS");
        return new(
            entries.Count, Tally(entries, e => ClassOf(e.Status)), entries.Count(e => e.Status == 429), reads, entries.Count - reads,
            Tally(entries, e => e.Request.Method), Tally(entries.Where(e => e.Fault is not null), e => e.Fault!), Busiest(entries));
    }

    public static string ClassOf(int status) => status == 0 ? "cut" : $"{status / 100}xx";

    private static SortedDictionary<string, int> Tally(IEnumerable<LedgerEntry> entries, Func<LedgerEntry, string> key) =>
        new(entries.CountBy(key).ToDictionary(), StringComparer.Ordinal);

    // Two requests exactly one second apart are in no common window: that is how sliding limits count.
    private static int Busiest(IReadOnlyList<LedgerEntry> entries)
    {
        int most = 0;
        int first = 0;
        for (int last = 0; last < entries.Count; last++)
        {
            while (entries[last].At - entries[first].At >= TimeSpan.FromSeconds(1)) first++;
            most = Math.Max(most, last - first + 1);
        }
        return most;
    }
}
