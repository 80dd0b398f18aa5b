using Syncline.Cli.Report;
using Syncline.Sandbox;

namespace Syncline.Cli.Demo;

/// <summary>What Attio's side saw of a run.</summary>
internal static class LedgerFigures
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <param name="entries">In the order of arrival.</param>
    public static PaceFigures Of(IEnumerable<LedgerEntry> entries, int? limit)
    {
        LedgerEntry[] seen = [.. entries.Where(e => e.Provider == "attio")];
        DateTimeOffset[] writes = [.. seen.Where(e => e.Status != 429 && IsWrite(e.Request)).Select(e => e.At).Order()];
        return new(PerSecond(writes), limit, Busiest(writes), seen.Count(e => e.Status == 429));
    }

    /// <summary>Attio counts its queries as reads, though they are posted.</summary>
    private static bool IsWrite(SandboxRequest request) => request.Method != "GET" && !request.Path.EndsWith("/query", StringComparison.Ordinal);

    internal static int[] PerSecond(IReadOnlyList<DateTimeOffset> writes)
    {
        if (writes.Count == 0) return [];
        int[] counts = new int[(int)(writes[^1] - writes[0]).TotalSeconds + 1];
        foreach (DateTimeOffset at in writes) counts[(int)(at - writes[0]).TotalSeconds]++;
        return counts;
    }

    /// <summary>Most in any second, wherever it begins.</summary>
    internal static int Busiest(IReadOnlyList<DateTimeOffset> writes)
    {
        int most = 0;
        int first = 0;
        for (int last = 0; last < writes.Count; last++)
        {
            while (writes[last] - writes[first] >= Second) first++;
            most = Math.Max(most, last - first + 1);
        }
        return most;
    }
}
