using System.Globalization;

namespace Syncline.Composition.Configuration;

/// <summary>Reads <c>enrichment</c>.</summary>
internal sealed class EnrichmentReader(IReadOnlyCollection<string> connections, Problems problems)
{
    public EnrichmentConfiguration Read(YamlSection section)
    {
        section.AllowOnly([.. Keys.Enrichment.Select(k => k.Name)]);
        return new()
        {
            Life = Durations.Read(section, "cache"),
            LifeOfMiss = Durations.Read(section, "misses"),
            Most = Most(section.Section("most")),
            OnImport = section.Find("on_import") is null || section.Flag("on_import"),
            ThenSync = section.Find("then_sync") is null || section.Flag("then_sync"),
        };
    }

    private Dictionary<string, decimal> Most(YamlSection? section)
    {
        Dictionary<string, decimal> most = [];
        foreach ((string connection, Place at, _) in section?.Entries ?? [])
        {
            if (!connections.Contains(connection)) problems.Error(at, $"enrichment.most names no connection: '{connection}'.{Suggestion.For(connection, connections)}");
            else if (decimal.TryParse(section!.Text(connection), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)) most[connection] = amount;
            else section.Wrong(connection, "must be an amount, as 500 or 12.5");
        }
        return most;
    }
}
