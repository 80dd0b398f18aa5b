using Syncline.Connectors;
using Syncline.Limits;
using Syncline.Planning;
using YamlDotNet.RepresentationModel;

namespace Syncline.Composition.Configuration;

/// <summary>Reads <c>connections</c>.</summary>
internal sealed class ConnectionReader(IReadOnlyList<IProvider> providers, Problems problems)
{
    // What the hub itself goes by among connections.
    private static readonly string[] Reserved = [SyncScope.WholeHub, SyncScope.Derived];

    public IReadOnlyList<ConnectionConfiguration> Read(YamlSection section) =>
        [.. section.Entries.Select(e => ReadOne(e.Key, e.At, YamlSection.Of($"connections.{e.Key}", e.Value, problems))).OfType<ConnectionConfiguration>()];

    private ConnectionConfiguration? ReadOne(string name, Place at, YamlSection? section)
    {
        if (Reserved.Contains(name)) problems.Error(at, $"A connection cannot be called '{name}': the hub itself goes by that name.");
        if (section is null) return null;
        if (section.Text("provider") is not { } written)
        {
            problems.Error(at, $"{section.Name} does not say which provider it is. Known: {string.Join(", ", providers.Select(p => p.Name))}.");
            return null;
        }
        if (providers.FirstOrDefault(p => p.Name == written) is not { } provider)
        {
            section.Wrong("provider", $"names no provider: '{written}'.{Suggestion.For(written, [.. providers.Select(p => p.Name)])}".TrimEnd('.'));
            return null;
        }
        return ReadOne(name, at, section, provider);
    }

    private ConnectionConfiguration ReadOne(string name, Place at, YamlSection section, IProvider provider)
    {
        section.AllowOnly([.. Keys.Connection.Select(k => k.Name), .. provider.Settings.Select(s => s.Name)]);
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (SettingDefinition setting in provider.Settings)
        {
            if (section.Text(setting.Name) is { } value) settings[setting.Name] = value;
            else if (setting.IsRequired) problems.Error(at, $"{section.Name} has no {setting.Name}: {setting.Description}");
            if (setting.IsSecret && !IsOnThisMachine(section) && settings.TryGetValue(setting.Name, out string? secret) && !Variables.NamesIn(secret).Any())
            {
                problems.Warn(Place.Of(section.Find(setting.Name)!), $"{section.Name}.{setting.Name} stands in the file itself. Put it into .env and write ${{{name.ToUpperInvariant().Replace('-', '_')}_{setting.Name.ToUpperInvariant()}}} here.");
            }
        }
        bool isUnlimited = section.Find("limits") is YamlScalarNode { Value: "off" or "false" };
        return new(name, provider.Name, settings, at) { IsUnlimited = isUnlimited, Limits = isUnlimited ? [] : Limits(section) };
    }

    /// <summary>A key of the sandbox is no secret.</summary>
    private static bool IsOnThisMachine(YamlSection section) =>
        section.Find("base_url") is YamlScalarNode { Value: { } text } && Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.IsLoopback;

    private static IReadOnlyList<RateBudget> Limits(YamlSection section)
    {
        if (section.Section("limits") is not { } limits) return [];
        List<RateBudget> budgets = [];
        foreach ((string key, _, _) in limits.Entries)
        {
            if (limits.Text(key) is not { } text) continue;
            if (Durations.ReadRate(key, text) is { } budget) budgets.Add(budget);
            else limits.Wrong(key, $"is no rate: '{text}'. Write so many calls in a time, as 10/s, 300/min or 8/2s");
        }
        return budgets;
    }
}
