using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Messages, activities or notes as notes on their contact, each once: a unique property carries its key.</summary>
internal sealed class HubSpotNoteTable : IHubSpotTable
{
    private const string Key = HubSpotMaps.Key;

    private readonly HubSpotKind _kind;
    private readonly HubSpotWorkspace _raw;
    private readonly HubSpotSchema _schema;
    private readonly TimeProvider _clock;
    private FieldMap _map;
    private bool _hasKey;

    public HubSpotNoteTable(HubSpotApi api, HubSpotOptions options, HubSpotSchema schema, HubSpotAssociations associations, FieldMap shipped, TimeProvider clock)
    {
        (_map, _schema, _clock, _kind) = (shipped, schema, clock, HubSpotKind.NotesOf(shipped.Stream, shipped.Kind));
        FieldMap raw = new(shipped.Kind, shipped.Stream, [.. ((string[])[HubSpotMaps.Body, HubSpotMaps.Timestamp, Key, HubSpotKind.Contact]).Select(f => new FieldRule(f, f))]);
        _raw = new(api, _kind, options, schema, associations, raw, HubSpotDefinitions.Shipped, Key, clock);
    }

    public DestinationStream Stream => new(_kind.Kind, _kind.Stream, [Key])
    {
        WriteBatch = HubSpotOptions.MaxBatch,
        ReadBatch = 5 * HubSpotOptions.MaxBatch,
        // A second one with the same key is refused, and the first one found by it.
        CreateIsIdempotent = true,
        SettleTime = HubSpotOptions.SettleTime,
        RequiredReferences = [HubSpotKind.Contact],
        ReadEndpoint = "POST notes/batch/read",
        WriteEndpoint = "POST notes/batch",
        ReadBudget = HubSpotOptions.Calls,
        WriteBudget = HubSpotOptions.Calls,
    };

    public string? Type => _kind.Type;

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken)
    {
        _map = map;
        HubSpotDefinitions definitions = await _schema.DefinitionsAsync(_kind.Type, cancellationToken);
        _hasKey = definitions.Find(Key) is { HasUniqueValue: true };
        return HubSpotPreparation.Check(_kind, map, definitions, Key);
    }

    public async Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        if (!_hasKey) return [];
        ILookup<string, RemoteRecord> byKey = (await ByKeyAsync(wanted.Select(w => KeyOf(w.Fields)).OfType<string>(), cancellationToken)).ToLookup(r => KeyOf(r.Fields)!, StringComparer.Ordinal);
        return [.. from w in wanted let key = KeyOf(w.Fields) where key is not null from record in byKey[key] select new Found(w.GoldenId, record, Key)];
    }

    public async Task<IReadOnlyList<RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => await RecordsAsync(await _raw.Objects.ReadAsync(ids, null, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
    {
        Dictionary<Operation, WriteOutcome> outcomes = new(ReferenceEqualityComparer.Instance);
        await new HubSpotRemovals(_raw).CarryOutAsync([.. batch.Where(o => o.Verb == Verb.Delete)], outcomes, cancellationToken);
        await CreateAsync([.. batch.Where(o => o.Verb == Verb.Create)], outcomes, cancellationToken);
        await UpdateAsync([.. batch.Where(o => o.Verb is Verb.Update or Verb.Replace)], outcomes, cancellationToken);
        return [.. batch.Select(o => outcomes[o])];
    }

    private async Task CreateAsync(IReadOnlyList<Operation> operations, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (Operation operation in operations.Where(o => !_hasKey || KeyOf(o.Fields) is null))
        {
            outcomes[operation] = new WriteOutcome.Refused("no_key", $"Without the unique property '{Key}' on notes, written again it would be there twice. {HubSpotPreparation.Hint}");
        }
        Operation[] open = [.. operations.Where(o => !outcomes.ContainsKey(o))];
        Dictionary<Operation, Operation> raw = open.ToDictionary(o => o, o => o with { Fields = Raw(o.Fields) }, (IEqualityComparer<Operation>)ReferenceEqualityComparer.Instance);
        await new HubSpotCreations(_raw, new(HubSpotDefinitions.Shipped, null, null), _clock, (_, _) => Task.FromResult<IReadOnlyList<Found>>([])) { Upserts = false }.CarryOutAsync([.. raw.Values], outcomes, cancellationToken);
        string[] taken = [.. open.Where(o => outcomes[raw[o]] is WriteOutcome.Refused).Select(o => KeyOf(o.Fields)!)];
        Dictionary<string, RemoteRecord> existing = (await ByKeyAsync(taken, cancellationToken)).DistinctBy(r => KeyOf(r.Fields)).ToDictionary(r => KeyOf(r.Fields)!, StringComparer.Ordinal);
        foreach (Operation operation in open) outcomes[operation] = existing.TryGetValue(KeyOf(operation.Fields)!, out RemoteRecord? there) ? new WriteOutcome.Written(there) : Shown(outcomes[raw[operation]]);
    }

    /// <summary>A note's text is one property: what does not change of it is taken from the note as it is.</summary>
    private async Task UpdateAsync(IReadOnlyList<Operation> operations, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (operations.Count == 0) return;
        Dictionary<string, RemoteRecord> present = (await ReadAsync([.. operations.Select(o => o.RemoteId!).Distinct()], cancellationToken)).ToDictionary(r => r.Key.Id, StringComparer.Ordinal);
        foreach (Operation operation in operations.Where(o => !present.ContainsKey(o.RemoteId!))) outcomes[operation] = HubSpotOutcomes.Gone(operation);
        Dictionary<Operation, Operation> raw = operations.Where(o => !outcomes.ContainsKey(o)).ToDictionary(o => o, o => Over(o, present[o.RemoteId!].Fields), (IEqualityComparer<Operation>)ReferenceEqualityComparer.Instance);
        await new HubSpotUpdates(_raw, new(HubSpotDefinitions.Shipped, null, null)).CarryOutAsync([.. raw.Values], outcomes, cancellationToken);
        foreach ((Operation operation, Operation sent) in raw) outcomes[operation] = Shown(outcomes[sent]);
    }

    private static Operation Over(Operation operation, FieldSet present)
    {
        bool isText = operation.Fields.Any(f => HubSpotNotes.IsPart(f.Name)) || operation.Cleared.Any(HubSpotNotes.IsPart);
        FieldSet parts = present.With(operation.Desired).With(operation.Fields).Where(f => HubSpotNotes.IsPart(f) && !operation.Cleared.Contains(f));
        FieldSet fields = operation.Fields.Where(f => !HubSpotNotes.IsPart(f));
        return operation with
        {
            Fields = isText ? fields.With(HubSpotMaps.Body, FieldValue.Of(HubSpotNotes.Compose(parts))) : fields,
            Cleared = [.. operation.Cleared.Where(f => !HubSpotNotes.IsPart(f))],
            Desired = present.With(operation.Desired).Where(f => !HubSpotNotes.IsPart(f)),
            Before = operation.Before.Where(f => !HubSpotNotes.IsPart(f)),
        };
    }

    // HubSpot demands a place on the timeline; what has no time of its own gets that of its writing.
    private FieldSet Raw(FieldSet fields) => fields.Where(f => !HubSpotNotes.IsPart(f))
        .With(HubSpotMaps.Body, FieldValue.Of(HubSpotNotes.Compose(fields)))
        .With(HubSpotMaps.Timestamp, fields[HubSpotMaps.Timestamp] ?? FieldValue.Of(_clock.GetUtcNow()));

    private WriteOutcome Shown(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written written => new WriteOutcome.Written(Shown(written.Record)),
        WriteOutcome.Refused refused => refused with { OptionalField = null },
        _ => outcome,
    };

    private RemoteRecord Shown(RemoteRecord raw)
    {
        FieldSet fields = raw.Fields.Where(f => f != HubSpotMaps.Body && _map.Rules.Any(r => r.Remote == f));
        return raw with { Fields = raw.Fields[HubSpotMaps.Body] is { } body ? fields.With(HubSpotNotes.Parse(body.Text, f => _map.Rules.Any(r => r.Remote == f))) : fields };
    }

    private async Task<IReadOnlyList<RemoteRecord>> ByKeyAsync(IEnumerable<string> keys, CancellationToken cancellationToken) => await RecordsAsync(await _raw.Objects.ReadAsync(keys, Key, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<RemoteRecord>> RecordsAsync(IReadOnlyList<HubSpotObject> objects, CancellationToken cancellationToken) => [.. (await _raw.ToRecordsAsync(objects, cancellationToken)).Select(Shown)];

    private static string? KeyOf(FieldSet fields) => fields[Key]?.Text;
}
