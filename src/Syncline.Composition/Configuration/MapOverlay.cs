using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Composition.Configuration;

/// <summary>Lays the user's rules over shipped maps.</summary>
internal static class MapOverlay
{
    /// <param name="overrides">Of one connection.</param>
    public static IReadOnlyList<FieldMap> Apply(IReadOnlyList<FieldMap> shipped, IReadOnlyList<MapOverride> overrides) =>
        [.. shipped.Select(map => overrides.Where(o => o.Kind == map.Kind).Aggregate(map, Apply))];

    /// <summary>Finds what contradicts itself: two canonical fields that would be written into one remote field, and rules for kinds the connection does not hold.</summary>
    public static void Check(IReadOnlyList<FieldMap> shipped, IReadOnlyList<MapOverride> overrides, Problems problems)
    {
        foreach (MapOverride rule in overrides)
        {
            FieldMap[] maps = [.. shipped.Where(m => m.Kind == rule.Kind)];
            if (maps.Length == 0) problems.Error(rule.At, $"maps.{rule.Connection} has rules for {rule.Kind.Name}, which that connection does not hold. It holds: {string.Join(", ", shipped.Select(m => m.Kind.Name).Distinct())}.");
            else FieldNames.Check(rule.Kind, rule.Canonical, maps.SelectMany(m => m.Rules).Select(r => r.Canonical), rule.At ?? default, problems);
        }
        foreach (FieldMap map in Apply(shipped, overrides)) CheckTargets(map, overrides, problems);
    }

    private static void CheckTargets(FieldMap map, IReadOnlyList<MapOverride> overrides, Problems problems)
    {
        foreach (IGrouping<string, FieldRule> target in map.Rules.Where(r => r.Direction != MapDirection.In).GroupBy(r => r.Remote, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            string[] fields = [.. target.Select(r => r.Canonical).Distinct()];
            MapOverride? culprit = overrides.LastOrDefault(o => o.Kind == map.Kind && fields.Contains(o.Canonical));
            if (culprit is not null && fields.Length > 1) problems.Error(culprit.At, $"{string.Join(" and ", fields)} would both be written to {map.Stream}.{target.Key}. Map one of them elsewhere, or set it to none.");
        }
    }

    private static FieldMap Apply(FieldMap map, MapOverride change)
    {
        FieldRule[] old = [.. map.Rules.Where(r => r.Canonical == change.Canonical)];
        List<FieldRule> rules = [.. map.Rules];
        int at = old.Length == 0 ? rules.Count : rules.IndexOf(old[0]);
        if (change.IsNone || change.Remote is not null) rules.RemoveAll(old.Contains);
        if (change.IsNone) return map with { Rules = rules };
        if (change.Remote is null && old.Length > 0) return map with { Rules = [.. rules.Select(r => old.Contains(r) ? Change(r, change) : r)] };
        FieldRule template = old.FirstOrDefault() ?? new(change.Canonical, change.Canonical);
        rules.Insert(Math.Min(at, rules.Count), Change(template with { Remote = change.Remote ?? template.Remote }, change));
        return map with { Rules = rules };
    }

    private static FieldRule Change(FieldRule rule, MapOverride change) => rule with
    {
        Inward = change.Inward ?? rule.Inward,
        Outward = change.Outward ?? rule.Outward,
        Policy = change.Policy ?? rule.Policy,
        Direction = change.Direction ?? rule.Direction,
        IsRequired = change.IsRequired ?? rule.IsRequired,
    };
}
