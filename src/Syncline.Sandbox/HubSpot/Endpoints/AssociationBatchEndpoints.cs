using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Associations of many records, and the labels between two types.</summary>
internal sealed class AssociationBatchEndpoints(HubSpotPortal portal, AssociationEndpoints single, BatchEndpoints batches)
{
    private const int MostReads = 1000, MostOnPage = 500;

    private readonly LinkReader _links = new(portal);

    public IEnumerable<Route> Routes() =>
    [
        new("POST", "/associations/{from}/{to}/batch/read", single.ReadScopes, Read) { Pool = Pool.Associations },
        new("POST", "/associations/{from}/{to}/batch/create", single.WriteScopes, call => Write(call, 201, Create)) { Pool = Pool.Associations },
        new("POST", "/associations/{from}/{to}/batch/associate/default", single.WriteScopes, call => Write(call, 200, CreateDefault)) { Pool = Pool.Associations },
        new("POST", "/associations/{from}/{to}/batch/archive", single.WriteScopes, Archive) { Pool = Pool.Associations },
        new("POST", "/associations/{from}/{to}/batch/labels/archive", single.WriteScopes, ArchiveLabels) { Pool = Pool.Associations },
        new("GET", "/associations/{from}/{to}/labels", single.ReadScopes, Labels) { Pool = Pool.Associations },
        new("POST", "/associations/{from}/{to}/labels", single.WriteScopes, DefineLabel) { Pool = Pool.Associations },
        new("DELETE", "/associations/{from}/{to}/labels/{id}", single.WriteScopes, DropLabel) { Pool = Pool.Associations },
    ];

    private SandboxResponse Read(Call call)
    {
        (CrmTable from, ObjectType to) = (portal.Table(call[0]), portal.Table(call[1]).Type);
        JsonElement[] inputs = BatchEndpoints.Inputs(call, MostReads);
        List<Action<Utf8JsonWriter>> results = [], errors = [];
        foreach (JsonElement input in inputs)
        {
            string id = input.Need("id");
            long after = JsonReading.ReadId(input.Text("after")) ?? 0;
            if (RecordLookup.ById(from, id) is { IsLive: true } record && record.Links.OfType(to.Number).Length > 0) results.Add(writer => WriteRow(writer, call, record, to, after));
            else if (portal.Behaviour.LonelyIdsReported) errors.Add(w => ErrorJson.WriteRow(w, NoneFound(from.Type, id), null));
        }
        portal.Chance.Shuffle(results);
        return batches.Answer(200, results, errors);
    }

    private void WriteRow(Utf8JsonWriter writer, Call call, CrmRecord record, ObjectType to, long after)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("from");
        writer.WriteId("id", record.Id);
        writer.WriteEndObject();
        single.WritePage(writer, call, record, to, "to", after, MostOnPage);
        writer.WriteEndObject();
    }

    private static HubSpotRefusalException NoneFound(ObjectType type, string id) =>
        new(404, "OBJECT_NOT_FOUND", $"No {type.Singular} with id {id} has associations of that type") { SubCategory = "crm.associations.NO_ASSOCIATIONS_FOUND", Context = Refuse.Naming("fromObjectId", id) };

    private SandboxResponse Write(Call call, int status, Action<Call, JsonElement, CrmRecord, CrmRecord, List<Action<Utf8JsonWriter>>> write)
    {
        List<Action<Utf8JsonWriter>> results = [], errors = [];
        foreach (JsonElement input in BatchEndpoints.Inputs(call, portal.Behaviour.AssociationBatchCap))
        {
            try
            {
                (CrmRecord from, CrmRecord to) = Ends(call, input);
                write(call, input, from, to, results);
            }
            catch (HubSpotRefusalException refusal)
            {
                errors.Add(w => ErrorJson.WriteRow(w, refusal, null));
            }
        }
        // 2026-09 has one status and tells errors in the body.
        return call.IsNewest ? batches.Answer(200, results, errors) with { Status = 200 } : batches.Answer(status, results, errors);
    }

    private void Create(Call call, JsonElement input, CrmRecord from, CrmRecord to, List<Action<Utf8JsonWriter>> results)
    {
        portal.Associator.Set(from, to, _links.Types(from.Type, to.Type, input.Items("types")), call.Source);
        results.Add(writer => WriteLabels(writer, call, from, to));
    }

    private void WriteLabels(Utf8JsonWriter writer, Call call, CrmRecord from, CrmRecord to)
    {
        writer.WriteStartObject();
        writer.WriteString("fromObjectTypeId", from.Type.Id);
        AssociationEndpoints.WriteId(writer, call, "fromObjectId", from.Id);
        writer.WriteString("toObjectTypeId", to.Type.Id);
        AssociationEndpoints.WriteId(writer, call, "toObjectId", to.Id);
        writer.WriteArray("labels", (from.Links.Find(to)?.TypeIds ?? []).Select(id => portal.Associations.Find(id)!.Label).OfType<string>(), static (w, label) => w.WriteStringValue(label));
        writer.WriteEndObject();
    }

    private void CreateDefault(Call call, JsonElement input, CrmRecord from, CrmRecord to, List<Action<Utf8JsonWriter>> results)
    {
        AssociationType plain = portal.Associations.Plain(from.Type, to.Type);
        portal.Associator.Add(from, to, [plain.Id], call.Source);
        results.Add(writer => AssociationEndpoints.WriteDefault(writer, call, from, to, plain));
    }

    private SandboxResponse Archive(Call call)
    {
        (CrmTable from, CrmTable to) = (portal.Table(call[0]), portal.Table(call[1]));
        foreach (JsonElement input in BatchEndpoints.Inputs(call, portal.Behaviour.AssociationBatchCap))
        {
            CrmRecord? one = RecordLookup.ById(from, input.Member("from").Need("id"));
            foreach (CrmRecord other in input.Items("to").Select(t => RecordLookup.ById(to, t.Need("id"))).OfType<CrmRecord>())
            {
                if (one is not null) portal.Associator.Remove(one, other, call.Source);
            }
        }
        return Ended(call);
    }

    private SandboxResponse ArchiveLabels(Call call)
    {
        foreach (JsonElement input in BatchEndpoints.Inputs(call, portal.Behaviour.AssociationBatchCap))
        {
            (CrmRecord from, CrmRecord to) = Ends(call, input);
            portal.Associator.RemoveTypes(from, to, _links.Types(from.Type, to.Type, input.Items("types")), call.Source);
        }
        return Ended(call);
    }

    private SandboxResponse Ended(Call call) => call.IsNewest ? batches.Answer(200, [], []) : Answers.Empty;

    private (CrmRecord From, CrmRecord To) Ends(Call call, JsonElement input) =>
        (LinkReader.End(portal.Table(call[0]), input.Member("from").Text("id")), LinkReader.End(portal.Table(call[1]), input.Member("to").Text("id")));

    private SandboxResponse Labels(Call call) =>
        Answers.Object(writer => writer.WriteArray("results", portal.Associations.Of(portal.Table(call[0]).Type, portal.Table(call[1]).Type), WriteLabel));

    private static void WriteLabel(Utf8JsonWriter writer, AssociationType type)
    {
        writer.WriteStartObject();
        writer.WriteString("category", type.Category);
        writer.WriteNumber("typeId", type.Id);
        writer.WriteOptional("label", type.Label);
        writer.WriteEndObject();
    }

    private SandboxResponse DefineLabel(Call call)
    {
        (ObjectType from, ObjectType to) = (portal.Table(call[0]).Type, portal.Table(call[1]).Type);
        string label = call.Body.Need("label");
        IReadOnlyList<AssociationType> known = portal.Associations.Of(from, to);
        if (known.Any(t => t.Label == label)) throw Refuse.Invalid($"A label named {label} already exists");
        if (known.Count(t => t.IsUserDefined) >= portal.Behaviour.LabelsPerPair) throw Refuse.Invalid($"The limit of {portal.Behaviour.LabelsPerPair} labels is reached");
        AssociationType made = portal.Associations.Label(from, to, label, call.Body.Text("inverseLabel"));
        AssociationType[] both = from == to ? [made] : [made, portal.Associations.Find(made.Reverse)!];
        return Answers.Object(writer => writer.WriteArray("results", both, WriteLabel));
    }

    private SandboxResponse DropLabel(Call call)
    {
        AssociationType type = JsonReading.ReadId(call[2]) is { } id && portal.Associations.Find((int)id) is { IsUserDefined: true } known ? known : throw Refuse.NotFound();
        portal.Associations.Remove(type);
        return Answers.Empty;
    }
}
