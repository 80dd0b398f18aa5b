using System.Text.Json.Nodes;
using Syncline.Sandbox;

namespace Syncline.Simulation.Judging;

/// <summary>One complete reading of Attio's people.</summary>
/// <param name="Ended">The request whose answer was the last page.</param>
internal sealed record Reading(long Ended)
{
    private const string Query = "/people/records/query";

    /// <summary>The readings that a provider's own record of requests shows, by the answers that arrived: from a first page to a last one within one process.</summary>
    /// <param name="starts">How many requests there had been when each process began.</param>
    public static IReadOnlyList<Reading> Of(IReadOnlyList<LedgerEntry> entries, IReadOnlyList<long> starts)
    {
        LedgerEntry[] queries = [.. entries.Where(e => e is { Provider: "attio", Status: 200, Fault: null or "slow" } && e.Request.Path.EndsWith(Query, StringComparison.Ordinal))];
        IEnumerable<Page[]> runs = starts.Select((start, run) => Pages(queries, start, run + 1 < starts.Count ? starts[run + 1] : long.MaxValue));
        return [.. runs.Select(Complete).OfType<Reading>()];
    }

    private static Page[] Pages(LedgerEntry[] queries, long after, long until) =>
        [.. queries.Where(e => e.Sequence > after && e.Sequence <= until).Select(e => new Page(e.Sequence, JsonNode.Parse(e.Request.Body)!, e.Answer)).Where(p => p.IsOfSweep)];

    private static Reading? Complete(Page[] pages) => pages.SkipWhile(p => !p.IsFirst).FirstOrDefault(p => p.IsLast) is { } last
        ? new(last.Sequence)
        : null;

    private sealed class Page(long sequence, JsonNode asked, string answer)
    {
        public long Sequence => sequence;

        private int Rows { get; } = ((JsonArray)JsonNode.Parse(answer)!["data"]!).Count;

        /// <summary>Single records are asked for by other conditions.</summary>
        public bool IsOfSweep => asked["filter"] is null || asked["filter"]!["created_at"] is not null;

        public bool IsFirst => asked["filter"] is null && (int?)asked["offset"] is null or 0;

        public bool IsLast => Rows < (int)asked["limit"]!;
    }
}
