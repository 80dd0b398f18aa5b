using Syncline.Server.Hosting;
using Syncline.Syncs;

namespace Syncline.Server.Figures;

/// <summary>What syncs did over time, of the run log.</summary>
/// <param name="IsWhole">False where there were more runs than are looked at: the earliest are left out.</param>
internal sealed record ThroughputAnswer(IReadOnlyList<DateTimeOffset> Edges, IReadOnlyList<SyncThroughput> Syncs, bool IsWhole);

/// <summary>Reads the run log for it.</summary>
internal sealed class ThroughputDesk(Premises premises)
{
    // Webhooks may begin several a second: so many are read in a fraction of one.
    internal const int MostRuns = 20_000;

    public async Task<ThroughputAnswer> ReadAsync(ThroughputSpan span, CancellationToken cancellationToken)
    {
        DateTimeOffset now = premises.Clock.GetUtcNow();
        IReadOnlyList<DateTimeOffset> edges = Throughput.Edges(span, now, premises.Clock.LocalTimeZone);
        IReadOnlyList<RunRow> runs = await premises.Store.Runs.SinceAsync(edges[0], MostRuns, cancellationToken);
        string[] order = [.. (premises.TryConfiguration().Configuration?.Syncs ?? []).Select(s => s.Name)];
        // A sync that is configured no more comes after those that are.
        return new(edges, [.. Throughput.Of(runs, edges, now).OrderBy(s => Array.IndexOf(order, s.Sync) is >= 0 and var place ? place : order.Length)], runs.Count < MostRuns);
    }
}
