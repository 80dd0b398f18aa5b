using Syncline.Limits;

namespace Syncline.Connectors.Claude;

/// <summary>Claude, Anthropic's language model: points for a first message to people whose work and company are known. Nothing is read or written there.</summary>
public sealed class ClaudeProvider : IProvider
{
    public string Name => ClaudeOptions.Name;

    public IReadOnlyList<SettingDefinition> Settings => ClaudeOptions.Definitions;

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        ClaudeOptions options = ClaudeOptions.From(settings);
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? options.Budgets, parts.Priority);
        ClaudeApi api = new(options, parts, permits, () => settings.Required("api_key", Name).Trim());
        return new(settings.Name, Name, [], permits) { Enrichers = [new ClaudePeople(api, new(api, options, permits, parts.Clock), options)], Doctor = new ClaudeDoctor(api, options) };
    }
}
