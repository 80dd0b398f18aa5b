using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>HubSpot as the side that is written.</summary>
/// <remarks>
/// A contact's e-mail address is unique in HubSpot, and so are the values of a custom property that was made so; nothing keeps two companies or deals apart. By unique values records are read from the records
/// themselves, and never late; by anything else from an index that lags.
/// </remarks>
internal sealed class HubSpotDestination(string connection, IReadOnlyList<IHubSpotTable> tables, HubSpotSchema schema) : IDestination
{
    public string Connection => connection;

    public IReadOnlyList<DestinationStream> Streams => [.. tables.Select(t => t.Stream)];

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        schema.Forget();
        (IHubSpotTable Table, FieldMap Map)[] wanted = [.. from table in tables let map = maps.FirstOrDefault(m => m.Stream == table.Stream.Stream) where map is not null select (table, map)];
        // Side by side, a run's first write waits for one answer and not for one a type.
        await Task.WhenAll(wanted.Select(w => w.Table.Type).OfType<string>().Distinct().Select(type => schema.DefinitionsAsync(type, cancellationToken)));
        List<Unavailable> unavailable = [];
        foreach ((IHubSpotTable table, FieldMap map) in wanted) unavailable.AddRange(await table.PrepareAsync(map, cancellationToken));
        return unavailable;
    }

    public Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken) => Table(stream).FindAsync(wanted, cancellationToken);

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        (await Table(stream).ReadAsync([.. ids.Distinct(StringComparer.Ordinal)], cancellationToken)).ToDictionary(r => r.Key.Id, StringComparer.Ordinal);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) => Table(stream).WriteAsync(batch, cancellationToken);

    private IHubSpotTable Table(DestinationStream stream) => tables.First(t => t.Stream.Stream == stream.Stream);
}
