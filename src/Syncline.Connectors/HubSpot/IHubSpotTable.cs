using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>One stream of the destination. Prepared once a run, before anything else is asked of it.</summary>
internal interface IHubSpotTable
{
    DestinationStream Stream { get; }

    /// <summary>The object type whose definitions preparing asks for; null where it asks for none.</summary>
    string? Type => null;

    /// <returns>The optional fields there is no place for.</returns>
    /// <exception cref="ProviderException">Something needed is missing.</exception>
    Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken);

    Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken);

    Task<IReadOnlyList<RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<Operation> batch, CancellationToken cancellationToken);
}
