using Syncline.Mapping;
using Syncline.Records;
using YamlDotNet.RepresentationModel;

namespace Syncline.Composition.Configuration;

/// <summary>Reads <c>maps</c>: connection, kind, canonical field, rule.</summary>
internal sealed class MapReader(IReadOnlyCollection<string> connections, SyncReader kinds, Problems problems)
{
    public IReadOnlyList<MapOverride> Read(YamlSection section)
    {
        List<MapOverride> rules = [];
        foreach ((string connection, Place at, YamlNode node) in section.Entries)
        {
            if (!connections.Contains(connection)) problems.Error(at, $"maps names no connection: '{connection}'.{Suggestion.For(connection, connections)}");
            else if (YamlSection.Of($"maps.{connection}", node, problems) is { } ofConnection) rules.AddRange(ofConnection.Entries.SelectMany(e => ReadKind(connection, e)));
        }
        return rules;
    }

    private IEnumerable<MapOverride> ReadKind(string connection, (string Key, Place At, YamlNode Value) entry)
    {
        if (kinds.KindOf(entry.Key, entry.At, $"maps.{connection}") is not { } kind) return [];
        return YamlSection.Of($"maps.{connection}.{entry.Key}", entry.Value, problems) is { } fields
            ? [.. fields.Entries.Select(f => ReadRule(new(connection, kind, f.Key, null, f.At), f.Value)).OfType<MapOverride>()]
            : [];
    }

    private MapOverride? ReadRule(MapOverride rule, YamlNode node)
    {
        string name = $"maps.{rule.Connection}.{rule.Kind.Name}.{rule.Canonical}";
        if (YamlSection.TextOf(node) is { } text) return text == "none" ? rule with { IsNone = true } : rule with { Remote = text };
        if (YamlSection.Of(name, node, problems) is not { } section) return null;
        section.AllowOnly([.. Keys.Rule.Select(k => k.Name)]);
        Transform? both = TransformOf(section, "transform");
        string? remote = section.Text("to");
        return rule with
        {
            IsNone = remote == "none",
            Remote = remote,
            Inward = TransformOf(section, "transform_in") ?? both,
            Outward = TransformOf(section, "transform_out") ?? both,
            Policy = section.Choice("policy", Keys.Policies) is { } policy ? (FieldPolicy)Keys.Policies.ToList().IndexOf(policy) : null,
            Direction = section.Choice("direction", Keys.Directions) is { } direction ? (MapDirection)Keys.Directions.ToList().IndexOf(direction) : null,
            IsRequired = section.Find("required") is null ? null : section.Flag("required"),
        };
    }

    private static Transform? TransformOf(YamlSection section, string key)
    {
        if (section.Text(key) is not { } text) return null;
        string[] steps = [.. text.Split('|').Select(s => s.Trim())];
        if (steps.GroupBy(s => s, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } repeated)
        {
            section.Wrong(key, $"comes back to '{repeated.Key}': a chain names each transform once");
            return null;
        }
        try
        {
            return Transforms.Parse(text);
        }
        catch (FormatException unknown)
        {
            section.Wrong(key, $"cannot be used: {unknown.Message.TrimEnd('.')}");
            return null;
        }
    }
}
