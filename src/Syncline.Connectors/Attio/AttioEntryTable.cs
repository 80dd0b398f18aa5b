using System.Collections.Concurrent;
using System.Net.Http;
using System.Text.Json;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>List entries, one for each parent and list. Remote ids are <c>list id:entry id</c>.</summary>
internal sealed class AttioEntryTable(AttioApi api, AttioSchema schema, AttioPreparation preparation, AttioOptions options) : IAttioTable
{
    private static readonly string[] Pseudo = ["list", "person", "company", "parent_record", "entry_id"];
    private static readonly string[] Parents = ["person", "company", "parent_record"];

    private readonly AttioEntryReader _reader = new(options);
    private readonly ConcurrentDictionary<string, AttioAttributes> _attributes = new(StringComparer.Ordinal);
    private FieldMap _map = AttioMaps.ListEntry;
    private IReadOnlyList<AttioList>? _lists;

    public DestinationStream Stream { get; } = new(RecordKind.ListEntry, AttioOptions.Entries, Parents)
    {
        SettleTime = AttioOptions.SettleTime,
        ReadBatch = 20,
        CreateIsIdempotent = true,
        ReadEndpoint = "GET records/entries",
        WriteEndpoint = "PUT entries",
    };

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken)
    {
        _map = map;
        _lists = null;
        _attributes.Clear();
        // Without a list of its own to write to, a run may not touch lists at all, and its key need not be allowed to.
        if (options.EntriesList is not { } slug) return [];
        if (await ListOfAsync(slug, cancellationToken) is not { } list) throw AttioPreparation.Stop($"List '{slug}' is not there, or the API key may not see it.");
        (AttioAttributes attributes, IReadOnlyList<Unavailable> unavailable) = await preparation.CheckAsync(AttioSchema.ListTarget(list.Id.ListId!), map, Pseudo, cancellationToken);
        _attributes[list.Id.ListId!] = attributes;
        return unavailable;
    }

    public async Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        List<Found> found = [];
        foreach (Wanted one in wanted)
        {
            if (ParentOf(one.Fields) is not { } parent || await ListOfAsync(one.Fields, cancellationToken) is not { } list) continue;
            foreach (string id in await EntriesOfAsync(parent.Value, list, cancellationToken))
            {
                if (await ReadOneAsync(id, cancellationToken) is { } record) found.Add(new(one.GoldenId, record, parent.Name));
            }
        }
        return found;
    }

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Dictionary<string, RemoteRecord> records = new(StringComparer.Ordinal);
        foreach (string id in ids)
        {
            if (await ReadOneAsync(id, cancellationToken) is { } record) records[id] = record;
        }
        return records;
    }

    public async Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken) => operation.Verb switch
    {
        Verb.Create => await CreateAsync(operation, cancellationToken),
        Verb.Delete => await DeleteAsync(operation, cancellationToken),
        _ => await UpdateAsync(operation, cancellationToken),
    };

    private async Task<WriteOutcome> CreateAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (await ListOfAsync(operation.Fields, cancellationToken) is not { } list) return new WriteOutcome.Refused("no_list", "The entry names no list that is there; the connection's setting `list` can name one for all.");
        if (ParentOf(operation.Fields) is not { } parent) return new WriteOutcome.Refused("no_parent", "An entry needs the record it is about.");
        AttioAttributes attributes = await AttributesAsync(list, cancellationToken);
        byte[] body = AttioBody.Data(json =>
        {
            json.WriteString("parent_record_id", parent.Value.ReferencedId);
            json.WriteString("parent_object", options.ObjectOf(parent.Value.ReferencedScope));
            EntryValues(json, attributes, operation.Fields);
        });
        AttioReply reply = await api.WriteAsync("attio.entries.assert", HttpMethod.Put, $"v2/{attributes.Target}/entries", body, isIdempotent: true, cancellationToken);
        return Outcome(operation, reply, attributes);
    }

    private async Task<WriteOutcome> UpdateAsync(Operation operation, CancellationToken cancellationToken)
    {
        AttioAttributes attributes = await AttributesAsync(ListPart(operation.RemoteId!), cancellationToken);
        AttioUpdate update = new(attributes, operation);
        if (update.HasFields || update.Emptied.Count > 0)
        {
            byte[] body = AttioBody.Data(json => EntryValues(json, attributes, update.Fields, update.Emptied));
            HttpMethod method = operation.RemovesListValues || update.Emptied.Count > 0 ? HttpMethod.Put : HttpMethod.Patch;
            return Outcome(operation, await api.WriteAsync("attio.entries.update", method, PathOf(operation.RemoteId!), body, isIdempotent: true, cancellationToken), attributes);
        }
        return await ReadOneAsync(operation.RemoteId!, cancellationToken) is { } record ? new WriteOutcome.Written(record) : AttioOutcomes.Gone(operation);
    }

    private async Task<WriteOutcome> DeleteAsync(Operation operation, CancellationToken cancellationToken)
    {
        AttioReply reply = await api.WriteAsync("attio.entries.delete", HttpMethod.Delete, PathOf(operation.RemoteId!), null, isIdempotent: true, cancellationToken);
        return AttioOutcomes.Deletion(operation, reply, new("", []), _map);
    }

    private WriteOutcome Outcome(Operation operation, AttioReply reply, AttioAttributes attributes) => reply.Answer is { } answer
        ? new WriteOutcome.Written(_reader.Read(answer.GetProperty("data"), attributes))
        : AttioOutcomes.Failed(operation, reply, attributes, _map);

    private void EntryValues(Utf8JsonWriter json, AttioAttributes attributes, FieldSet fields, IReadOnlyList<string>? emptied = null) =>
        AttioBody.Nested(json, "entry_values", values =>
        {
            new AttioValueWriter(options, attributes).Write(values, fields.Where(f => !Pseudo.Contains(f)));
            foreach (string slug in emptied ?? []) AttioBody.Strings(values, slug, []);
        });

    /// <summary>Ids of a record's entries in a list. Entries cannot be filtered by their parent's id, so the record is asked.</summary>
    private async Task<IEnumerable<string>> EntriesOfAsync(FieldValue parent, string list, CancellationToken cancellationToken)
    {
        string path = $"v2/objects/{Uri.EscapeDataString(options.ObjectOf(parent.ReferencedScope))}/records/{Uri.EscapeDataString(parent.ReferencedId)}/entries?limit=1000&offset=0";
        IReadOnlyList<JsonElement> rows = await api.ListAsync("attio.entries.list", path, cancellationToken);
        return rows.Where(r => AttioValues.Text(r, "list_id") == list).Select(r => $"{list}:{AttioValues.Text(r, "entry_id")}");
    }

    private async Task<RemoteRecord?> ReadOneAsync(string id, CancellationToken cancellationToken) =>
        await api.FindAsync("attio.entries.get", PathOf(id), cancellationToken) is { } answer
            ? _reader.Read(answer.GetProperty("data"), await AttributesAsync(ListPart(id), cancellationToken))
            : null;

    private async Task<AttioAttributes> AttributesAsync(string list, CancellationToken cancellationToken)
    {
        if (_attributes.TryGetValue(list, out AttioAttributes? known)) return known;
        return _attributes[list] = await schema.AttributesAsync(AttioSchema.ListTarget(list), cancellationToken);
    }

    private async Task<string?> ListOfAsync(FieldSet fields, CancellationToken cancellationToken)
    {
        string? named = fields["list"] is { } list ? (list.Type == Records.FieldType.Reference ? list.ReferencedId : list.Text) : options.EntriesList;
        return named is null ? null : (await ListOfAsync(named, cancellationToken))?.Id.ListId;
    }

    private async Task<AttioList?> ListOfAsync(string slugOrId, CancellationToken cancellationToken)
    {
        IReadOnlyList<AttioList> lists = _lists ??= await schema.ListsAsync(cancellationToken);
        return lists.FirstOrDefault(l => l.ApiSlug == slugOrId || l.Id.ListId == slugOrId);
    }

    private static (string Name, FieldValue Value)? ParentOf(FieldSet fields) =>
        Parents.Where(p => fields[p] is { Type: Records.FieldType.Reference }).Select(p => ((string, FieldValue)?)(p, fields[p]!)).FirstOrDefault();

    private static string ListPart(string id) => id[..id.IndexOf(':', StringComparison.Ordinal)];

    private static string PathOf(string id) => $"v2/{AttioSchema.ListTarget(ListPart(id))}/entries/{Uri.EscapeDataString(id[(ListPart(id).Length + 1)..])}";
}
