using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Conformance.Destinations;

/// <summary>A record the suite writes, and what may be done to it. Every value is one the provider accepts and gives back unchanged.</summary>
/// <param name="Fields">All of a create, without references; every match field of the stream that can be written has a value.</param>
/// <param name="Change">A field that is not in <see cref="Fields"/> or differs there, for an update.</param>
public sealed record DestinationSample(string Stream, FieldSet Fields, Field Change)
{
    /// <summary>Fields that refer to another sample's stream; the suite creates that sample first.</summary>
    public IReadOnlyDictionary<string, string> References { get; init; } = new Dictionary<string, string>();

    /// <summary>Match fields that find nothing by themselves: an alias, a part of a key.</summary>
    public IReadOnlyList<string> NotFoundBy { get; init; } = [];

    /// <summary>A field whose presence makes the provider refuse the record; null where it refuses nothing.</summary>
    public Field? Refused { get; init; }

    /// <summary>A list field of <see cref="Fields"/>, with a value that a person adds at the provider and one that we add later; null where there is no list.</summary>
    public (string Field, FieldValue Theirs, FieldValue Ours)? List { get; init; }
}

/// <summary>A destination on a provider the suite can look into and disturb. Each fact gets a new one, prepared with <see cref="Maps"/>.</summary>
public abstract class DestinationWorld : IAsyncDisposable
{
    public abstract IDestination Destination { get; }

    public abstract IReadOnlyList<FieldMap> Maps { get; }

    public abstract IReadOnlyList<DestinationSample> Samples { get; }

    /// <summary>How many records the provider holds in a stream, seen from its side.</summary>
    public abstract Task<int> CountAsync(string stream, CancellationToken cancellationToken);

    /// <summary>The next so many writes take effect and their answers never come.</summary>
    public abstract void LoseAnswers(int writes);

    /// <summary>The next so many calls fail with 500 and have no effect.</summary>
    public abstract void Fail(int calls);

    /// <summary>The next so many calls are refused with 429, and no call is allowed before the time it names.</summary>
    public abstract void Throttle(int calls);

    /// <summary>Calls that came before the time a rate refusal had named.</summary>
    public abstract int CameTooEarly { get; }

    /// <summary>Adds a value to a list field as a person would at the provider.</summary>
    public abstract Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken);

    /// <summary>Takes something away that the maps cannot do without, and returns words a message about it must contain.</summary>
    public abstract Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
