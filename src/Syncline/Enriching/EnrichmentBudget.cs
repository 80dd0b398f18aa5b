using System.Globalization;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>What an enricher may still cost this month: what it has cost, and what its batches under way may cost, is taken off.</summary>
internal sealed class EnrichmentBudget(IEnrichmentCache cache, IEnrichmentBatches? batches, Enrichment enrichment, TimeProvider clock)
{
    private string Connection => enrichment.Enricher.Connection;

    /// <exception cref="ProviderException">The month's budget does not cover these questions.</exception>
    public async Task StayWithinAsync(IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        if (enrichment.Terms.MostAMonth is { } most && await TakenAsync(cancellationToken) + enrichment.Enricher.MostFor(questions) > most) throw await UsedUpAsync(most, cancellationToken);
    }

    /// <summary>How many of these questions, from the first on, a batch may hold.</summary>
    /// <exception cref="ProviderException">Not even one.</exception>
    public async Task<int> FittingAsync(IBatchEnricher enricher, IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        if (enrichment.Terms.MostAMonth is not { } most) return questions.Count;
        decimal left = most - await TakenAsync(cancellationToken);
        (int fit, int more) = (0, questions.Count);
        while (fit < more)
        {
            int middle = (fit + more + 1) / 2;
            (fit, more) = enricher.MostForBatch([.. questions.Take(middle)]) <= left ? (middle, more) : (fit, middle - 1);
        }
        return fit > 0 ? fit : throw await UsedUpAsync(most, cancellationToken);
    }

    private DateTimeOffset Month
    {
        get
        {
            DateTimeOffset now = clock.GetUtcNow();
            return new(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        }
    }

    private async Task<decimal> TakenAsync(CancellationToken cancellationToken) => await cache.SpentAsync(Connection, Month, cancellationToken) + await UnderWayAsync(cancellationToken);

    private async Task<decimal> UnderWayAsync(CancellationToken cancellationToken) =>
        batches is null ? 0 : (await batches.ListAsync(Connection, cancellationToken)).Where(b => b.State != BatchState.Collected).Sum(b => b.Most);

    private async Task<ProviderException> UsedUpAsync(decimal most, CancellationToken cancellationToken)
    {
        decimal spent = await cache.SpentAsync(Connection, Month, cancellationToken), underWay = await UnderWayAsync(cancellationToken);
        string pending = underWay > 0 ? string.Create(CultureInfo.InvariantCulture, $", and batches under way may cost {underWay:0.####}") : "";
        return new(string.Create(CultureInfo.InvariantCulture, $"{Connection} has cost {spent:0.####} of the {most:0.####} {enrichment.Enricher.Unit} it may cost this month{pending}; the next call might cost more than is left."))
        {
            Operation = $"{Connection}.enrich",
            Recovery = Recovery.RetryLater,
            RetryAfter = underWay > 0 ? null : Month.AddMonths(1) - clock.GetUtcNow(),
            Hint = underWay > 0
                ? "It goes on when they are collected, if they cost less, else next month. To go on now, raise enrichment.most in the configuration and run 'syncline enrich --retry'."
                : "It goes on next month. To go on now, raise enrichment.most in the configuration and run 'syncline enrich --retry'.",
        };
    }
}
