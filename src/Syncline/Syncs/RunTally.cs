using System.Collections.Immutable;

namespace Syncline.Syncs;

/// <summary>Calls made on one connection.</summary>
public sealed record CallCount(long Reads, long Writes, long Throttled)
{
    public static CallCount None { get; } = new(0, 0, 0);

    public CallCount Plus(CallCount other) => new(Reads + other.Reads, Writes + other.Writes, Throttled + other.Throttled);
}

/// <summary>What one enricher did.</summary>
/// <param name="Kept">Answers taken from earlier ones.</param>
/// <param name="Asked">Questions that were sent.</param>
/// <param name="Missed">Questions the supplier had nothing for.</param>
/// <param name="Spent">In <paramref name="Unit"/>.</param>
public sealed record EnrichmentCount(long Kept, long Asked, long Missed, long Failed, decimal Spent, string Unit)
{
    public EnrichmentCount Plus(EnrichmentCount other) => new(Kept + other.Kept, Asked + other.Asked, Missed + other.Missed, Failed + other.Failed, Spent + other.Spent, other.Unit);
}

/// <summary>What a run has done so far. Counts are records, not calls, but for <see cref="Calls"/>.</summary>
public sealed record RunTally
{
    public static RunTally Empty { get; } = new();

    /// <summary>Remote records read.</summary>
    public long Seen { get; init; }

    public long Created { get; init; }

    public long Updated { get; init; }

    /// <summary>Records found at the destination and tied to their golden record without a write.</summary>
    public long Linked { get; init; }

    public long Unchanged { get; init; }

    /// <summary>Out of scope by rule, and reported.</summary>
    public long Skipped { get; init; }

    /// <summary>Fields where both sides moved and a policy had to decide.</summary>
    public long Conflicts { get; init; }

    public long DeadLetters { get; init; }

    public long Deleted { get; init; }

    /// <summary>Records that this run tried to bring into the hub, enrich or bring to a destination, and set aside instead.</summary>
    public long Failed { get; init; }

    /// <summary>Failed records over all that were tried, 0 to 1; null while nothing was tried.</summary>
    public double? ErrorRate => Created + Updated + Linked + Unchanged + Deleted + Failed is > 0 and var tried ? Failed / (double)tried : null;

    public ImmutableSortedDictionary<string, CallCount> Calls { get; init; } = ImmutableSortedDictionary<string, CallCount>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>By the enricher's connection.</summary>
    public ImmutableSortedDictionary<string, EnrichmentCount> Enriched { get; init; } = ImmutableSortedDictionary<string, EnrichmentCount>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>A sync's run that did not read all there was, or did not write it: it says nothing of the rest.</summary>
    public bool IsPart { get; init; }

    /// <summary>What an audit counted; null for all other runs.</summary>
    public AuditCount? Audited { get; init; }

    public RunTally Plus(RunTally other) => new()
    {
        Seen = Seen + other.Seen,
        Created = Created + other.Created,
        Updated = Updated + other.Updated,
        Linked = Linked + other.Linked,
        Unchanged = Unchanged + other.Unchanged,
        Skipped = Skipped + other.Skipped,
        Conflicts = Conflicts + other.Conflicts,
        DeadLetters = DeadLetters + other.DeadLetters,
        Deleted = Deleted + other.Deleted,
        Failed = Failed + other.Failed,
        IsPart = IsPart || other.IsPart,
        Audited = Audited ?? other.Audited,
        Enriched = other.Enriched.Aggregate(Enriched, (all, e) => all.SetItem(e.Key, all.TryGetValue(e.Key, out EnrichmentCount? known) ? known.Plus(e.Value) : e.Value)),
        Calls = other.Calls.Aggregate(Calls, (all, c) => all.SetItem(c.Key, all.GetValueOrDefault(c.Key, CallCount.None).Plus(c.Value))),
    };
}
