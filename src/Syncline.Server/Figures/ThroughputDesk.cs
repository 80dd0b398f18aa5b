using Syncline.Server.Hosting;
using Syncline.Syncs;

namespace Syncline.Server.Figures;

/// <summary>What syncs did over time, of the run log.</summary>
/// <param name="IsWhole">False where there were more runs than are looked at: the earliest are left out.</param>
internal sealed record ThroughputAnswer(IReadOnlyList<DateTimeOffset> Edges, IReadOnlyList<SyncThroughput> Syncs, bool IsWhole);

/// <summary>Reads the run log for it.</summary>
internal sealed class ThroughputDesk(Premises premises)
{
    // Webhooks may begin several a second: so many are summed in a fraction of one.
    internal const int MostRuns = 20_000;

    // Every edge of an hour, in every time zone there is, is one of these.
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(15);

    public async Task<ThroughputAnswer> ReadAsync(ThroughputSpan span, CancellationToken cancellationToken)
    {
        DateTimeOffset now = premises.Clock.GetUtcNow();
        IReadOnlyList<DateTimeOffset> edges = Throughput.Edges(span, now, premises.Clock.LocalTimeZone);
        IReadOnlyList<RunRow> runs = await premises.Store.Runs.SinceAsync(edges[0], MostRuns, cancellationToken);
        IReadOnlyList<WebhookSum> hooks = await premises.Store.Runs.SumWebhooksAsync(edges[0], Grain, MostRuns, cancellationToken);
        string[] order = [.. (premises.TryConfiguration().Configuration?.Syncs ?? []).Select(s => s.Name)];
        // A sync that is configured no more comes after those that are.
        return new(edges, [.. Throughput.Of(runs.Concat(hooks.Select(h => AsRun(h, now))), edges, now).OrderBy(s => Array.IndexOf(order, s.Sync) is >= 0 and var place ? place : order.Length)], runs.Count < MostRuns && hooks.Sum(h => h.Runs) < MostRuns);
    }

    private static RunRow AsRun(WebhookSum sum, DateTimeOffset now) =>
        new(0, sum.Sync, RunRow.Webhook, RunState.Done, sum.From, sum.From + Grain < now ? sum.From + Grain : now, new() { Seen = sum.Seen, Updated = sum.Written }, null);
}
