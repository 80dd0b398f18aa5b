using Syncline.Composition.Telling;
using Syncline.Connectors;

namespace Syncline.Composition.Configuration;

/// <summary>A changed configuration, read as the program reads it and not yet in the old one's place.</summary>
internal sealed record ConfigurationDraft(string Text, SynclineConfiguration Configuration);

/// <summary>Changes <c>syncline.yaml</c> without touching what else stands there: comments, order and form stay a person's own.</summary>
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
        string[] path = [Connections, name];
        string entry = $"{{ provider: {provider}{string.Concat(settings.Select(s => $", {s.Setting}: \"{Escaped(s.Value)}\""))} }}";
        Save(Changed(path, text => new YamlText(text).Find(path) is null ? (new YamlText(text).Set(path, entry), entry) : throw new UsageException($"There is a connection '{name}' already.", "Choose another name, or rotate that one's key.")));
    }

    /// <summary>The configuration with a rule laid over the shipped map.</summary>
    /// <exception cref="UsageException">The rule says nothing; the file has a form that is not changed here.</exception>
    /// <exception cref="ConfigurationException">The file would not be right with it.</exception>
    public ConfigurationDraft WithRule(string connection, string kind, string field, RuleText rule)
    {
        RuleText given = rule.Checked();
        string[] path = PathOf(connection, kind, field);
        return Changed(path, text => new YamlText(text).Find(path) is { Form: YamlForm.Block } ? Keywise(text, path, given) : (new YamlText(text).Set(path, given.ToYaml()), given.ToYaml()));
    }

    /// <summary>The configuration without the user's rule: the shipped one counts again.</summary>
    /// <exception cref="UsageException">There is no such rule; the file has a form that is not changed here.</exception>
    public ConfigurationDraft WithoutRule(string connection, string kind, string field)
    {
        string[] path = PathOf(connection, kind, field);
        return Changed(path, text => (new YamlText(text).Remove(path), null));
    }

    /// <summary>Puts a draft in the place of what stands there.</summary>
    public void Save(ConfigurationDraft draft)
    {
        string arriving = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            File.WriteAllText(arriving, draft.Text);
            if (!OperatingSystem.IsWindows() && File.Exists(file)) File.SetUnixFileMode(arriving, File.GetUnixFileMode(file));
            File.Move(arriving, file, overwrite: true);
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    /// <summary>What a variable for a connection's setting is called: <c>HUBSPOT_EU_TOKEN</c>. No variable begins with a digit: <c>_2ND_TOKEN</c>.</summary>
    public static string VariableOf(string connection, string setting) => $"{(char.IsAsciiDigit(connection.FirstOrDefault()) ? "_" : "")}{connection.ToUpperInvariant().Replace('-', '_')}_{setting.ToUpperInvariant()}";

    private static string[] PathOf(string connection, string kind, string field) =>
        RuleText.Line(field) is { } name ? ["maps", connection, kind, name] : throw new UsageException("A rule is about a field.", "Name it.");

    private ConfigurationDraft Changed(string[] path, Func<string, (string Text, string? Value)> change)
    {
        string whole = File.Exists(file) ? File.ReadAllText(file) : "", before = whole.ReplaceLineEndings("\n");
        (string after, string? value) = change(before);
        // Whatever form the file has: all else in it must say what it said.
        if (!YamlText.DifferOnlyAt(before, after, path, value)) throw new UsageException($"{string.Join('.', path.SkipLast(1))} is written in a form that is not changed here.", "Change it by hand in syncline.yaml; docs/configuration.md shows how.");
        return Read(whole.Contains("\r\n", StringComparison.Ordinal) ? after.ReplaceLineEndings("\r\n") : after);
    }

    /// <summary>A rule whose keys stand one below the other keeps that form, and the remarks in it.</summary>
    private static (string Text, string Value) Keywise(string text, string[] path, RuleText rule)
    {
        foreach ((string key, string value) in rule.Parts) text = new YamlText(text).Set([.. path, key], value);
        foreach (YamlEntry old in new YamlText(text).Find(path)!.Entries.Where(e => rule.Parts.All(p => p.Key != e.Name))) text = new YamlText(text).Remove([.. path, old.Name]);
        return (text, $"{{ {string.Join(", ", rule.Parts.Select(p => $"{p.Key}: {p.Value}"))} }}");
    }

    /// <summary>A new text is read as the program reads it before it takes the old one's place.</summary>
    private ConfigurationDraft Read(string text) => new(text, new ConfigurationReader(providers, variables).Read(Path.GetDirectoryName(file)!, file, text));

    private static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
