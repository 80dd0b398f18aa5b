using Syncline.Mapping;
using Syncline.Matching;
using Syncline.Records;

namespace Syncline.Loading;

/// <summary>Finds out by looking whether an operation took effect whose answer was never seen.</summary>
internal sealed class ReadBack(IDestination destination, MapSet maps)
{
    /// <summary>True when the operation can simply be carried out again.</summary>
    public static bool CanRepeat(DestinationStream stream, Operation operation) => operation.Verb == Verb.Delete || (stream.CreateIsIdempotent && operation.Verb == Verb.Create);

    /// <summary>The remote record as it is if the operation took effect, else null. To be asked after the stream's settle time.</summary>
    public async Task<RemoteRecord?> FindEffectAsync(DestinationStream stream, Operation operation, CancellationToken cancellationToken)
    {
        // A removal that took effect leaves nothing to be found; it is repeated instead.
        if (operation.Verb == Verb.Delete) return null;
        if (operation.Verb is Verb.Create or Verb.Replace) return await FindCreatedAsync(stream, operation, cancellationToken);
        IReadOnlyDictionary<string, RemoteRecord> now = await destination.ReadAsync(stream, [operation.RemoteId!], cancellationToken);
        return now.TryGetValue(operation.RemoteId!, out RemoteRecord? record) && IsChanged(operation, record) ? record : null;
    }

    private async Task<RemoteRecord?> FindCreatedAsync(DestinationStream stream, Operation operation, CancellationToken cancellationToken)
    {
        IReadOnlyList<Found> found = await destination.FindAsync(stream, [new(operation.GoldenId, operation.Desired)], cancellationToken);
        RemoteRecord[] hits = [.. found.Select(f => f.Record).DistinctBy(r => r.Key.Id).Where(r => r.Key.Id != operation.RemoteId)];
        return hits.Length == 1 && IsOurs(stream, operation, hits[0]) ? hits[0] : null;
    }

    /// <summary>Somebody may have made the same record by hand at that moment: taken for ours, what it shows would pass for our own words and stay apart from the hub's for ever.</summary>
    private bool IsOurs(DestinationStream stream, Operation operation, RemoteRecord record)
    {
        // What cannot be changed in place is found by the whole of what it says.
        if (!stream.CanUpdate) return true;
        string? mark = maps.Find(operation.Stream.Connection, operation.Stream.Name)?.Rules.FirstOrDefault(r => r.Canonical == HubMark.Field && r.Direction != MapDirection.In)?.Remote;
        if (mark is not null && operation.Fields[mark] is { } own) return record.Fields[mark] == own;
        return operation.IsShownBy(record.Fields);
    }

    // Providers normalise, so that what was written may not read back the same: that it is no longer what it was before is the sign.
    private static bool IsChanged(Operation operation, RemoteRecord now) =>
        operation.Fields.Select(f => f.Name).Concat(operation.Cleared).All(name => IsChanged(operation.Before[name], operation.Fields[name], now.Fields[name]));

    /// <summary>Others add to lists, too: of a list, what was to come must be there and what was to go must be gone.</summary>
    private static bool IsChanged(FieldValue? before, FieldValue? wanted, FieldValue? now)
    {
        if (before?.Type != FieldType.List && wanted?.Type != FieldType.List) return now != before;
        HashSet<FieldValue> held = [.. Items(now)];
        return Items(wanted).Except(Items(before)).All(held.Contains) && !Items(before).Except(Items(wanted)).Any(held.Contains);
    }

    private static IEnumerable<FieldValue> Items(FieldValue? value) => value is null ? [] : value.Items;
}
