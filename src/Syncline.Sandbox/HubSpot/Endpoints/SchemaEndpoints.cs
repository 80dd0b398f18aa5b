using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Custom object types.</summary>
internal sealed class SchemaEndpoints(HubSpotPortal portal, PropertyEndpoints properties)
{
    private static readonly string[] Reads = ["crm.schemas.custom.read"], Writes = ["crm.schemas.custom.write"];

    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/schemas", static _ => Reads, _ => Answers.Object(writer => writer.WriteArray("results", portal.Types.All.Where(t => t.IsCustom), Write))),
        new("POST", "/schemas", static _ => Writes, Create),
        new("GET", "/schemas/{type}", static _ => Reads, call => One(portal.Table(call[0]).Type, 200)),
    ];

    private SandboxResponse Create(Call call)
    {
        string name = call.Body.Need("name");
        if (portal.Types.Find(name) is not null) throw new HubSpotRefusalException(409, "OBJECT_ALREADY_EXISTS", $"An object type named '{name}' already exists.");
        string label = call.Body.Member("labels").Text("singular") ?? name;
        ObjectType made = portal.Types.Define(name, name, label, portal.Options.PortalId);
        CrmTable table = portal.Table(made);
        foreach (JsonElement property in call.Body.Items("properties")) properties.Create(table, WithGroup(property, table.Catalogue.Groups[0].Name), TimeSpan.Zero);
        return One(made, 201);
    }

    /// <summary>The group of a new type's properties may be left out.</summary>
    private static JsonElement WithGroup(JsonElement property, string group)
    {
        if (property.Text("groupName") is not null) return property;
        using JsonDocument document = JsonDocument.Parse($$"""{"groupName":"{{group}}",{{property.GetRawText().TrimStart()[1..]}}""");
        return document.RootElement.Clone();
    }

    private SandboxResponse One(ObjectType type, int status) => new(status, Answers.Json(writer => Write(writer, type)));

    private void Write(Utf8JsonWriter writer, ObjectType type)
    {
        writer.WriteStartObject();
        writer.WriteString("id", type.Id[2..]);
        writer.WriteString("objectTypeId", type.Id);
        writer.WriteString("name", type.Name);
        writer.WriteString("fullyQualifiedName", $"p{portal.Options.PortalId}_{type.Name}");
        writer.WriteStartObject("labels");
        writer.WriteString("singular", type.Label);
        writer.WriteEndObject();
        writer.WriteArray("properties", portal.Table(type).Catalogue.All.Where(p => p.IsLive(portal.NowMs)), PropertyJson.Write);
        writer.WriteBoolean("archived", false);
        writer.WriteEndObject();
    }
}
