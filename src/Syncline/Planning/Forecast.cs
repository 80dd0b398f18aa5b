using System.Collections.Immutable;
using Syncline.Loading;
using Syncline.Syncs;

namespace Syncline.Planning;

/// <summary>What carrying a plan out would take.</summary>
/// <param name="Calls">Calls by endpoint, the endpoint prefixed by its connection.</param>
/// <param name="SecondsNeeded">At the published limits; 0 where nothing is limited.</param>
public sealed record Forecast(RunTally Tally, ImmutableSortedDictionary<string, long> Calls, double SecondsNeeded)
{
    public static Forecast Empty { get; } = new(RunTally.Empty, ImmutableSortedDictionary<string, long>.Empty.WithComparers(StringComparer.Ordinal), 0);

    /// <summary>Adds what one stream's planned records cost.</summary>
    /// <param name="permitsPerSecond">Of the stream's write budget; null when it is not limited.</param>
    public Forecast Plus(string connection, DestinationStream stream, IReadOnlyList<PlannedRecord> planned, double? permitsPerSecond)
    {
        int creates = planned.OfType<PlannedRecord.Create>().Count();
        int deletes = planned.OfType<PlannedRecord.Delete>().Count();
        PlannedRecord.Update[] updates = [.. planned.OfType<PlannedRecord.Update>()];
        int records = creates + deletes + updates.Length + updates.Count(u => u.Replaces);
        long calls = (records + stream.WriteBatch - 1) / stream.WriteBatch;
        string endpoint = $"{connection}: {stream.WriteEndpoint}";
        RunTally tally = new()
        {
            Created = creates,
            Updated = updates.Length,
            Deleted = deletes,
            Linked = planned.Count(p => p is PlannedRecord.Settle { IsNew: true }),
            Unchanged = planned.Count(p => p is PlannedRecord.Unchanged or PlannedRecord.Settle { IsNew: false }),
            Skipped = planned.Count(p => p is PlannedRecord.LeftAlone),
            DeadLetters = planned.Count(p => p is PlannedRecord.Stuck),
            Conflicts = updates.Sum(u => u.Diff.Conflicts) + planned.OfType<PlannedRecord.Settle>().Sum(s => s.Conflicts),
        };
        return new(Tally.Plus(tally), calls == 0 ? Calls : Calls.SetItem(endpoint, Calls.GetValueOrDefault(endpoint) + calls), SecondsNeeded + (permitsPerSecond is { } rate ? calls / rate : 0));
    }
}
