using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using Syncline.Connectors.Http;
using Syncline.Limits;

namespace Syncline.Connectors.Lemlist;

/// <summary>Lemlist: outreach over e-mail, LinkedIn and the telephone. Contacts, companies and activities are read; people are written as contacts, and into one campaign.</summary>
public sealed class LemlistProvider : IProvider
{
    public string Name => LemlistOptions.Name;

    public IReadOnlyList<SettingDefinition> Settings => LemlistOptions.Definitions;

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        LemlistOptions options = LemlistOptions.From(settings);
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? options.Budgets, parts.Priority);
        LemlistApi api = new(new ProviderHttp(parts.Http, options.BaseAddress, permits, parts.Clock, request => Authorize(request, settings, options), settings.CallsUnderWay(Name)));
        return new(settings.Name, Name, LemlistMaps.Of(options), permits)
        {
            Sources = [new LemlistCompanies(api, options, parts.Clock), new LemlistContacts(api, options, parts.Clock), new LemlistFeed(api, options, parts.Clock)],
            Destination = new LemlistDestination(api, new LemlistWriteApi(api.Http), options),
            Webhooks = new LemlistWebhook(api, new(settings.Name, LemlistPeople.Stream)),
            Registrar = new WebhookRegistrar(new LemlistHookBoard(api.Http), [.. LemlistHookBoard.Events.Select(e => (string[])[e])], parts.Clock),
            Doctor = new LemlistDoctor(api, options, parts.Clock),
        };
    }

    // The user's name is empty: with the colon on the other side of the key every call is refused.
    private void Authorize(HttpRequestMessage request, ConnectionSettings settings, LemlistOptions options)
    {
        string key = settings.Required("api_key", Name).Trim();
        if (!options.KeyInQuery) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + key)));
        else request.RequestUri = WithKey(request.RequestUri!, key);
    }

    private static Uri WithKey(Uri address, string key) => new($"{address.AbsoluteUri}{(address.Query.Length > 0 ? '&' : '?')}access_token={Uri.EscapeDataString(key)}");
}
