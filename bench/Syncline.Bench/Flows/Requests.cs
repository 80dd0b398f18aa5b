using Syncline.Sandbox;

namespace Syncline.Bench.Flows;

/// <summary>What the provider's side saw of a run.</summary>
/// <param name="ThrottledLate">429s after the first second.</param>
internal sealed record Requests(int Reads, int Writes, int Throttled, int ThrottledLate)
{
    public static Requests Of(IReadOnlyList<LedgerEntry> entries)
    {
        if (entries.Count == 0) return new(0, 0, 0, 0);
        DateTimeOffset settled = entries[0].At + TimeSpan.FromSeconds(1);
        int writes = entries.Count(e => e.Provider == "attio" && e.Request.Method is "PUT" or "PATCH" or "DELETE" || IsCreate(e));
        int throttled = entries.Count(e => e.Status == 429);
        return new(entries.Count - writes, writes, throttled, entries.Count(e => e.Status == 429 && e.At > settled));
    }

    private static bool IsCreate(LedgerEntry entry) => entry.Request.Method == "POST" && entry.Request.Path.EndsWith("/records", StringComparison.Ordinal);
}
