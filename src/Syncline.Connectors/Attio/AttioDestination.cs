using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Attio as the side that is written.</summary>
/// <remarks>
/// Attio refuses unique custom attributes on people and companies, so nothing there but an e-mail address or a domain stops a second record: the hub's identity links,
/// the look-up before each create and the <c>syncline_id</c> that every record is given do.
/// </remarks>
internal sealed class AttioDestination : IDestination
{
    private readonly IReadOnlyList<IAttioTable> _tables;

    public AttioDestination(AttioApi api, AttioSchema schema, AttioOptions options, TimeProvider clock)
    {
        Connection = options.Connection;
        AttioPreparation preparation = new(schema);
        AttioBackLinks links = new(api, options);
        _tables =
        [
            new AttioRecordTable(api, preparation, options, links, AttioMaps.Company),
            new AttioRecordTable(api, preparation, options, links, AttioMaps.Person),
            new AttioRecordTable(api, preparation, options, links, AttioMaps.Message),
            new AttioNoteTable(api, options, clock),
            new AttioEntryTable(api, schema, preparation, options),
        ];
    }

    public string Connection { get; }

    public IReadOnlyList<DestinationStream> Streams => [.. _tables.Select(t => t.Stream)];

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        List<Unavailable> unavailable = [];
        foreach (IAttioTable table in _tables)
        {
            if (maps.FirstOrDefault(m => m.Stream == table.Stream.Stream) is { } map) unavailable.AddRange(await table.PrepareAsync(map, cancellationToken));
        }
        return unavailable;
    }

    public async Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        List<Found> found = [];
        foreach (Wanted[] some in wanted.Chunk(stream.ReadBatch)) found.AddRange(await Table(stream).FindAsync(some, cancellationToken));
        return found;
    }

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Dictionary<string, RemoteRecord> all = new(StringComparer.Ordinal);
        foreach (string[] some in ids.Distinct().Chunk(stream.ReadBatch))
        {
            foreach ((string id, RemoteRecord record) in await Table(stream).ReadAsync(some, cancellationToken)) all[id] = record;
        }
        return all;
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
    {
        List<WriteOutcome> outcomes = [];
        foreach (Operation operation in batch)
        {
            try
            {
                outcomes.Add(await Table(stream).WriteAsync(operation, cancellationToken));
            }
            catch (ProviderException failure) when (outcomes.Count > 0)
            {
                // Thrown is only what left nothing behind; the operations before this one did.
                outcomes.Add(new WriteOutcome.Refused("not_attempted", failure.Message));
            }
        }
        return outcomes;
    }

    private IAttioTable Table(DestinationStream stream) => _tables.First(t => t.Stream.Stream == stream.Stream);
}
