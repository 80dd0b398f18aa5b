using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Contacts, companies or deals as a destination.</summary>
internal sealed class HubSpotRecordTable(HubSpotApi api, HubSpotKind kind, HubSpotOptions options, HubSpotSchema schema, HubSpotAssociations associations, FieldMap shipped, TimeProvider clock) : IHubSpotTable
{
    private readonly string? _named = kind == HubSpotKind.Deals ? options.ExternalId ?? HubSpotMaps.Key : options.ExternalId;
    private HubSpotWorkspace _at = new(api, kind, options, schema, associations, shipped, new([]), null, clock);

    public DestinationStream Stream => new(kind.Kind, kind.Stream, MatchFields)
    {
        WriteBatch = HubSpotOptions.MaxBatch,
        // Several calls' worth: they are made side by side.
        ReadBatch = 5 * HubSpotOptions.MaxBatch,
        CreateIsIdempotent = _at.Unique is not null,
        // Without our id a company, and a person without an address, is found by a search alone. Lost creates of people with one are looked for by it at once, whatever this says.
        SettleTime = _at.Unique is null ? HubSpotOptions.SearchLag : HubSpotOptions.SettleTime,
        ReadEndpoint = $"POST {kind.Type}/batch/read",
        WriteEndpoint = $"POST {kind.Type}/batch",
        ReadBudget = HubSpotOptions.Calls,
        WriteBudget = HubSpotOptions.Calls,
    };

    public string? Type => kind.Type;

    private string[] MatchFields =>
    [
        .. _named is { } ours ? [ours] : Array.Empty<string>(),
        .. kind.Stream switch { "contacts" => ["email", HubSpotLookup.LinkedIn], "companies" => ["domain"], _ => Array.Empty<string>() },
    ];

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken)
    {
        HubSpotDefinitions definitions = await schema.DefinitionsAsync(kind.Type, cancellationToken);
        string? unique = _named is { } name && map.Rules.Any(r => r.Remote == name) && definitions.Find(name) is { HasUniqueValue: true } ? name : null;
        _at = new(api, kind, options, schema, associations, map, definitions, unique, clock);
        return HubSpotPreparation.Check(kind, map, definitions, _named);
    }

    public async Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemoteRecord> records = await _at.ToRecordsAsync(await _at.Lookup.FindAsync([.. wanted.Select(w => w.Fields)], cancellationToken), cancellationToken);
        if (records.Count == 0) return [];
        ILookup<(string, string), RemoteRecord> byKey = records.SelectMany(r => KeysOf(r.Fields), (r, key) => (key, r)).ToLookup(p => p.key, p => p.r);
        return [.. wanted.SelectMany(w => KeysOf(w.Fields).SelectMany(k => byKey[k], (k, r) => new Found(w.GoldenId, r, k.Field)).DistinctBy(f => f.Record.Key.Id))];
    }

    public async Task<IReadOnlyList<RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await _at.ToRecordsAsync(await _at.Objects.ReadAsync(ids, null, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
    {
        HubSpotTeam? team = IsNamed(HubSpotValues.Owner) ? await schema.TeamAsync(cancellationToken) : null;
        HubSpotStages? stages = kind == HubSpotKind.Deals && (IsNamed(HubSpotValues.Stage) || IsNamed(HubSpotValues.Pipeline)) ? await schema.StagesAsync(cancellationToken) : null;
        HubSpotBody body = new(_at.Definitions, team, stages);
        Dictionary<Operation, WriteOutcome> outcomes = new(ReferenceEqualityComparer.Instance);
        foreach (Operation operation in batch)
        {
            if (operation.Verb != Verb.Delete && body.Unwritable(operation) is { } unwritable) outcomes[operation] = unwritable.Outcome;
        }
        foreach (Operation operation in batch) _at.Roster.Writing(operation.Fields);
        Operation[] open = [.. batch.Where(o => !outcomes.ContainsKey(o))];
        await new HubSpotRemovals(_at).CarryOutAsync([.. open.Where(o => o.Verb == Verb.Delete)], outcomes, cancellationToken);
        await new HubSpotCreations(_at, body, clock, FindAsync).CarryOutAsync([.. open.Where(o => o.Verb == Verb.Create)], outcomes, cancellationToken);
        await new HubSpotUpdates(_at, body).CarryOutAsync([.. open.Where(o => o.Verb is Verb.Update or Verb.Replace)], outcomes, cancellationToken);
        return [.. batch.Select(o => outcomes[o])];

        bool IsNamed(string field) => batch.Any(o => o.Fields[field] is not null);
    }

    /// <summary>What a record is known by, strongest first, each in the form in which two spellings are equal.</summary>
    private IEnumerable<(string Field, string Value)> KeysOf(FieldSet fields) =>
        from field in MatchFields
        where field != _named || _at.Unique is not null
        from item in fields[field]?.Items ?? []
        let form = field == HubSpotLookup.LinkedIn ? LinkedInUrl.Slug(item.Text) : field == _named ? item.Text : item.Text.Trim().ToLowerInvariant()
        where form is not null
        select (field, form);
}

/// <summary>What one run knows of a type of record: its map, what the portal holds it against, and the ways to it.</summary>
internal sealed class HubSpotWorkspace(HubSpotApi api, HubSpotKind kind, HubSpotOptions options, HubSpotSchema schema, HubSpotAssociations associations, FieldMap map, HubSpotDefinitions definitions, string? unique, TimeProvider clock)
{
    private readonly HubSpotReader _reader = new(kind, options.Connection, [.. map.Rules.Where(r => r.Path is null).Select(r => r.Remote)], associations, schema);

    public HubSpotKind Kind => kind;

    public HubSpotDefinitions Definitions => definitions;

    /// <summary>The unique property with our id, where the portal has it.</summary>
    public string? Unique => unique;

    public HubSpotObjects Objects => field ??= new(api, _reader.Read, _reader.Properties);

    public HubSpotRoster Roster => field ??= new(Objects, unique, clock);

    public HubSpotLookup Lookup => field ??= new(Objects, unique, Roster);

    public HubSpotBatches Batches => field ??= new(api, kind);

    public HubSpotAssociations Associations => associations;

    public HubSpotTie? TieOf(string field) => kind.Ties.FirstOrDefault(t => t.Field == field);

    public async Task<IReadOnlyList<RemoteRecord>> ToRecordsAsync(IReadOnlyList<HubSpotObject> there, CancellationToken cancellationToken) =>
        there.Count == 0 ? [] : await _reader.ReadAsync(there, definitions, cancellationToken);

    /// <summary>A record as it was answered: what was sent and does not come back is taken as sent, and so are the associations.</summary>
    public async Task<RemoteRecord> AnsweredAsync(HubSpotObject answered, JsonObject sent, FieldSet ties, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> properties = new(answered.Properties, StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in sent) properties.TryAdd(name, (string?)value);
        return (await _reader.ReadAsync([answered with { Properties = properties }], definitions, (tie, _) => ties[tie.Field]?.ReferencedId, cancellationToken))[0];
    }
}
