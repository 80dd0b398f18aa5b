using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Reads and archives of up to a hundred records.</summary>
internal sealed class BatchEndpoints(HubSpotPortal portal, ObjectEndpoints single)
{
    public const int MostInputs = 100;

    private const int MostInputsWithHistory = 50;

    private readonly RecordJson _json = new(portal);
    private readonly RecordLookup _lookup = new(portal);

    public IEnumerable<Route> Routes() =>
    [
        new("POST", "/objects/{type}/batch/read", single.Reading, Read),
        new("POST", "/objects/{type}/batch/archive", single.Writing, Archive),
    ];

    /// <summary>The inputs; none where the wrapper is missing, which HubSpot takes for an empty batch.</summary>
    public static JsonElement[] Inputs(Call call, int most = MostInputs)
    {
        JsonElement[] inputs = [.. call.Body.Items("inputs")];
        return inputs.Length <= most ? inputs : throw Refuse.Invalid($"The maximum number of inputs supported in a batch request is {most} but found {inputs.Length}");
    }

    public static void RefuseRepeated(IEnumerable<string> ids)
    {
        string[] repeated = [.. ids.GroupBy(i => i).Where(g => g.Count() > 1).Select(g => g.Key)];
        if (repeated.Length == 0) return;
        throw new HubSpotRefusalException(400, "VALIDATION_ERROR", $"Duplicate IDs found in batch input: [{string.Join(", ", repeated)}]. IDs must be unique") { Context = Refuse.Naming("ids", repeated) };
    }

    public static HubSpotRefusalException Missing(ObjectType type, IReadOnlyList<string> ids) =>
        new(404, "OBJECT_NOT_FOUND", $"Could not get some {type.Singular.ToUpperInvariant()} objects, they may be deleted or not exist. Check that ids are valid.") { Context = Refuse.Naming("ids", ids) };

    /// <summary>What every batch answers.</summary>
    public SandboxResponse Answer(int whole, IReadOnlyList<Action<Utf8JsonWriter>> results, IReadOnlyList<Action<Utf8JsonWriter>> errors)
    {
        int status = errors.Count == 0 || portal.Behaviour.PartialBatches == PartialBatch.Success ? whole : 207;
        return Answers.Object(writer =>
        {
            writer.WriteString("status", "COMPLETE");
            writer.WriteArray("results", results, static (w, result) => result(w));
            if (errors.Count > 0)
            {
                writer.WriteNumber("numErrors", errors.Count);
                writer.WriteArray("errors", errors, static (w, error) => error(w));
            }
            writer.WriteTime("startedAt", portal.NowMs);
            writer.WriteTime("completedAt", portal.NowMs);
        }, status);
    }

    private SandboxResponse Read(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        View view = _json.ViewOf(table, call.Body.Texts("properties"), call.Body.Texts("propertiesWithHistory"), []);
        string[] ids = [.. Inputs(call, view.WithHistory.Count > 0 ? MostInputsWithHistory : MostInputs).Select(i => i.Need("id"))];
        RefuseRepeated(ids);
        Property? identity = call.Body.Text("idProperty") is { } name && name != table.Catalogue.Id.Name ? _lookup.Identity(table, name, "read") : null;
        bool archived = call.Flag("archived");
        List<Action<Utf8JsonWriter>> results = [];
        List<string> missing = [];
        foreach (string id in ids)
        {
            CrmRecord? record = identity is null ? RecordLookup.ById(table, id) : _lookup.ByProperty(table, identity, id);
            if (record is { MergedInto: null } && record.ArchivedMs != 0 == archived) results.Add(w => _json.Write(w, call, record, view));
            else if (record is not { MergedInto: not null } || portal.Behaviour.MergedIdsReported) missing.Add(id);
        }
        portal.Chance.Shuffle(results);
        return Answer(200, results, missing.Count == 0 ? [] : [w => ErrorJson.WriteRow(w, Missing(table.Type, missing), null)]);
    }

    private SandboxResponse Archive(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        foreach (string id in Inputs(call).Select(i => i.Need("id")))
        {
            if (RecordLookup.ById(table, id) is { IsLive: true } record) portal.Removal.Archive(record, call.Source);
        }
        return Answers.Empty;
    }
}
