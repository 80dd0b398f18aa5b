using System.Net.Http;
using Syncline.Connectors.Http;
using Syncline.Limits;

namespace Syncline.Connectors.Quo;

/// <summary>Quo, formerly OpenPhone: its contacts are read and written.</summary>
public sealed class QuoProvider : IProvider
{
    public string Name => "quo";

    public IReadOnlyList<SettingDefinition> Settings => QuoOptions.Definitions;

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        QuoOptions options = QuoOptions.From(settings);
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? QuoApi.Budgets, parts.Priority);
        ProviderHttp dated = Surface("", QuoApi.Version);
        QuoApi api = new(Surface("v1", null), dated);
        return new(settings.Name, Name, QuoMaps.Of(options), permits)
        {
            Sources = [new QuoContacts(api, options)],
            Destination = new QuoDestination(api, options, parts.Clock),
            Webhooks = new QuoWebhook(new(settings.Name, QuoOptions.Contacts)),
            Registrar = new WebhookRegistrar(new QuoHookBoard(dated), [QuoHookBoard.Events], parts.Clock),
            Doctor = new QuoDoctor(api, options),
        };

        // Both surfaces spend from one budget: the limit is the key's.
        ProviderHttp Surface(string path, string? version) => new(parts.Http, new Uri(options.BaseUrl, path), permits, parts.Clock, request => Authorize(request, settings, version));
    }

    // Without validation: a key pasted with a stray character is Quo's to refuse, and a format exception would put it into an error text.
    private void Authorize(HttpRequestMessage request, ConnectionSettings settings, string? version)
    {
        request.Headers.TryAddWithoutValidation("Authorization", settings.Required("api_key", Name).Trim());
        if (version is not null) request.Headers.Add(QuoApi.VersionHeader, version);
    }
}
