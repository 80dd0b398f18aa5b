namespace Syncline.Enriching;

/// <summary>What a user allows an enricher.</summary>
public sealed record EnrichmentTerms
{
    public static EnrichmentTerms Default { get; } = new();

    /// <summary>How long an answer is used before the record is asked about anew.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The same for "nothing known": suppliers come to know more.</summary>
    public TimeSpan LifeOfMiss { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The most it may cost in one calendar month (UTC), in the enricher's unit; null bounds it not.</summary>
    public decimal? MostAMonth { get; init; }

    public bool IsFresh(KeptAnswer answer, DateTimeOffset now) => now - answer.At < (answer.Fields is null ? LifeOfMiss : Life);
}

/// <summary>An enricher as one sync uses it.</summary>
public sealed record Enrichment(IEnricher Enricher, EnrichmentTerms Terms);
