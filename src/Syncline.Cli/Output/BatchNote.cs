using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Enriching;

namespace Syncline.Cli.Output;

/// <summary>Says what a sync's enrichers are asked in batches, and when it is worth looking again.</summary>
internal static class BatchNote
{
    public static async Task SayAsync(Workspace workspace, Terminal terminal, SyncConfiguration sync, CancellationToken cancellationToken)
    {
        foreach (IBatchEnricher enricher in workspace.BatchEnrichersOf(sync))
        {
            IReadOnlyList<EnrichmentBatch> all = await workspace.Store.Batches.ListAsync(enricher.Connection, cancellationToken);
            EnrichmentBatch[] underWay = [.. all.Where(b => b.State != BatchState.Collected && b.Kind == enricher.Kind)];
            if (underWay.Length > 0) terminal.Say(Line(enricher, underWay, workspace.Clock.GetUtcNow(), sync.Name));
        }
    }

    private static string Line(IBatchEnricher enricher, EnrichmentBatch[] underWay, DateTimeOffset now, string sync)
    {
        string batches = underWay.Length == 1 ? "a batch" : $"{Tables.Number(underWay.Length)} batches";
        string unanswered = underWay.Any(b => b.State == BatchState.Intended) ? " The sending of one was not answered: it is looked for, and not sent again by guess." : "";
        // Of those that should have ended by now, nobody knows when.
        DateTimeOffset first = underWay.Min(b => b.At) + enricher.BatchTakes;
        DateTimeOffset look = first > now ? first : now + enricher.BatchTakes;
        return $"{enricher.Connection}: {Tables.Number(underWay.Sum(b => b.Questions))} questions are under way in {batches}, sent {Tables.Time(underWay.Max(b => b.At))}, for less and answered later.{unanswered} Nothing waits for them: look again after {Tables.Time(look)} with 'syncline enrich \"{sync}\"'; any run collects what has ended.";
    }
}
