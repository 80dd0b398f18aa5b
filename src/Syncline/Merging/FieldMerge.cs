using Syncline.Records;

namespace Syncline.Merging;

/// <summary>What one source says about one field.</summary>
/// <param name="Seen">What it showed us last time; null when nothing.</param>
/// <param name="Now">What it shows now.</param>
/// <param name="Key">The remote record.</param>
/// <param name="ModifiedAt">When it says it changed; null when it does not say.</param>
public readonly record struct Observation(FieldValue? Seen, FieldValue? Now, RecordKey Key, DateTimeOffset? ModifiedAt);

/// <summary>The golden value after an observation.</summary>
/// <param name="Rule">Why; null when nothing changes.</param>
/// <param name="IsConflict">Both had moved and a policy decided.</param>
public readonly record struct MergedField(FieldValue? Value, string? Rule, bool IsConflict = false);

/// <summary>Merges one observed field into a golden one. Only a source that moved changes anything: what it said before is no news.</summary>
public static class FieldMerge
{
    public static MergedField Decide(Observation observed, FieldValue? golden, FieldOrigin? origin, MergePolicy policy)
    {
        if (observed.Now == observed.Seen || observed.Now == golden) return new(golden, null);
        // A person's word stands; that a source says otherwise is told where the policy wants it told.
        if (Decision.IsPinned(origin)) return new(golden, null);
        if (IsList(observed.Now) || IsList(golden) || IsList(observed.Seen)) return Union(observed, golden, origin, policy);
        if (golden is null) return new(observed.Now, "first");
        if (observed.Now is not null && Supplied.IsSource(observed.Key) != IsSupplied(origin)) return IsSupplied(origin) ? new(observed.Now, "entered") : new(golden, null);
        bool isOwn = origin?.Source == observed.Key || observed.Seen == golden;
        if (observed.Now is null) return origin?.Source == observed.Key ? new(null, "cleared") : new(golden, null);
        if (policy.Rule != MergeRule.Latest || !isOwn) return ByPolicy(observed, golden, origin, policy, isConflict: observed.Seen is not null && !isOwn);
        return new(observed.Now, "moved");
    }

    private static MergedField ByPolicy(Observation observed, FieldValue golden, FieldOrigin? origin, MergePolicy policy, bool isConflict)
    {
        return policy.Rule switch
        {
            MergeRule.SourceOfTruth when observed.Key.Connection == policy.Connection => new(observed.Now, "source-of-truth", isConflict),
            MergeRule.SourceOfTruth when origin?.Source.Connection != policy.Connection => new(observed.Now, "moved", isConflict),
            MergeRule.Latest when origin is null || observed.ModifiedAt > origin.At => new(observed.Now, "latest", isConflict),
            _ => new(golden, null, isConflict || policy.Rule == MergeRule.Manual),
        };
    }

    /// <summary>Sets keep what others added, and lose what a source had and takes away.</summary>
    private static MergedField Union(Observation observed, FieldValue? golden, FieldOrigin? origin, MergePolicy policy)
    {
        bool isTruth = policy.Rule == MergeRule.SourceOfTruth && observed.Key.Connection == policy.Connection;
        if (isTruth && golden is not null) return new(observed.Now, "source-of-truth");
        bool mayMove = golden is null || policy.Rule == MergeRule.Latest || (policy.Rule == MergeRule.SourceOfTruth && origin?.Source.Connection != policy.Connection);
        if (!mayMove) return new(golden, null, IsConflict: observed.Seen is not null || policy.Rule == MergeRule.Manual);
        IEnumerable<FieldValue> now = Items(observed.Now);
        // A source that shows nothing at all any more may just not be able to: that takes back only what it brought itself.
        IEnumerable<FieldValue> removed = observed.Now is not null || origin is null || origin.Source == observed.Key ? Items(observed.Seen).Except(now) : [];
        FieldValue? merged = FieldValue.List(Items(golden).Except(removed).Concat(now.Except(Items(observed.Seen))));
        return merged == golden ? new(golden, null) : new(merged, golden is null ? "first" : "union");
    }

    private static bool IsSupplied(FieldOrigin? origin) => origin is not null && Supplied.IsSource(origin.Source);

    private static bool IsList(FieldValue? value) => value?.Type == FieldType.List;

    private static IEnumerable<FieldValue> Items(FieldValue? value) => value is null ? [] : value.Items;
}
