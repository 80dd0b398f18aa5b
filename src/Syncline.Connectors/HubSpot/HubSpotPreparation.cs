using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Holds a map against the properties a portal has.</summary>
internal static class HubSpotPreparation
{
    public const string Hint = "`syncline doctor --fix` creates the properties that a call can make, after showing them.";

    /// <summary>The outward rules that cannot be written, each with the reason as the end of a sentence.</summary>
    /// <param name="unique">The property by which records are known again; it must be unique.</param>
    public static IEnumerable<(FieldRule Rule, string Reason)> Unwritable(HubSpotKind kind, FieldMap map, HubSpotDefinitions definitions, string? unique)
    {
        foreach (FieldRule rule in map.Rules.Where(r => r.Direction != MapDirection.In && r.Remote != HubSpotMaps.FullName && !r.Remote.StartsWith("note.", StringComparison.Ordinal)))
        {
            if (WhyNot(kind, rule.Remote, definitions, unique) is { } reason) yield return (rule, reason);
        }
    }

    /// <exception cref="ProviderException">A required field cannot be written.</exception>
    public static IReadOnlyList<Unavailable> Check(HubSpotKind kind, FieldMap map, HubSpotDefinitions definitions, string? unique)
    {
        List<Unavailable> unavailable = [];
        foreach ((FieldRule rule, string reason) in Unwritable(kind, map, definitions, unique))
        {
            string message = $"Property '{rule.Remote}' of HubSpot's {kind.Type} {reason}";
            if (rule.IsRequired) throw new ProviderException($"{message}, and every one of {kind.Stream} needs it.") { Operation = "hubspot.prepare", Recovery = Recovery.StopRun, Hint = Hint };
            unavailable.Add(new(map.Kind, rule.Remote, message + "."));
        }
        return unavailable;
    }

    private static string? WhyNot(HubSpotKind kind, string remote, HubSpotDefinitions definitions, string? unique)
    {
        if (!HubSpotReader.IsProperty(remote)) return kind.Ties.Any(t => t.Field == remote) ? null : "is no association that is written here";
        return definitions.Find(remote) switch
        {
            null => "is not there",
            { IsWritable: false } => "is read-only",
            { HasUniqueValue: false } when remote == unique => "does not ask for unique values, which cannot be changed: make another one",
            _ => null,
        };
    }
}
