using Syncline.Composition.Telling;
using Syncline.Connectors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Syncline.Composition.Configuration;

/// <summary>Adds to <c>syncline.yaml</c> without touching what stands there: comments, order and form stay a person's own.</summary>
internal sealed class ConfigurationEditor(IReadOnlyList<IProvider> providers, Variables variables, string file)
{
    private const string Connections = "connections";

    /// <summary>Adds a connection; its secrets stand in the file as variables.</summary>
    /// <param name="settings">Written as they are, in this order.</param>
    /// <exception cref="UsageException">The name is taken, or no name; the file has a form that cannot be added to.</exception>
    /// <exception cref="ConfigurationException">The file would not be right with it. Nothing was changed.</exception>
    public void AddConnection(string name, string provider, IReadOnlyList<(string Setting, string Value)> settings)
    {
        if (name.Length is 0 or > 50 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) throw new UsageException($"'{name}' is no name for a connection.", "Use letters, digits, - and _, as in attio or hubspot-eu.");
        string text = File.Exists(file) ? File.ReadAllText(file) : "";
        string entry = $"  {name}: {{ provider: {provider}{string.Concat(settings.Select(s => $", {s.Setting}: {Quoted(s.Value)}"))} }}";
        Replace(text.Length == 0 ? $"{Connections}:\n{entry}\n" : With(text, name, entry));
    }

    /// <summary>What a variable for a connection's setting is called: <c>HUBSPOT_EU_TOKEN</c>.</summary>
    public static string VariableOf(string connection, string setting) => $"{connection.ToUpperInvariant().Replace('-', '_')}_{setting.ToUpperInvariant()}";

    private string With(string text, string name, string entry)
    {
        YamlMappingNode? root = Parse(text);
        YamlNode? connections = root?.Children.FirstOrDefault(c => c.Key is YamlScalarNode { Value: Connections }).Value;
        List<string> lines = [.. text.ReplaceLineEndings("\n").Split('\n')];
        if (connections is null or YamlScalarNode) return connections is null ? text.TrimEnd() + $"\n{Connections}:\n{entry}\n" : throw Foreign();
        if (connections is not YamlMappingNode { Style: not YamlDotNet.Core.Events.MappingStyle.Flow } all || all.Children.Count == 0) throw Foreign();
        if (all.Children.Keys.OfType<YamlScalarNode>().Any(k => k.Value == name)) throw new UsageException($"There is a connection '{name}' already.", "Choose another name, or rotate that one's key.");
        YamlNode lastKey = all.Children.Last().Key;
        int indent = (int)lastKey.Start.Column - 1, line = (int)lastKey.Start.Line;
        // The entry goes behind the last one's own lines, which are indented deeper.
        while (line < lines.Count && lines[line].TrimStart() is { Length: > 0 } inner && lines[line].Length - inner.Length > indent) line++;
        lines.Insert(line, new string(' ', indent) + entry.TrimStart());
        return string.Join('\n', lines);
    }

    private YamlMappingNode? Parse(string text)
    {
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(text));
            return stream.Documents.Count > 0 ? stream.Documents[0].RootNode as YamlMappingNode : null;
        }
        catch (YamlException broken)
        {
            throw new UsageException($"{file} is no YAML at line {broken.Start.Line}.", "Correct it first.");
        }
    }

    /// <summary>The new text is read as the program reads it before it takes the old one's place.</summary>
    private void Replace(string text)
    {
        string arriving = file + ".new";
        File.WriteAllText(arriving, text);
        try
        {
            new ConfigurationReader(providers, variables).Read(Path.GetDirectoryName(file)!, arriving);
            File.Move(arriving, file, overwrite: true);
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    private UsageException Foreign() => new($"The connections of {file} are not written one below the other.", "Add the connection there by hand; docs/configuration.md shows how.");

    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
