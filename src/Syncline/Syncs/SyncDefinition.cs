using Syncline.Enriching;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Syncs;

/// <summary>A sync as a user names it.</summary>
/// <param name="From">Source connections, or <see cref="Planning.SyncScope.WholeHub"/>.</param>
/// <param name="To">Destination connections.</param>
public sealed record SyncDefinition(string Name, IReadOnlyList<string> From, IReadOnlyList<string> To)
{
    public MergePolicies Policies { get; init; } = new();

    public DeletePolicy Deletes { get; init; } = DeletePolicy.Keep;

    /// <summary>Keep one conversation note a person.</summary>
    public bool WithNotes { get; init; }

    /// <summary>Reckon each person's data quality, and keep one note with what enrichers supplied.</summary>
    public bool IsEnriched { get; init; }

    /// <summary>Kinds written to the destinations; empty means all they have a place for.</summary>
    public IReadOnlyList<RecordKind> Kinds { get; init; } = [];
}

/// <summary>The opened ends of a sync.</summary>
/// <param name="Sources">In the order in which they are read.</param>
/// <param name="Maps">The field maps of all of them.</param>
/// <param name="Permits">Each connection's permits, for the call counts.</param>
public sealed record SyncEnds(IReadOnlyList<ISource> Sources, IReadOnlyList<IDestination> Destinations, MapSet Maps, IReadOnlyDictionary<string, CallPermits> Permits)
{
    /// <summary>Asked in this order: what one supplies, the next may ask with.</summary>
    public IReadOnlyList<Enrichment> Enrichments { get; init; } = [];

    /// <summary>The sources that show anything the sync writes; all of them where it writes nothing.</summary>
    public IReadOnlyList<ISource> SourcesFor(SyncDefinition sync)
    {
        IReadOnlySet<RecordKind> needed = NeededKinds.Of(sync, Destinations, Maps);
        return needed.Count == 0 ? Sources : [.. Sources.Where(s => s.Stream.Kinds.Any(needed.Contains))];
    }
}

/// <summary>How one run is to go.</summary>
public sealed record RunOptions
{
    public static RunOptions Incremental { get; } = new();

    /// <summary>Read everything, compare everything.</summary>
    public bool IsFull { get; init; }

    /// <summary>Stop reading after so many people.</summary>
    public int? MaxRecords { get; init; }

    public int? MaxPages { get; init; }

    /// <summary>Try every dead letter again, due or not.</summary>
    public bool RetriesAll { get; init; }

    /// <summary>Read only these records again, and write what comes of it; empty reads the sources from where they were left.</summary>
    public IReadOnlyList<Hint> Hints { get; init; } = [];

    /// <summary>Ask the enrichers of the sync; false writes without them.</summary>
    public bool Enriches { get; init; } = true;

    /// <summary>Everything that is due goes as a batch to those enrichers that answer in batches.</summary>
    public bool InBatches { get; init; }

    /// <summary>Write to the destinations; false only reads and enriches.</summary>
    public bool Writes { get; init; } = true;

    /// <summary>Leave the sources unread; write what the hub holds.</summary>
    public bool OnlyOutbound { get; init; }
}

/// <summary>What a run is at.</summary>
public enum RunPhase
{
    Preparing,
    Reading,
    Enriching,
    Writing,
}

/// <summary>The stage a run has reached; it never goes back to an earlier one.</summary>
public enum RunStage
{
    Initializing,
    Fetching,
    Loading,
}

/// <summary>Where a run stands, as it is kept for whoever asks from outside.</summary>
/// <param name="Done">Records fetched or loaded in this stage.</param>
/// <param name="Total">As many as are expected; null when nobody knows.</param>
/// <param name="IsTotalOpen">The sources are still being read: the total is what is known so far.</param>
public sealed record RunPosition(RunStage Stage, long Done, long? Total, bool IsTotalOpen);

/// <summary>Where a run stands.</summary>
/// <param name="Connection">The side it is at.</param>
/// <param name="Done">People or records so far in this phase.</param>
/// <param name="Total">As many as are expected; null when nobody knows.</param>
public sealed record RunProgress(RunPhase Phase, string Connection, long Done, long? Total, RunTally Tally)
{
    /// <summary>The sources are still being read: the total is what is known so far.</summary>
    public bool IsTotalOpen { get; init; }
}
