using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>Objects, lists, their attributes, and the options of these.</summary>
internal sealed class SchemaEndpoints(AttioWorkspace workspace)
{
    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/v2/objects", Load.Read, _ => Scopes.Objects, _ => Answer.DataArray(workspace.Objects.Where(t => t.IsOn), WriteObject)),
        new("POST", "/v2/objects", Load.Write, _ => Scopes.ObjectsWrite, call => Object(workspace.Schema.CreateObject(call.Data()))),
        new("GET", "/v2/objects/{object}", Load.Read, _ => Scopes.Objects, call => Object(workspace.Object(call[0]))),
        new("PATCH", "/v2/objects/{object}", Load.Write, _ => Scopes.ObjectsWrite, ChangeObject),
        new("GET", "/v2/lists", Load.Read, _ => Scopes.Lists, _ => Answer.DataArray(workspace.Lists, WriteList)),
        new("POST", "/v2/lists", Load.Write, _ => Scopes.ListsWrite, call => List(workspace.Schema.CreateList(call.Data(), call.Actor))),
        new("GET", "/v2/lists/{list}", Load.Read, _ => Scopes.Lists, call => List(workspace.List(call[0]))),
        new("PATCH", "/v2/lists/{list}", Load.Write, _ => Scopes.ListsWrite, ChangeList),
        .. AttributeRoutes("objects", Scopes.Objects, Scopes.ObjectsWrite),
        .. AttributeRoutes("lists", Scopes.Lists, Scopes.ListsWrite),
    ];

    private IEnumerable<Route> AttributeRoutes(string target, IReadOnlyList<Scope> read, IReadOnlyList<Scope> write)
    {
        string attributes = $"/v2/{target}/{{identifier}}/attributes";
        yield return new("GET", attributes, Load.Read, _ => read, call => ListAttributes(call, workspace.Target(target, call[0])));
        yield return new("POST", attributes, Load.Write, _ => write, call => Attribute(workspace.Schema.Attributes.Create(workspace.Target(target, call[0]), call.Data())));
        yield return new("GET", $"{attributes}/{{attribute}}", Load.Read, _ => read, call => Attribute(Find(target, call)));
        yield return new("PATCH", $"{attributes}/{{attribute}}", Load.Write, _ => write, call => ChangeAttribute(call, Find(target, call)));
        foreach (bool statuses in (bool[])[false, true])
        {
            string options = $"{attributes}/{{attribute}}/{(statuses ? "statuses" : "options")}";
            yield return new("GET", options, Load.Read, _ => read, call => ListOptions(call, OptionEditor.Need(Find(target, call), statuses)));
            yield return new("POST", options, Load.Write, _ => write, call => CreateOption(call, OptionEditor.Need(Find(target, call), statuses)));
            yield return new("PATCH", $"{options}/{{option}}", Load.Write, _ => write, call => ChangeOption(call, OptionEditor.Need(Find(target, call), statuses)));
        }
    }

    private Answer ChangeObject(Call call)
    {
        AttioTable table = workspace.Object(call[0]);
        workspace.Schema.ChangeObject(table, call.Data());
        return Object(table);
    }

    private Answer ChangeList(Call call)
    {
        AttioTable list = workspace.List(call[0]);
        workspace.Schema.ChangeList(list, call.Data());
        return List(list);
    }

    private Answer ListAttributes(Call call, AttioTable table)
    {
        bool archived = call.Flag("show_archived");
        int limit = call.Number("limit", int.MaxValue, 1, int.MaxValue), offset = call.Number("offset", 0, 0, int.MaxValue);
        return Answer.DataArray(
            table.Attributes.Where(a => archived || !a.IsArchived).Skip(offset).Take(limit), (writer, a) => SchemaJson.WriteAttribute(writer, workspace, a));
    }

    private Answer ChangeAttribute(Call call, AttioAttribute attribute)
    {
        workspace.Schema.Attributes.Change(attribute, call.Data());
        return Attribute(attribute);
    }

    private Answer ListOptions(Call call, AttioAttribute attribute)
    {
        bool archived = call.Flag("show_archived");
        return Answer.DataArray(attribute.Options.Where(o => archived || !o.IsArchived), (writer, o) => SchemaJson.WriteOption(writer, workspace, attribute, o));
    }

    private Answer CreateOption(Call call, AttioAttribute attribute) => Option(attribute, OptionEditor.Create(workspace, attribute, call.Data()));

    private Answer ChangeOption(Call call, AttioAttribute attribute)
    {
        AttioOption option = attribute.FindOption(call[2]) ?? throw Refuse.NotFound($"Option with title/ID \"{call[2]}\" not found.");
        OptionEditor.Change(attribute, option, call.Data());
        return Option(attribute, option);
    }

    private AttioAttribute Find(string target, Call call) => AttioWorkspace.Attribute(workspace.Target(target, call[0]), call[1]);

    private Answer Object(AttioTable table) => Answer.Data(writer => WriteObject(writer, table));

    private Answer List(AttioTable list) => Answer.Data(writer => WriteList(writer, list));

    private Answer Attribute(AttioAttribute attribute) => Answer.Data(writer => SchemaJson.WriteAttribute(writer, workspace, attribute));

    private Answer Option(AttioAttribute attribute, AttioOption option) => Answer.Data(writer => SchemaJson.WriteOption(writer, workspace, attribute, option));

    private void WriteObject(System.Text.Json.Utf8JsonWriter writer, AttioTable table) => SchemaJson.WriteObject(writer, workspace, table);

    private void WriteList(System.Text.Json.Utf8JsonWriter writer, AttioTable list) => SchemaJson.WriteList(writer, workspace, list);
}
