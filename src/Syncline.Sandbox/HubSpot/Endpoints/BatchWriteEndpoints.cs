using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>
/// Creates, updates and upserts of up to a hundred records. With a trace id of its own on every row, good rows are taken and bad ones reported; without, the first bad
/// row refuses all.
/// </summary>
internal sealed class BatchWriteEndpoints(HubSpotPortal portal, ObjectEndpoints single, BatchEndpoints batches)
{
    private readonly RecordJson _json = new(portal);
    private readonly RecordLookup _lookup = new(portal);
    private readonly LinkReader _links = new(portal);

    private delegate Row Prepare(CrmTable table, Call call, JsonElement input);

    public IEnumerable<Route> Routes() =>
    [
        new("POST", "/objects/{type}/batch/create", single.Writing, call => Write(call, 201, PrepareCreate)),
        new("POST", "/objects/{type}/batch/update", single.Writing, Update),
        new("POST", "/objects/{type}/batch/upsert", single.Writing, Upsert),
    ];

    private SandboxResponse Update(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        JsonElement[] inputs = BatchEndpoints.Inputs(call);
        BatchEndpoints.RefuseRepeated(inputs.Select(i => i.Need("id")));
        Property? identity = Identity(table, inputs, "update");
        return Write(call, 200, (t, c, input) => PrepareUpdate(t, c, input, identity));
    }

    private SandboxResponse Upsert(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        JsonElement[] inputs = BatchEndpoints.Inputs(call);
        if (inputs.Any(i => i.Text("idProperty") is null)) throw Refuse.Invalid("Invalid input JSON: Some required fields were not set: [idProperty]");
        if (portal.Behaviour.RepeatedUpserts == RepeatedUpsert.Refuse) BatchEndpoints.RefuseRepeated(inputs.Select(i => i.Need("id").ToLowerInvariant()));
        Property? identity = Identity(table, inputs, "upsert");
        return Write(call, 200, (t, c, input) => PrepareUpsert(t, c, input, identity!));
    }

    private SandboxResponse Write(Call call, int status, Prepare prepare)
    {
        CrmTable table = portal.Table(call[0]);
        JsonElement[] inputs = BatchEndpoints.Inputs(call);
        Outcome outcome = new();
        if (IsTraced(inputs)) TakeEach(table, call, inputs, prepare, outcome);
        else TakeAll(table, call, inputs, prepare, outcome);
        Action<Utf8JsonWriter>[] results = [.. outcome.Rows.Select(row => Result(call, table, row))];
        portal.Chance.Shuffle(results);
        return batches.Answer(status, results, outcome.Errors);
    }

    private void TakeAll(CrmTable table, Call call, JsonElement[] inputs, Prepare prepare, Outcome outcome)
    {
        Dictionary<string, CrmRecord?> claims = new(StringComparer.OrdinalIgnoreCase);
        List<Row> rows = [];
        List<string> missing = [];
        foreach (JsonElement input in inputs)
        {
            Row row = prepare(table, call, input);
            if (row.IsMissing) missing.Add(row.Id!);
            else rows.Add(Checked(table, call, row));
            if (!row.IsMissing) Claim(table, row, claims);
        }
        foreach (Row row in rows) outcome.Rows.Add(Apply(table, call, row));
        if (missing.Count > 0) outcome.Errors.Add(w => ErrorJson.WriteRow(w, BatchEndpoints.Missing(table.Type, missing), null));
    }

    private void TakeEach(CrmTable table, Call call, JsonElement[] inputs, Prepare prepare, Outcome outcome)
    {
        HashSet<long> made = [];
        List<string> missing = [];
        foreach (JsonElement input in inputs)
        {
            try
            {
                Row row = prepare(table, call, input);
                if (row.IsMissing) missing.Add(row.Id!);
                else outcome.Rows.Add(Apply(table, call, Checked(table, call, row)));
                if (row is { IsMissing: false, Existing: null }) made.Add(outcome.Rows[^1].Existing!.Id);
            }
            catch (HubSpotRefusalException refusal)
            {
                HubSpotRefusalException told = WithoutNewIds(refusal, made);
                outcome.Errors.Add(w => ErrorJson.WriteRow(w, told, input.Text("objectWriteTraceId")));
            }
        }
        if (missing.Count > 0) outcome.Errors.Add(w => ErrorJson.WriteRow(w, BatchEndpoints.Missing(table.Type, missing), null));
    }

    /// <summary>True when every row has a trace id that no other has.</summary>
    private bool IsTraced(JsonElement[] inputs)
    {
        string[] ids = [.. inputs.Select(i => i.Text("objectWriteTraceId")).OfType<string>()];
        bool isClear = ids.Length == 0 || (ids.Length == inputs.Length && ids.Distinct().Count() == ids.Length);
        if (!isClear && portal.Behaviour.UnclearTraceIds == UnclearTraceIds.Refuse) throw Refuse.Invalid("objectWriteTraceId must be set and unique on every input");
        return isClear && ids.Length > 0;
    }

    private Row PrepareCreate(CrmTable table, Call call, JsonElement input) =>
        new(portal.Drafts.Read(table, input.Member("properties"), existing: null, call.IsNewest) with { Links = _links.OfCreate(table, input) }, input.Text("objectWriteTraceId"));

    private Row PrepareUpdate(CrmTable table, Call call, JsonElement input, Property? identity)
    {
        string id = input.Need("id");
        CrmRecord? record = identity is null ? RecordLookup.ById(table, id) : _lookup.ByProperty(table, identity, id);
        if (record is not { IsLive: true }) return new(new([]), null) { Id = id, IsMissing = true };
        return new(portal.Drafts.Read(table, input.Member("properties"), record, call.IsNewest), input.Text("objectWriteTraceId")) { Existing = record };
    }

    private Row PrepareUpsert(CrmTable table, Call call, JsonElement input, Property identity)
    {
        string id = input.Need("id");
        CrmRecord? record = _lookup.ByProperty(table, identity, id) is { IsLive: true } known ? known : null;
        Draft draft = portal.Drafts.Read(table, input.Member("properties"), record, call.IsNewest);
        if (record is null && draft[identity] is null)
        {
            Reading key = new ValueRules(portal).Read(table.Type, identity, id, null, call.IsNewest);
            if (key.Fault is not null) throw DraftReader.NotValid([key.Fault]);
            draft = draft with { Values = [.. draft.Values, new(identity, key.Value)] };
        }
        return new(draft, input.Text("objectWriteTraceId")) { Existing = record, TellsWhetherNew = true };
    }

    private Row Checked(CrmTable table, Call call, Row row)
    {
        if (row.Existing is null) portal.Writer.CheckCreate(table, row.Draft, call.IsNewest);
        else portal.Writer.CheckUpdate(table, row.Existing, row.Draft, call.IsNewest);
        return row;
    }

    /// <summary>Two rows of one batch may not want the same address or unique value.</summary>
    private static void Claim(CrmTable table, Row row, Dictionary<string, CrmRecord?> claims)
    {
        foreach (DraftValue value in row.Draft.Values)
        {
            if (value.Value.Length == 0 || (value.Property != table.Email && !value.Property.HasUniqueValue)) continue;
            if (claims.TryAdd($"{value.Property.Number} {value.Value}", row.Existing)) continue;
            throw value.Property == table.Email ? Refuse.ContactExists(null) : DraftReader.NotValid([new(value.Property.Name, "CONFLICTING_UNIQUE_VALUE", $"{value.Value} is given to two records of the batch")]);
        }
    }

    private Row Apply(CrmTable table, Call call, Row row)
    {
        if (row.Existing is null) return row with { Existing = portal.Writer.Create(table, row.Draft, call.Source), IsNew = true };
        portal.Writer.Update(table, row.Existing, row.Draft, call.Source);
        return row;
    }

    /// <summary>A conflict with a row of the same batch names no id.</summary>
    private static HubSpotRefusalException WithoutNewIds(HubSpotRefusalException refusal, HashSet<long> made) =>
        refusal is { Status: 409, Context: { } context } && context.TryGetValue("existingId", out IReadOnlyList<string>? ids) && made.Contains(long.Parse(ids[0], System.Globalization.CultureInfo.InvariantCulture))
            ? Refuse.ContactExists(null)
            : refusal;

    private Property? Identity(CrmTable table, JsonElement[] inputs, string verb)
    {
        string[] names = [.. inputs.Select(i => i.Text("idProperty")).OfType<string>().Distinct()];
        if (names.Length > 1) throw Refuse.Invalid("idProperty must be the same for all inputs");
        return names.Length == 0 ? null : _lookup.Identity(table, names[0], verb);
    }

    private Action<Utf8JsonWriter> Result(Call call, CrmTable table, Row row) => writer => _json.Write(writer, call, row.Existing!, _json.ViewOf(table, row.Draft), w =>
    {
        if (row.TellsWhetherNew) w.WriteBoolean("new", row.IsNew);
        if (row.TraceId is not null) w.WriteString("objectWriteTraceId", row.TraceId);
        RecordJson.WriteWarnings(w, row.Draft);
    });

    private sealed record Row(Draft Draft, string? TraceId)
    {
        /// <summary>The record to change, and after the write the one written; null for one to be made.</summary>
        public CrmRecord? Existing { get; init; }

        public string? Id { get; init; }
        public bool IsMissing { get; init; }
        public bool IsNew { get; init; }
        public bool TellsWhetherNew { get; init; }
    }

    private sealed class Outcome
    {
        public List<Row> Rows { get; } = [];
        public List<Action<Utf8JsonWriter>> Errors { get; } = [];
    }
}
