using System.Net.Http;
using Syncline.Connectors.Http;
using Syncline.Enriching;
using Syncline.Limits;

namespace Syncline.Connectors.Explorium;

/// <summary>Explorium: facts about companies, and contact data of people, for credits. Nothing is read or written there.</summary>
public sealed class ExploriumProvider : IProvider
{
    // While two calls gather their permits side by side, both have them within half a minute: well inside the window of a minute.
    private const int CallsAtATime = 2;

    public string Name => ExploriumOptions.Name;

    public IReadOnlyList<SettingDefinition> Settings => ExploriumOptions.Definitions;

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        ExploriumOptions options = ExploriumOptions.From(settings);
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? options.Budgets, parts.Priority);
        ExploriumApi api = new(new ProviderHttp(parts.Http, options.BaseAddress, permits, parts.Clock, request => Authorize(request, settings, options), CallsAtATime), options);
        return new(settings.Name, Name, [], permits) { Enrichers = [.. Enrichers(api, options)], Doctor = new ExploriumDoctor(api) };
    }

    private static IEnumerable<IEnricher> Enrichers(ExploriumApi api, ExploriumOptions options)
    {
        if (options.Facts.Count > 0) yield return new ExploriumCompanies(api, options);
        if (options.Contacts != ExploriumContactData.None) yield return new ExploriumPeople(api, options);
    }

    // Without validation: a key pasted with a stray character is Explorium's to refuse, and a format exception would put it into an error text.
    private void Authorize(HttpRequestMessage request, ConnectionSettings settings, ExploriumOptions options)
    {
        request.Headers.TryAddWithoutValidation("api_key", settings.Required("api_key", Name).Trim());
        request.Headers.TryAddWithoutValidation("credit-usage", "true");
        if (options.PartnerId is { } partner) request.Headers.TryAddWithoutValidation("partner-id", partner);
    }
}
