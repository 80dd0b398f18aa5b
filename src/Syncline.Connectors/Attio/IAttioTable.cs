using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>One stream of the destination. Prepared once a run, before anything else is asked of it.</summary>
internal interface IAttioTable
{
    DestinationStream Stream { get; }

    /// <returns>The optional fields there is no place for.</returns>
    /// <exception cref="ProviderException">Something needed is missing.</exception>
    Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken);

    Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken);
}
