using Syncline.Composition.Configuration;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Composition.Mappings;

/// <summary>Who a rule is from.</summary>
internal enum RuleOrigin
{
    /// <summary>It comes with the connection.</summary>
    Shipped,

    /// <summary><c>syncline.yaml</c> says so.</summary>
    File,

    /// <summary>An environment name of the earlier script says so.</summary>
    Environment,
}

/// <summary>One line of a map.</summary>
/// <param name="Rule">Null for a field that is taken out of the map.</param>
internal sealed record MapLine(string Canonical, FieldRule? Rule, RuleOrigin Origin);

/// <summary>One stream's map as a run uses it, with who each rule is from.</summary>
internal sealed record MapSheet(FieldMap Map, IReadOnlyList<MapLine> Lines)
{
    /// <param name="overrides">Of the connection.</param>
    public static IReadOnlyList<MapSheet> Of(IReadOnlyList<FieldMap> shipped, IReadOnlyList<MapOverride> overrides) =>
        [.. MapOverlay.Apply(shipped, overrides).Zip(shipped, (map, original) => new MapSheet(map, [.. LinesOf(map, original, [.. overrides.Where(o => o.Kind == map.Kind)])]))];

    private static IEnumerable<MapLine> LinesOf(FieldMap map, FieldMap shipped, MapOverride[] overrides)
    {
        foreach (FieldRule rule in map.Rules) yield return new(rule.Canonical, rule, OriginOf(overrides.LastOrDefault(o => o.Canonical == rule.Canonical)));
        foreach (MapOverride none in overrides.Where(o => o.IsNone && map.Rules.All(r => r.Canonical != o.Canonical) && shipped.Rules.Any(r => r.Canonical == o.Canonical))) yield return new(none.Canonical, null, OriginOf(none));
    }

    private static RuleOrigin OriginOf(MapOverride? rule) => rule switch { null => RuleOrigin.Shipped, { At: null } => RuleOrigin.Environment, _ => RuleOrigin.File };
}
