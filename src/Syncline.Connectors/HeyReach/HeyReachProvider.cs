using System.Net.Http;
using Syncline.Connectors.Http;
using Syncline.Limits;

namespace Syncline.Connectors.HeyReach;

/// <summary>HeyReach: LinkedIn outreach. Its inbox is read; nothing is written there but the webhooks that tell of replies.</summary>
public sealed class HeyReachProvider : IProvider
{
    public string Name => "heyreach";

    public IReadOnlyList<SettingDefinition> Settings => HeyReachOptions.Definitions;

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        HeyReachOptions options = HeyReachOptions.Read(settings);
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? options.Budgets, parts.Priority);
        ProviderHttp http = new(parts.Http, options.BaseAddress, permits, parts.Clock, request => Authorize(request, settings), settings.CallsUnderWay(Name));
        HeyReachApi api = new(http);
        return new(settings.Name, Name, HeyReachMaps.All, permits)
        {
            Sources = [new HeyReachInbox(settings.Name, api, options, parts.Clock)],
            Webhooks = new HeyReachWebhook(new(settings.Name, HeyReachInbox.Name)),
            Registrar = new WebhookRegistrar(new HeyReachHookBoard(http), [HeyReachHookBoard.Events], parts.Clock),
            Doctor = new HeyReachDoctor(api),
        };
    }

    // Without validation: a key pasted with a stray character is HeyReach's to refuse, and a format exception would put it into an error text.
    private void Authorize(HttpRequestMessage request, ConnectionSettings settings) =>
        request.Headers.TryAddWithoutValidation("X-API-KEY", settings.Required("api_key", Name).Trim());
}
