using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Loading;

/// <summary>One kind of record a destination holds.</summary>
/// <param name="Stream">The stream's name at the destination, <c>people</c>.</param>
/// <param name="MatchFields">Remote fields that identify a record there, strongest first.</param>
public sealed record DestinationStream(RecordKind Kind, string Stream, IReadOnlyList<string> MatchFields)
{
    /// <summary>How many operations one call can carry.</summary>
    public int WriteBatch { get; init; } = 1;

    /// <summary>How many records one look-up or one reading by id can carry.</summary>
    public int ReadBatch { get; init; } = 100;

    /// <summary>How long after a write the destination's reads may still miss it: a read-back waits that long.</summary>
    public TimeSpan SettleTime { get; init; }

    /// <summary>False when a record cannot be changed in place (a note): a change is then a new record and the old one's removal.</summary>
    public bool CanUpdate { get; init; } = true;

    /// <summary>True when a create that is repeated finds the record the first one made (an upsert by a unique field).</summary>
    public bool CreateIsIdempotent { get; init; }

    /// <summary>Reference fields without which a record of this kind makes no sense there.</summary>
    public IReadOnlyList<string> RequiredReferences { get; init; } = [];

    /// <summary>Fields of which a new record needs at least one to be of any use there; one without is skipped, not refused. Empty needs none.</summary>
    public IReadOnlyList<string> NeedsOneOf { get; init; } = [];

    /// <summary>Endpoint names for the forecast: <c>POST people/query</c>.</summary>
    public string ReadEndpoint { get; init; } = "read";

    public string WriteEndpoint { get; init; } = "write";

    /// <summary>The rate budgets its calls spend from.</summary>
    public string ReadBudget { get; init; } = "reads";

    public string WriteBudget { get; init; } = "writes";
}

/// <summary>A record to be looked up before it is created.</summary>
/// <param name="Fields">The remote fields we would write, match fields among them, references already remote.</param>
public sealed record Wanted(long GoldenId, FieldSet Fields);

/// <summary>A remote record that answers to a wanted one.</summary>
/// <param name="MatchedBy">The match field that decided.</param>
public sealed record Found(long GoldenId, RemoteRecord Record, string MatchedBy);

/// <summary>A remote field that values are mapped to and that is not there; the run goes on without it.</summary>
public sealed record Unavailable(RecordKind Kind, string Remote, string Reason);

/// <summary>The side that is written.</summary>
/// <remarks>
/// A run calls <see cref="PrepareAsync"/> once, then, stream by stream in the order of <see cref="Streams"/> (what is referred to comes first),
/// <see cref="FindAsync"/> and <see cref="ReadAsync"/> while it plans and <see cref="WriteAsync"/> while it loads; several calls may be under way at a time.
/// A refusal is an outcome. Thrown is only a <see cref="ProviderException"/>, and only when it is certain that none of the batch had an effect.
/// </remarks>
public interface IDestination
{
    string Connection { get; }

    /// <summary>In the order in which references allow them to be written.</summary>
    IReadOnlyList<DestinationStream> Streams { get; }

    /// <summary>Reads what the destination is set up to hold, and says which optional fields of the maps it has no place for.</summary>
    /// <param name="maps">The outbound maps of this run. A field no match depends on and no rule requires may be missing there.</param>
    /// <exception cref="ProviderException">With <see cref="Recovery.StopRun"/> when something needed is missing: which, where, and what to do.</exception>
    Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken);

    /// <summary>Every remote record that one of the wanted match fields points at; several for one golden record are an ambiguity for the engine to report.</summary>
    Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken);

    /// <summary>The records as they are now; one that is not in the answer does not exist there any more.</summary>
    Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Carries out a batch of the stream's operations, one outcome each, in order. Never repeats on its own what may have had an effect and is not idempotent.</summary>
    Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken);
}
