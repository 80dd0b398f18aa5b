using System.Net.Http.Headers;
using Syncline.Connectors.Attio.Browsing;
using Syncline.Connectors.Http;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Attio, REST API v2.</summary>
public sealed class AttioProvider : IProvider
{
    public string Name => "attio";

    public IReadOnlyList<SettingDefinition> Settings { get; } =
    [
        new("api_key", "A workspace access token (Workspace settings, Developers), best as ${ATTIO_API_KEY}.") { IsRequired = true, IsSecret = true },
        new("base_url", "Where the API is; plain http is allowed for loopback addresses only.") { Default = "https://api.attio.com" },
        new("messages_object", "Slug of the custom object that holds messages.") { Default = "linkedin_messages" },
        new("messages_link", "Slug of the people attribute that refers to a person's messages.") { Default = "linkedin_messages" },
        new("list", "Slug or id of the list that entries without a list of their own are written to."),
        new("page_size", "Rows per page when records are read, 1 to 500.") { Default = "500" },
        CheckedSettings.Concurrency,
        CheckedSettings.WebhookSecret,
    ];

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        AttioOptions options = AttioOptions.From(settings);
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? AttioApi.Budgets, parts.Priority);
        ProviderHttp http = new(parts.Http, options.BaseUrl, permits, parts.Clock,
            request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Required("api_key", Name)), settings.CallsUnderWay(Name));
        AttioApi api = new(http);
        AttioSchema schema = new(api);
        return new(settings.Name, Name, AttioMaps.All, permits)
        {
            Sources =
            [
                Records(AttioOptions.Companies, RecordKind.Company),
                Records(AttioOptions.People, RecordKind.Person),
                Records(AttioOptions.Messages, RecordKind.Message),
                new AttioLists(schema, options, parts.Clock),
                new AttioEntries(api, schema, options, parts.Clock),
                new AttioNotes(api, options, parts.Clock),
            ],
            Destination = new AttioDestination(api, schema, options, parts.Clock),
            Webhooks = new AttioWebhook(schema, options),
            Registrar = new WebhookRegistrar(new AttioHookBoard(http), [AttioHookBoard.Events], parts.Clock),
            Browser = new AttioBrowser(api, schema, options),
            Doctor = new AttioDoctor(api, schema, options),
        };

        AttioRecords Records(string stream, RecordKind kind) => new(api, schema, options, parts.Clock, stream, kind);
    }
}
