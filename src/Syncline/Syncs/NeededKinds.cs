using Syncline.Enriching;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Syncs;

/// <summary>The kinds of record that a sync has to read for what it writes: those its destinations hold, those they refer to or show a field of, and those that figures are reckoned from.</summary>
internal static class NeededKinds
{
    public static IReadOnlySet<RecordKind> Of(SyncDefinition sync, IReadOnlyList<IDestination> destinations, MapSet maps)
    {
        FieldMap[] written = [.. destinations.SelectMany(d => maps.Of(d.Connection).Where(m => IsWritten(m, d, sync)))];
        HashSet<RecordKind> kinds = [.. written.Select(m => m.Kind), .. written.SelectMany(ReferredTo)];
        if (kinds.Contains(RecordKind.Note) || written.Any(ShowsFigures)) kinds.UnionWith([RecordKind.Message, RecordKind.Conversation]);
        return kinds;
    }

    private static bool IsWritten(FieldMap map, IDestination destination, SyncDefinition sync) =>
        destination.Streams.Any(s => s.Stream == map.Stream) && (sync.Kinds.Count == 0 || sync.Kinds.Contains(map.Kind));

    private static IEnumerable<RecordKind> ReferredTo(FieldMap map) => Outward(map)
        .Select(r => r.Path?.Kind ?? (CanonicalSchema.Find(map.Kind, r.Canonical) is { Type: FieldType.Reference } ? new RecordKind(r.Canonical) : (RecordKind?)null))
        .OfType<RecordKind>();

    private static bool ShowsFigures(FieldMap map) => map.Kind == RecordKind.Person && Outward(map).Any(r => Engagement.Fields.Contains(r.Canonical));

    private static IEnumerable<FieldRule> Outward(FieldMap map) => map.Rules.Where(r => r.Direction != MapDirection.In);
}
