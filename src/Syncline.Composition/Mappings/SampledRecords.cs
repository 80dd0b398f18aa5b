using System.Collections.ObjectModel;
using Syncline.Connectors;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Composition.Mappings;

/// <summary>A few records of one stream as they are at the provider.</summary>
/// <param name="Shown">As the source reads them, by golden id.</param>
/// <param name="Held">As the destination reads them, by remote id.</param>
/// <param name="Missing">Remote fields of the map that the destination has no place for, with the reason.</param>
internal sealed record SampledRecords(IReadOnlyDictionary<long, RemoteRecord> Shown, IReadOnlyDictionary<string, RemoteRecord> Held, IReadOnlyList<Unavailable> Missing)
{
    // Enough to see what a rule does, and one call of every provider.
    public const int Most = 10;

    // Among so many records those are looked for that have a value at all.
    private const int LookedThrough = 200;

    public static SampledRecords None { get; } = new(ReadOnlyDictionary<long, RemoteRecord>.Empty, ReadOnlyDictionary<string, RemoteRecord>.Empty, []);

    /// <summary>Records of the stream that the hub knows: where they can be asked for one by one, those that have a value of the field come first.</summary>
    public static async Task<IReadOnlyList<Link>> ChooseAsync(IHub hub, Connection connection, FieldMap map, string field, CancellationToken cancellationToken)
    {
        if (PointSource(connection, map) is null && Stream(connection, map) is null) return await FirstAsync(hub, connection, map, cancellationToken);
        List<Link> links = [];
        await foreach (Link link in hub.LinksOfConnectionAsync(connection.Name, map.Stream, cancellationToken))
        {
            if (link.State == LinkState.Live) links.Add(link);
            if (links.Count == LookedThrough) break;
        }
        IReadOnlyDictionary<long, GoldenRecord> golden = await hub.LoadAsync([.. links.Select(l => l.GoldenId)], cancellationToken);
        return [.. links.DistinctBy(l => l.GoldenId).OrderBy(l => golden.GetValueOrDefault(l.GoldenId)?.Fields[field] is null ? 1 : 0).Take(Most)];
    }

    /// <summary>Reads them; writes nothing.</summary>
    public static async Task<SampledRecords> ReadAsync(Connection connection, FieldMap map, IReadOnlyList<Link> links, CancellationToken cancellationToken)
    {
        if (links.Count == 0) return None;
        string[] ids = [.. links.Select(l => l.Key.Id)];
        IReadOnlyList<RemoteRecord> shown = PointSource(connection, map) is { } source ? await source.FetchAsync(ids, cancellationToken) : await SweepAsync(connection, map, cancellationToken);
        Dictionary<RecordKey, long> known = links.ToDictionary(l => l.Key, l => l.GoldenId);
        SampledRecords read = None with { Shown = shown.Where(r => known.ContainsKey(r.Key)).DistinctBy(r => known[r.Key]).ToDictionary(r => known[r.Key]) };
        if (Stream(connection, map) is not { } stream) return read;
        IReadOnlyList<Unavailable> missing = await connection.Destination!.PrepareAsync([map], cancellationToken);
        return read with { Missing = missing, Held = await connection.Destination.ReadAsync(stream, ids, cancellationToken) };
    }

    /// <summary>Null where the connection does not write that stream.</summary>
    public static DestinationStream? Stream(Connection connection, FieldMap map) => connection.Destination?.Streams.FirstOrDefault(s => s.Stream == map.Stream);

    private static IPointSource? PointSource(Connection connection, FieldMap map) => connection.Sources.OfType<IPointSource>().FirstOrDefault(s => s.Stream.Id.Name == map.Stream);

    private static async Task<IReadOnlyList<Link>> FirstAsync(IHub hub, Connection connection, FieldMap map, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemoteRecord> shown = await SweepAsync(connection, map, cancellationToken);
        IReadOnlyDictionary<RecordKey, Link> links = await hub.FindLinksAsync([.. shown.Select(r => r.Key)], cancellationToken);
        return [.. shown.Select(r => links.GetValueOrDefault(r.Key)).OfType<Link>().Where(l => l.State == LinkState.Live).DistinctBy(l => l.GoldenId).Take(Most)];
    }

    /// <summary>The beginning of a reading, for a stream whose records cannot be asked for one by one.</summary>
    private static async Task<IReadOnlyList<RemoteRecord>> SweepAsync(Connection connection, FieldMap map, CancellationToken cancellationToken)
    {
        if (connection.Sources.FirstOrDefault(s => s.Stream.Kinds.Contains(map.Kind)) is not { } source) return [];
        List<RemoteRecord> shown = [];
        await foreach (Page page in source.ReadAsync(new(null) { IsFull = true, MaxRecords = Most, MaxPages = 1, Known = new NothingKnown() }, cancellationToken))
        {
            shown.AddRange(page.Records.Where(r => r.Key.Stream == map.Stream && !r.IsDeleted));
            if (shown.Count >= Most) break;
        }
        return shown;
    }

    private sealed class NothingKnown : IKnownVersions
    {
        public Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(ReadOnlyDictionary<string, string>.Empty);
    }
}
