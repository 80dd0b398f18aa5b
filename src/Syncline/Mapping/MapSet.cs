using Syncline.Records;

namespace Syncline.Mapping;

/// <summary>The field maps of all connections of a sync.</summary>
public sealed class MapSet
{
    private readonly Dictionary<(string Connection, string Stream), FieldMap> _maps = [];

    /// <summary>Adds a connection's maps; a map of a stream already known replaces it.</summary>
    public MapSet Add(string connection, IEnumerable<FieldMap> maps)
    {
        foreach (FieldMap map in maps) _maps[(connection, map.Stream)] = map;
        return this;
    }

    public FieldMap? Find(string connection, string stream) => _maps.GetValueOrDefault((connection, stream));

    public IReadOnlyList<FieldMap> Of(string connection) => [.. _maps.Where(m => m.Key.Connection == connection).OrderBy(m => m.Key.Stream, StringComparer.Ordinal).Select(m => m.Value)];

    /// <summary>What a remote record says in canonical words; nothing when no map speaks of its stream.</summary>
    public FieldSet ToCanonical(RemoteRecord record) => Find(record.Key.Connection, record.Key.Stream)?.ToCanonical(record.Fields) ?? FieldSet.Empty;
}
