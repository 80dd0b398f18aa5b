using System.Globalization;
using Syncline.Mapping;
using YamlDotNet.RepresentationModel;

namespace Syncline.Composition.Configuration;

/// <summary>A mapping of the configuration file, with the places of its keys.</summary>
/// <param name="Name">As it is called in messages, <c>connections.attio</c>.</param>
internal sealed record YamlSection(string Name, YamlMappingNode Node, Problems Problems)
{
    public Place At => Place.Of(Node);

    public IEnumerable<(string Key, Place At, YamlNode Value)> Entries => Node.Children.Select(c => (TextOf(c.Key) ?? "", Place.Of(c.Key), c.Value));

    /// <summary>Null, and a problem, when the node is no mapping.</summary>
    public static YamlSection? Of(string name, YamlNode node, Problems problems)
    {
        if (node is YamlMappingNode mapping) return new(name, mapping, problems);
        problems.Error(Place.Of(node), $"{name} must hold keys and values.");
        return null;
    }

    public static string? TextOf(YamlNode? node) => node is YamlScalarNode { Value: { } text } && !IsNull(node) ? text : null;

    public static bool IsNull(YamlNode? node) => node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    public YamlNode? Find(string key) => Node.Children.FirstOrDefault(c => TextOf(c.Key) == key).Value;

    public YamlSection? Section(string key) => Find(key) is { } node ? Of($"{Name}.{key}", node, Problems) : null;

    public void AllowOnly(IReadOnlyCollection<string> known)
    {
        foreach ((string key, Place at, _) in Entries)
        {
            if (known.Contains(key)) continue;
            Problems.Error(at, $"{Name} has no key '{key}'.{Suggestion.For(key, known)}");
        }
    }

    public string? Text(string key)
    {
        if (Find(key) is not { } node || IsNull(node)) return null;
        if (TextOf(node) is { } text) return text;
        Problems.Error(Place.Of(node), $"{Name}.{key} must be one value.");
        return null;
    }

    public bool Flag(string key)
    {
        if (Text(key) is not { } text) return false;
        switch (text.ToLowerInvariant())
        {
            case "true" or "yes" or "on": return true;
            case "false" or "no" or "off": return false;
            default:
                Wrong(key, "must be true or false");
                return false;
        }
    }

    public int? Number(string key, int least, int most)
    {
        if (Text(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        Wrong(key, most == int.MaxValue ? $"must be a whole number from {least} on" : $"must be a whole number from {least} to {most}");
        return null;
    }

    /// <summary>One of the values, or null and, when something else stands there, a problem.</summary>
    public string? Choice(string key, IReadOnlyCollection<string> values)
    {
        if (Text(key) is not { } text || values.Contains(text)) return Text(key);
        Wrong(key, $"must be one of {string.Join(", ", values)}, not '{text}'.{Suggestion.For(text, values)}".TrimEnd('.'));
        return null;
    }

    /// <summary>One text or a list of texts, each with its place.</summary>
    public IReadOnlyList<(string Text, Place At)> Texts(string key) => Find(key) switch
    {
        null => [],
        var node when IsNull(node) => [],
        YamlSequenceNode list => [.. list.Children.Select(c => (TextOf(c) ?? "", Place.Of(c)))],
        YamlScalarNode scalar => [(scalar.Value ?? "", Place.Of(scalar))],
        var other => Refused(key, other),
    };

    public void Wrong(string key, string why) => Problems.Error(Find(key) is { } node ? Place.Of(node) : At, $"{Name}.{key} {why}.");

    private IReadOnlyList<(string, Place)> Refused(string key, YamlNode node)
    {
        Problems.Error(Place.Of(node), $"{Name}.{key} must be a name or a list of names.");
        return [];
    }
}

/// <summary>The tail of a message about a name nobody knows.</summary>
internal static class Suggestion
{
    public static string For(string name, IReadOnlyCollection<string> known) => NearestName.Of(name, known) is { } near
        ? $" Did you mean '{near}'?"
        : known.Count == 0 ? "" : $" Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
}
