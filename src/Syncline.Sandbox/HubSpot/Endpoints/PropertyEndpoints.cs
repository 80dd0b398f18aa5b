using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Property definitions.</summary>
internal sealed class PropertyEndpoints(HubSpotPortal portal, BatchEndpoints batches)
{
    private const int MostUnique = 10, MostCustom = 1000;

    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/properties/{type}", ReadScopes, List),
        new("POST", "/properties/{type}", WriteScopes, Create),
        new("GET", "/properties/{type}/{name}", ReadScopes, call => One(Known(call))),
        new("PATCH", "/properties/{type}/{name}", WriteScopes, Change),
        new("DELETE", "/properties/{type}/{name}", WriteScopes, Archive),
        new("POST", "/properties/{type}/batch/read", ReadScopes, ReadBatch),
        new("POST", "/properties/{type}/batch/create", WriteScopes, CreateBatch),
        new("POST", "/properties/{type}/batch/archive", WriteScopes, ArchiveBatch),
        new("GET", "/limits/custom-properties", static _ => [], Limits),
    ];

    public IReadOnlyList<string> ReadScopes(Call call) => [.. portal.Table(call[0]).Type.SchemaScopes("read"), .. portal.Table(call[0]).Type.ReadScopes];

    public IReadOnlyList<string> WriteScopes(Call call) => portal.Table(call[0]).Type.SchemaScopes("write");

    /// <summary>Makes a definition, or revives the archived one of that name.</summary>
    public Property Create(CrmTable table, JsonElement body, TimeSpan delay)
    {
        long now = portal.NowMs;
        Property made = PropertyReader.Read(body, table.Catalogue.All.Count, now, now + (long)delay.TotalMilliseconds);
        Property? known = table.Catalogue.Find(made.Name);
        if (known is { ArchivedMs: null }) throw Exists(made.Name);
        if (!table.Catalogue.Groups.Exists(g => g.Name == made.GroupName && !g.IsArchived)) throw Refuse.Invalid($"The property group {made.GroupName} does not exist");
        if (made.HasUniqueValue && table.Catalogue.All.Count(p => p is { HasUniqueValue: true, ArchivedMs: null }) >= MostUnique) throw Refuse.Invalid($"At most {MostUnique} properties of an object type can have unique values");
        if (known is null) return table.Catalogue.Add(_ => made);
        (known.ArchivedMs, known.VisibleMs, known.Type) = (null, made.VisibleMs, made.Type);
        PropertyReader.Apply(known, body, now);
        return known;
    }

    private static HubSpotRefusalException Exists(string name) =>
        new(409, "OBJECT_ALREADY_EXISTS", $"A property named '{name}' already exists.") { SubCategory = "Properties.PROPERTY_WITH_NAME_EXISTS", Context = Refuse.Naming("propertyName", name) };

    private static HubSpotRefusalException Unknown(string name) => Refuse.NotFound($"Property {name} does not exist");

    private SandboxResponse List(Call call)
    {
        bool archived = call.Flag("archived");
        string sensitivity = call.Parameter("dataSensitivity") ?? "non_sensitive";
        IEnumerable<Property> listed = portal.Table(call[0]).Catalogue.All
            .Where(p => p.VisibleMs <= portal.NowMs && p.ArchivedMs is not null == archived && p.DataSensitivity == sensitivity);
        return Answers.Object(writer => writer.WriteArray("results", listed, PropertyJson.Write));
    }

    private SandboxResponse Create(Call call) => One(Create(portal.Table(call[0]), call.Body, portal.Behaviour.PropertyDelay), 201);

    private SandboxResponse Change(Call call)
    {
        Property property = Known(call);
        if (property.IsStandard && property.IsReadOnly) throw Refuse.Invalid($"The property {property.Name} is read only");
        PropertyReader.Apply(property, call.Body, portal.NowMs);
        return One(property);
    }

    private SandboxResponse Archive(Call call)
    {
        Archive(portal.Table(call[0]), Known(call));
        return Answers.Empty;
    }

    private void Archive(CrmTable table, Property property)
    {
        if (property.IsStandard || portal.IsInUse(table.Type, property))
        {
            throw new HubSpotRefusalException(400, "VALIDATION_ERROR", $"The property {property.Name} is in use and cannot be deleted") { SubCategory = "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE" };
        }
        property.ArchivedMs = portal.NowMs;
    }

    private SandboxResponse ReadBatch(Call call)
    {
        bool archived = call.Body.Flag("archived");
        List<Action<Utf8JsonWriter>> results = [], errors = [];
        foreach (string name in BatchEndpoints.Inputs(call).Select(i => i.Need("name")))
        {
            if (portal.Table(call[0]).Catalogue.Find(name) is { } known && known.VisibleMs <= portal.NowMs && known.ArchivedMs is not null == archived) results.Add(w => PropertyJson.Write(w, known));
            else errors.Add(w => ErrorJson.WriteRow(w, Unknown(name), null));
        }
        return batches.Answer(200, results, errors);
    }

    private SandboxResponse CreateBatch(Call call)
    {
        List<Action<Utf8JsonWriter>> results = [], errors = [];
        foreach (JsonElement input in BatchEndpoints.Inputs(call))
        {
            try
            {
                Property made = Create(portal.Table(call[0]), input, portal.Behaviour.PropertyDelay);
                results.Add(w => PropertyJson.Write(w, made));
            }
            catch (HubSpotRefusalException refusal)
            {
                errors.Add(w => ErrorJson.WriteRow(w, refusal, null));
            }
        }
        return batches.Answer(201, results, errors);
    }

    private SandboxResponse ArchiveBatch(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        foreach (Property known in BatchEndpoints.Inputs(call).Select(i => table.Catalogue.Find(i.Need("name"))).OfType<Property>().Where(p => !p.IsStandard)) known.ArchivedMs ??= portal.NowMs;
        return Answers.Empty;
    }

    private SandboxResponse Limits(Call call) => Answers.Object(writer =>
    {
        writer.WriteNumber("overallLimit", 10 * MostCustom);
        writer.WriteNumber("overallUsage", portal.Types.All.Sum(t => portal.Table(t).Catalogue.All.Count(p => p is { IsStandard: false, ArchivedMs: null })));
        writer.WriteArray("byObjectType", portal.Types.All, (w, type) =>
        {
            w.WriteStartObject();
            w.WriteString("objectTypeId", type.Id);
            w.WriteNumber("limit", MostCustom);
            w.WriteNumber("usage", portal.Table(type).Catalogue.All.Count(p => p is { IsStandard: false, ArchivedMs: null }));
            w.WriteEndObject();
        });
    });

    private Property Known(Call call)
    {
        Property? property = portal.Table(call[0]).Catalogue.Find(call[1]);
        bool fits = property is not null && property.VisibleMs <= portal.NowMs && property.ArchivedMs is not null == call.Flag("archived");
        return fits ? property! : throw Unknown(call[1]);
    }

    private static SandboxResponse One(Property property, int status = 200) => new(status, Answers.Json(writer => PropertyJson.Write(writer, property)));
}
