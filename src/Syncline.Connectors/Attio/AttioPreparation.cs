using System.Text.RegularExpressions;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Holds a map against what the workspace has.</summary>
internal sealed partial class AttioPreparation(AttioSchema schema)
{
    public async Task<IReadOnlySet<string>> ObjectsAsync(CancellationToken cancellationToken) =>
        (await schema.ObjectsAsync(cancellationToken)).Select(o => o.ApiSlug).ToHashSet(StringComparer.Ordinal);

    /// <summary>The attributes with the titles of every select the map writes, and what of the map cannot be written.</summary>
    /// <param name="pseudo">Remote fields that stand for no attribute.</param>
    /// <exception cref="ProviderException">A required field, or a title that the map writes, is missing.</exception>
    public async Task<(AttioAttributes Attributes, IReadOnlyList<Unavailable> Unavailable)> CheckAsync(
        string target, FieldMap map, IReadOnlyCollection<string> pseudo, CancellationToken cancellationToken)
    {
        AttioAttributes attributes = await schema.AttributesAsync(target, cancellationToken);
        List<Unavailable> unavailable = [];
        foreach (FieldRule rule in map.Rules.Where(r => r.Direction != MapDirection.In && !pseudo.Contains(r.Remote)))
        {
            AttioAttribute? attribute = attributes.Of(rule.Remote);
            if (WhyNot(attribute, AttioBlueprint.Of(map, rule)) is not { } reason) attributes = await WithTitlesAsync(attributes, attribute!, rule, cancellationToken);
            else if (rule.IsRequired) throw Stop($"{target}: attribute '{rule.Remote}', which every {map.Kind} needs, {reason}.");
            else unavailable.Add(new(map.Kind, rule.Remote, $"Attribute '{rule.Remote}' of {target} {reason}."));
        }
        return (attributes, unavailable);
    }

    /// <summary>The titles an outward transform can yield, as its name tells: <c>options(outbound=Outbound, inbound=Inbound)</c>.</summary>
    public static IReadOnlyList<string> TitlesOf(Transform? outward) =>
        [.. OptionLists.Matches(outward?.Name ?? "").SelectMany(m => m.Groups[1].Value.Split(',')).Select(p => p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim())];

    public static IEnumerable<string> MissingTitles(Transform? outward, IReadOnlyList<string> titles) =>
        TitlesOf(outward).Where(wanted => !titles.Contains(wanted, StringComparer.OrdinalIgnoreCase));

    public static ProviderException Stop(string message) => new(message)
    {
        Operation = "attio.prepare",
        Recovery = Recovery.StopRun,
        Hint = "`syncline doctor --fix` creates what is missing, after showing it.",
    };

    [GeneratedRegex(@"options\(([^)]*)\)")]
    private static partial Regex OptionLists { get; }

    private static string? WhyNot(AttioAttribute? attribute, AttioBlueprint? wanted) => attribute switch
    {
        null => "is not there",
        { IsWritable: false } or { Type: "interaction" } => "is read-only",
        _ when wanted?.IsMetBy(attribute) == false => $"is of type {attribute.Type}, and {wanted.Type} is needed",
        _ => null,
    };

    private async Task<AttioAttributes> WithTitlesAsync(AttioAttributes attributes, AttioAttribute attribute, FieldRule rule, CancellationToken cancellationToken)
    {
        if (attribute.Type is not ("select" or "status")) return attributes;
        IReadOnlyList<string> titles = attribute.Titles ?? await schema.TitlesAsync(attributes.Target, attribute, cancellationToken);
        string[] missing = [.. MissingTitles(rule.Outward, titles)];
        if (missing.Length > 0) throw Stop($"{attributes.Target}: select '{attribute.ApiSlug}' lacks the option{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing)}.");
        return attributes.WithTitles(attribute.ApiSlug, titles);
    }
}
