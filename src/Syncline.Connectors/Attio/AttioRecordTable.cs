using System.Net.Http;
using System.Text.Json;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>The records of one object as a destination.</summary>
internal sealed class AttioRecordTable : IAttioTable
{
    private readonly AttioApi _api;
    private readonly AttioPreparation _preparation;
    private readonly AttioOptions _options;
    private readonly AttioBackLinks _links;
    private readonly string _object;
    private readonly string _path;
    private readonly AttioValues _values;
    private FieldMap _map;
    private AttioAttributes _attributes = new("", []);
    private HashSet<string> _slugs = [];

    public AttioRecordTable(AttioApi api, AttioPreparation preparation, AttioOptions options, AttioBackLinks links, FieldMap map)
    {
        (_api, _preparation, _options, _links, _map) = (api, preparation, options, links, map);
        _object = options.ObjectOf(map.Stream);
        _path = $"v2/objects/{Uri.EscapeDataString(_object)}/records";
        _values = new(options);
    }

    private bool IsMessages => _map.Stream == AttioOptions.Messages;

    public DestinationStream Stream => new(_map.Kind, _map.Stream, [.. AttioMatch.Of(_map).Select(m => m.Remote)])
    {
        ReadBatch = IsMessages ? 100 : 50,
        CreateIsIdempotent = IsMessages,
        SettleTime = AttioOptions.SettleTime,
        RequiredReferences = [.. _map.Rules.Where(r => IsMessages && r.Canonical == "person").Select(r => r.Remote)],
        ReadEndpoint = $"POST {_object}/records/query",
        WriteEndpoint = $"PUT {_object}/records",
    };

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken)
    {
        if (!(await _preparation.ObjectsAsync(cancellationToken)).Contains(_object)) throw AttioPreparation.Stop($"Object '{_object}' is not there.");
        _map = map;
        (_attributes, IReadOnlyList<Unavailable> unavailable) = await _preparation.CheckAsync($"objects/{Uri.EscapeDataString(_object)}", map, [AttioMatch.Alias], cancellationToken);
        _slugs = [.. map.Rules.Select(r => AttioAttributes.SlugOf(r.Remote))];
        if (IsMessages) await PrepareMessagesAsync(map, cancellationToken);
        return unavailable;
    }

    public async Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        AttioMatch[] usable = [.. AttioMatch.Of(_map).Where(m => _attributes.Find(m.Slug) is not null && wanted.Any(w => w.Fields[m.Remote] is not null))];
        if (usable.Length == 0) return [];
        List<RemoteRecord> hits = [];
        for (bool more = true; more;)
        {
            byte[] body = AttioBody.Query(json => Filter(json, usable, wanted), AttioOptions.MaxRows, hits.Count);
            IReadOnlyList<JsonElement> rows = await QueryAsync(body, cancellationToken);
            hits.AddRange(rows.Select(ToRecord));
            more = rows.Count == AttioOptions.MaxRows;
        }
        IReadOnlyList<RemoteRecord> records = await CompleteAsync([.. hits.DistinctBy(h => h.Key.Id)], cancellationToken);
        return [.. wanted.SelectMany(w => records, (w, r) => Answer(w, r, usable)).OfType<Found>()];
    }

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        byte[] body = AttioBody.Query(json => AttioBody.Nested(json, "record_id", id => AttioBody.Strings(id, "$in", ids)), AttioOptions.MaxRows, 0);
        IReadOnlyList<JsonElement> rows = await QueryAsync(body, cancellationToken);
        IReadOnlyList<RemoteRecord> records = await CompleteAsync([.. rows.Select(ToRecord)], cancellationToken);
        return records.ToDictionary(r => r.Key.Id, StringComparer.Ordinal);
    }

    public Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken) => operation.Verb switch
    {
        Verb.Create => CreateAsync(operation, cancellationToken),
        Verb.Delete => DeleteAsync(operation, cancellationToken),
        _ => UpdateAsync(operation, cancellationToken),
    };

    private async Task PrepareMessagesAsync(FieldMap map, CancellationToken cancellationToken)
    {
        string? uid = AttioMatch.UidOf(map);
        if (uid is null || _attributes.Find(uid) is not { IsUnique: true })
        {
            throw AttioPreparation.Stop($"Attribute '{uid ?? "message_uid"}' of object '{_object}' must be there and unique: without that a repeated write makes a second message.");
        }
        await _links.PrepareAsync(_attributes, map, cancellationToken);
    }

    private async Task<WriteOutcome> CreateAsync(Operation operation, CancellationToken cancellationToken)
    {
        AttioMatch? unique = AttioMatch.Of(_map).FirstOrDefault(m => m.Remote != AttioMatch.Alias && operation.Fields[m.Remote] is not null && _attributes.Find(m.Slug) is { IsUnique: true });
        byte[] body = Body(operation.Fields);
        // An assert makes every other multiselect equal to what is sent: that is why only values we mean are in a create.
        AttioReply reply = unique is null
            ? await SendAsync("create", HttpMethod.Post, _path, body, isIdempotent: false, cancellationToken)
            : await SendAsync("assert", HttpMethod.Put, $"{_path}?matching_attribute={Uri.EscapeDataString(unique.Slug)}", body, isIdempotent: true, cancellationToken);
        return await FinishAsync(operation, reply, cancellationToken);
    }

    private async Task<WriteOutcome> UpdateAsync(Operation operation, CancellationToken cancellationToken)
    {
        AttioUpdate update = new(_attributes, operation);
        if (update.NeedsPresent)
        {
            if (!(await ReadAsync([operation.RemoteId!], cancellationToken)).TryGetValue(operation.RemoteId!, out RemoteRecord? present)) return AttioOutcomes.Gone(operation);
            update = update.Over(present.Fields);
        }
        if (update.Emptied.Count > 0 && await EmptyAsync(operation, update.Emptied, cancellationToken) is { } failed) return failed;
        if (!update.HasFields) return await AsItIsAsync(operation, cancellationToken);
        HttpMethod method = operation.RemovesListValues ? HttpMethod.Put : HttpMethod.Patch;
        AttioReply reply = await SendAsync("update", method, PathOf(operation), Body(update.Fields), isIdempotent: true, cancellationToken);
        return await FinishAsync(operation, reply, cancellationToken);
    }

    /// <summary>Empties attributes. How a single value is cleared is not documented: an empty list is tried first, then null, and the answer is looked at after each.</summary>
    private async Task<WriteOutcome?> EmptyAsync(Operation operation, IReadOnlyList<string> slugs, CancellationToken cancellationToken)
    {
        byte[] asLists = AttioBody.Values(json => { foreach (string slug in slugs) AttioBody.Strings(json, slug, []); });
        AttioReply reply = await SendAsync("clear", HttpMethod.Put, PathOf(operation), asLists, isIdempotent: true, cancellationToken);
        if (reply is { Lost: not null } or { Error.Status: 404 }) return AttioOutcomes.Failed(operation, reply, _attributes, _map);
        string[] left = [.. slugs.Where(s => IsHeld(reply, s))];
        if (left.Length == 0) return null;
        byte[] asNulls = AttioBody.Values(json => { foreach (string slug in left) json.WriteNull(slug); });
        reply = await SendAsync("clear", HttpMethod.Patch, PathOf(operation), asNulls, isIdempotent: true, cancellationToken);
        if (reply.Lost is not null) return AttioOutcomes.Failed(operation, reply, _attributes, _map);
        return left.Any(s => IsHeld(reply, s)) ? new WriteOutcome.Refused("not_cleared", $"Attio would not empty {string.Join(", ", left)}. Empty it there by hand.") { OptionalField = left[0] } : null;
    }

    private static bool IsHeld(AttioReply reply, string slug) =>
        reply.Answer is not { } answer || (answer.GetProperty("data").GetProperty("values").TryGetProperty(slug, out JsonElement values) && values.GetArrayLength() > 0);

    private async Task<WriteOutcome> AsItIsAsync(Operation operation, CancellationToken cancellationToken) =>
        (await ReadAsync([operation.RemoteId!], cancellationToken)).TryGetValue(operation.RemoteId!, out RemoteRecord? record) ? new WriteOutcome.Written(record) : AttioOutcomes.Gone(operation);

    private async Task<WriteOutcome> DeleteAsync(Operation operation, CancellationToken cancellationToken)
    {
        AttioReply reply = await SendAsync("delete", HttpMethod.Delete, PathOf(operation), null, isIdempotent: true, cancellationToken);
        return AttioOutcomes.Deletion(operation, reply, _attributes, _map);
    }

    private async Task<WriteOutcome> FinishAsync(Operation operation, AttioReply reply, CancellationToken cancellationToken)
    {
        if (reply.Answer is not { } answer) return await WithHolderAsync(operation, AttioOutcomes.Failed(operation, reply, _attributes, _map), cancellationToken);
        RemoteRecord record = ToRecord(answer.GetProperty("data"));
        // The message is only whole once the person refers back to it.
        string? lost = IsMessages ? await _links.LinkAsync(record, operation.Fields, cancellationToken) : null;
        return lost is null ? new WriteOutcome.Written(record) : new WriteOutcome.Unknown(lost);
    }

    /// <summary>A conflict that does not say who holds the value: the holder is looked up, since Attio names it in some answers only.</summary>
    private async Task<WriteOutcome> WithHolderAsync(Operation operation, WriteOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome is not WriteOutcome.Refused { Code: "uniqueness_conflict", ConflictingId: null } refused) return outcome;
        Wanted unique = new(operation.GoldenId, operation.Fields.Where(name => _attributes.Of(name) is { IsUnique: true }));
        IReadOnlyList<Found> holders = await FindAsync([unique], cancellationToken);
        return refused with { ConflictingId = holders.Select(h => h.Record.Key.Id).FirstOrDefault(id => id != operation.RemoteId) };
    }

    private Task<IReadOnlyList<RemoteRecord>> CompleteAsync(IReadOnlyList<RemoteRecord> records, CancellationToken cancellationToken) =>
        IsMessages ? _links.OnlyWholeAsync(records, cancellationToken) : Task.FromResult(records);

    private byte[] Body(FieldSet fields) => AttioBody.Values(json => new AttioValueWriter(_options, _attributes).Write(json, fields));

    private Task<AttioReply> SendAsync(string verb, HttpMethod method, string path, byte[]? body, bool isIdempotent, CancellationToken cancellationToken) =>
        _api.WriteAsync($"attio.{_map.Stream}.{verb}", method, path, body, isIdempotent, cancellationToken);

    private string PathOf(Operation operation) => $"{_path}/{Uri.EscapeDataString(operation.RemoteId!)}";

    private Task<IReadOnlyList<JsonElement>> QueryAsync(byte[] body, CancellationToken cancellationToken) =>
        _api.QueryAsync($"attio.{_map.Stream}.query", _path + "/query", body, cancellationToken);

    private void Filter(Utf8JsonWriter json, AttioMatch[] usable, IReadOnlyList<Wanted> wanted)
    {
        json.WriteStartArray("$or");
        foreach (AttioMatch match in usable) match.WriteFilters(json, _attributes.Find(match.Slug)!, wanted.Select(w => w.Fields[match.Remote]).OfType<FieldValue>());
        json.WriteEndArray();
    }

    private static Found? Answer(Wanted wanted, RemoteRecord record, AttioMatch[] usable) =>
        usable.FirstOrDefault(m => m.Keys(wanted.Fields[m.Remote]).Intersect(m.Keys(record.Fields[m.Slug]), StringComparer.Ordinal).Any()) is { } by
            ? new(wanted.GoldenId, record, by.Remote)
            : null;

    private RemoteRecord ToRecord(JsonElement row)
    {
        JsonElement values = row.GetProperty("values");
        string id = AttioValues.Text(row.GetProperty("id"), "record_id")!;
        return new(new(_options.Connection, _map.Stream, id), _map.Kind, _values.Read(values, _attributes, _slugs.Contains)) { ModifiedAt = AttioValues.ModifiedAt(values) };
    }
}
