using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>What of a map a workspace has no place for.</summary>
internal static class QuoPreparation
{
    /// <summary>How a custom field is made; nobody but a person in the app can.</summary>
    public const string MakeField = "Custom fields are made in Quo's app only: open any contact there and add a property of that name and type (the button may read 'Add property'). Then run this again.";

    /// <summary>What to do about a custom field that is missing or of a type without room for the value.</summary>
    public static string MakeFieldFor(RecordKind kind, FieldRule rule, QuoDefinitions definitions)
    {
        string key = QuoFields.KeyOf(rule.Remote)!;
        string? type = CanonicalSchema.Find(kind, rule.Canonical) is { } ours && rule.Outward is null ? QuoCustomValues.TypeFor(ours.Type, ours.IsList) : null;
        string wanted = type is null ? "" : $" For {rule.Canonical} its type is to be {type}.";
        return definitions.TypeOf(key) is null ? MakeField + wanted : $"Make another custom field and map it, or map a field of {rule.Canonical}'s type.{wanted} {MakeField}";
    }

    /// <summary>The outward rules that cannot be written, each with the reason as the end of a sentence.</summary>
    public static IEnumerable<(FieldRule Rule, string Reason)> Unwritable(FieldMap map, QuoDefinitions definitions) =>
        map.Rules.Where(r => r.Direction != MapDirection.In).Select(r => (Rule: r, Reason: WhyNot(map.Kind, r, definitions))).Where(r => r.Reason is not null).Select(r => (r.Rule, r.Reason!));

    /// <exception cref="ProviderException">A required field cannot be written.</exception>
    public static IReadOnlyList<Unavailable> Check(FieldMap map, QuoDefinitions definitions)
    {
        List<Unavailable> unavailable = [];
        foreach ((FieldRule rule, string reason) in Unwritable(map, definitions))
        {
            if (rule.IsRequired) throw Stop($"Field '{rule.Remote}', which every contact needs, {reason}.");
            unavailable.Add(new(map.Kind, rule.Remote, $"Field '{rule.Remote}' of Quo's contacts {reason}."));
        }
        return unavailable;
    }

    private static string? WhyNot(RecordKind kind, FieldRule rule, QuoDefinitions definitions)
    {
        if (rule.Remote == QuoFields.Source) return "is the setting 'source' of the connection, and not written by a map";
        if (QuoFields.Known.Contains(rule.Remote)) return null;
        if (QuoFields.KeyOf(rule.Remote) is not { } key) return "is none that contacts have; a custom field is written custom.KEY";
        if (definitions.TypeOf(key) is not { } type) return $"is not there{(definitions.Keys.Count == 0 ? ": the workspace has no custom fields" : $"; the workspace has {string.Join(", ", definitions.Keys.Select(QuoFields.Custom).Order(StringComparer.Ordinal))}")}";
        // What a transform yields is not known before it has yielded it.
        if (rule.Outward is not null || CanonicalSchema.Find(kind, rule.Canonical) is not { } ours || QuoCustomValues.Fits(ours.Type, ours.IsList, type)) return null;
        return $"is of type {type}, which has no room for {rule.Canonical}";
    }

    private static ProviderException Stop(string message) => new(message) { Operation = "quo.prepare", Recovery = Recovery.StopRun, Hint = MakeField };
}
