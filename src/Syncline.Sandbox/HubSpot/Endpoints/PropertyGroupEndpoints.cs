using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Groups of properties.</summary>
internal sealed class PropertyGroupEndpoints(HubSpotPortal portal, PropertyEndpoints properties)
{
    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/properties/{type}/groups", properties.ReadScopes, call => Answers.Object(writer => writer.WriteArray("results", portal.Table(call[0]).Catalogue.Groups.Where(g => !g.IsArchived), PropertyJson.Write))),
        new("POST", "/properties/{type}/groups", properties.WriteScopes, Create),
        new("GET", "/properties/{type}/groups/{group}", properties.ReadScopes, call => One(Known(call))),
        new("PATCH", "/properties/{type}/groups/{group}", properties.WriteScopes, Change),
        new("DELETE", "/properties/{type}/groups/{group}", properties.WriteScopes, Archive),
    ];

    private SandboxResponse Create(Call call)
    {
        List<PropertyGroup> groups = portal.Table(call[0]).Catalogue.Groups;
        (string name, string label) = (call.Body.Need("name"), call.Body.Need("label"));
        if (groups.Exists(g => g.Name == name && !g.IsArchived)) throw new HubSpotRefusalException(409, "OBJECT_ALREADY_EXISTS", $"A property group named '{name}' already exists.");
        groups.RemoveAll(g => g.Name == name);
        groups.Add(new(name, label));
        return One(groups[^1], 201);
    }

    private SandboxResponse Change(Call call)
    {
        PropertyGroup group = Known(call);
        group.Label = call.Body.Text("label") ?? group.Label;
        return One(group);
    }

    private SandboxResponse Archive(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        PropertyGroup group = Known(call);
        if (table.Catalogue.All.Any(p => p.ArchivedMs is null && p.GroupName == group.Name))
        {
            throw Refuse.Invalid($$"""There was a problem with the request: {"subCategory":"PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES","message":"The group {{group.Name}} has active properties"}""");
        }
        group.IsArchived = true;
        return Answers.Empty;
    }

    private PropertyGroup Known(Call call) => portal.Table(call[0]).Catalogue.Groups.Find(g => g.Name == call[1] && !g.IsArchived) ?? throw Refuse.NotFound($"Property group {call[1]} does not exist");

    private static SandboxResponse One(PropertyGroup group, int status = 200) => new(status, Answers.Json(writer => PropertyJson.Write(writer, group)));
}
