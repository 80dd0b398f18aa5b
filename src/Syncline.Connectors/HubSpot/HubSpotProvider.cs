using System.Net.Http;
using Syncline.Connectors.Http;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Mapping;

namespace Syncline.Connectors.HubSpot;

/// <summary>HubSpot CRM: contacts, companies, deals, lists and the timeline, read and written.</summary>
public sealed class HubSpotProvider : IProvider
{
    public string Name => "hubspot";

    public IReadOnlyList<SettingDefinition> Settings => HubSpotOptions.Definitions;

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        HubSpotOptions options = HubSpotOptions.From(settings);
        // Without either nothing can be asked: better said now than after the first page.
        if (settings.Find("refresh_token") is not { Length: > 0 }) settings.Required("token", Name);
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? options.Budgets, parts.Priority);
        HubSpotTokens tokens = new(settings, parts.Clock);
        HubSpotRefusals refusals = new(options.DailyReserve, parts.Clock);
        HubSpotApi api = new(Http(tokens.Authorize, settings.CallsUnderWay(Name)), Http(_ => { }, null), tokens, refusals);
        IReadOnlyList<FieldMap> maps = HubSpotMaps.Of(options);
        HubSpotSchema schema = new(api);
        HubSpotAssociations associations = new(api);
        HubSpotLists lists = new(api);
        return new(settings.Name, Name, maps, permits)
        {
            Sources = [.. Sources(api, options, schema, associations, parts.Overlay(maps), parts.Clock), new HubSpotListSource(lists, options), new HubSpotEntrySource(lists, options)],
            Destination = new HubSpotDestination(options.Connection, [.. Tables(api, options, schema, associations, maps, parts.Clock), new HubSpotListTable(lists, options), new HubSpotEntryTable(lists, options)], schema),
            Webhooks = new HubSpotWebhook(options),
            ByHand = new(new HubSpotByHand(settings.Name, parts.Overlay(maps)).Steps, () => settings.Find("client_secret")?.Trim() is { Length: > 0 } secret ? secret : null),
            Doctor = new HubSpotDoctor(api, options, refusals, isOAuth: settings.Find("token") is not { Length: > 0 }),
        };

        ProviderHttp Http(Action<HttpRequestMessage> authorize, int? underWay) => new(parts.Http, options.BaseUrl, permits, parts.Clock, authorize, underWay) { Refusals = refusals.Read };
    }

    private static IEnumerable<ISource> Sources(HubSpotApi api, HubSpotOptions options, HubSpotSchema schema, HubSpotAssociations associations, IReadOnlyList<FieldMap> maps, TimeProvider clock)
    {
        foreach (HubSpotKind kind in (IEnumerable<HubSpotKind>)[.. HubSpotKind.Records, .. HubSpotKind.Engagements])
        {
            FieldMap? map = maps.FirstOrDefault(m => m.Stream == kind.Stream);
            string[] remotes = [.. (map?.Rules ?? []).Where(r => r.Direction != MapDirection.Out).Select(r => r.Remote)];
            // Ours are known by their key, which no map of engagements names.
            if (kind.Type == "notes") remotes = [.. remotes, HubSpotMaps.Key];
            HubSpotReader reader = new(kind, options.Connection, remotes, associations, schema);
            yield return new HubSpotSource(new(api, reader.Read, reader.Properties), reader, Definitions(kind, remotes), options, clock) { IsOurs = kind.Type == "notes" ? r => r.Fields[HubSpotMaps.Key] is not null : null };
        }

        // The types of what the shipped maps name are known: only a user's own properties cost a look at their definitions.
        Func<CancellationToken, Task<HubSpotDefinitions>> Definitions(HubSpotKind kind, string[] remotes)
        {
            HashSet<string> shipped = [.. HubSpotMaps.Of(options).Where(m => m.Stream == kind.Stream).SelectMany(m => m.Rules).Select(r => r.Remote), HubSpotMaps.Key];
            return remotes.All(shipped.Contains) ? _ => Task.FromResult(HubSpotDefinitions.Shipped) : token => schema.DefinitionsAsync(kind.Type, token);
        }
    }

    private static IEnumerable<IHubSpotTable> Tables(HubSpotApi api, HubSpotOptions options, HubSpotSchema schema, HubSpotAssociations associations, IReadOnlyList<FieldMap> maps, TimeProvider clock)
    {
        foreach (HubSpotKind kind in HubSpotKind.Records) yield return new HubSpotRecordTable(api, kind, options, schema, associations, maps.First(m => m.Stream == kind.Stream), clock);
        foreach (string stream in (string[])[HubSpotNotes.Messages, HubSpotNotes.Activities, HubSpotNotes.Notes]) yield return new HubSpotNoteTable(api, options, schema, associations, maps.First(m => m.Stream == stream), clock);
    }
}
