using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Server.Webhooks;

/// <summary>A destination that is used by many small runs: it is looked through at the first, and what was just written is not read too soon in the next.</summary>
internal sealed class PreparedOnce(IDestination destination, TimeProvider clock) : IDestination
{
    private readonly SettledReads _settled = new(destination, clock);
    private (IReadOnlyList<FieldMap> Maps, IReadOnlyList<Unavailable> Answer)? _prepared;

    public string Connection => destination.Connection;

    public IReadOnlyList<DestinationStream> Streams => destination.Streams;

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        if (_prepared is { } before && before.Maps.SequenceEqual(maps, ReferenceEqualityComparer.Instance)) return before.Answer;
        IReadOnlyList<Unavailable> answer = await destination.PrepareAsync(maps, cancellationToken);
        _prepared = (maps, answer);
        return answer;
    }

    public Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken) => _settled.FindAsync(stream, wanted, cancellationToken);

    public Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken) => _settled.ReadAsync(stream, ids, cancellationToken);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) => _settled.WriteAsync(stream, batch, cancellationToken);
}
