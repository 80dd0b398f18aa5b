using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Filters;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>List entries: one record may stand in a list more than once.</summary>
internal sealed class EntryEndpoints(AttioWorkspace workspace)
{
    private const string Entries = "/v2/lists/{list}/entries";

    public IEnumerable<Route> Routes() =>
    [
        new("POST", $"{Entries}/query", Load.Query, _ => Scopes.Entries, Query),
        new("POST", Entries, Load.Write, _ => Scopes.EntriesWrite, Create),
        new("PUT", Entries, Load.Write, _ => Scopes.EntriesWrite, Assert),
        new("GET", $"{Entries}/{{entry}}", Load.Read, _ => Scopes.Entries, call => Entry(Find(call))),
        new("PATCH", $"{Entries}/{{entry}}", Load.Write, _ => Scopes.EntriesWrite, call => Change(call, WriteMode.Add)),
        new("PUT", $"{Entries}/{{entry}}", Load.Write, _ => Scopes.EntriesWrite, call => Change(call, WriteMode.Replace)),
        new("DELETE", $"{Entries}/{{entry}}", Load.Write, _ => Scopes.EntriesWrite, Delete),
        new("GET", $"{Entries}/{{entry}}/attributes/{{attribute}}/values", Load.Read, _ => Scopes.Entries, Values),
    ];

    private Answer Query(Call call)
    {
        RowQuery query = new(workspace, workspace.List(call[0]), call.Body);
        return Answer.DataArray(query.Run(), (writer, row) => RowJson.WriteEntry(writer, workspace, row)) with { Score = query.Score };
    }

    private Answer Create(Call call)
    {
        AttioTable list = workspace.List(call[0]);
        JsonObject values = call.DataPart("entry_values", strict: false);
        return Entry(workspace.Writer.Create(list, values, call.Actor, Parent(list, call.Data())));
    }

    private Answer Assert(Call call)
    {
        AttioTable list = workspace.List(call[0]);
        JsonObject values = call.DataPart("entry_values", strict: true, "parent_record_id", "parent_object");
        Guid parent = Parent(list, call.Data());
        Row[] present = Removal.EntriesOf(list, parent);
        if (present.Length > 1) throw Refuse.Bad("multiple_match_results", "More than one entry of the list has that parent record.");
        if (present.Length == 0) return Entry(workspace.Writer.Create(list, values, call.Actor, parent));
        workspace.Writer.Change(present[0], values, WriteMode.Replace, call.Actor);
        return Entry(present[0]);
    }

    private Answer Change(Call call, WriteMode mode)
    {
        Row entry = Find(call);
        JsonObject data = call.Data();
        if (data.ContainsKey("parent_record_id") || data.ContainsKey("parent_object"))
        {
            throw Refuse.Bad("immutable_value", "The parent of an entry cannot be changed.");
        }
        workspace.Writer.Change(entry, call.DataPart("entry_values", strict: true), mode, call.Actor);
        return Entry(entry);
    }

    private Answer Delete(Call call)
    {
        Removal.RemoveEntry(workspace, Find(call), call.Actor);
        return Answer.Empty;
    }

    private Answer Values(Call call)
    {
        Row entry = Find(call);
        return ValueList.Of(workspace, call, entry, AttioWorkspace.Attribute(entry.Table, call[2]));
    }

    private Guid Parent(AttioTable list, JsonObject data)
    {
        string parentObject = data.NeedText("parent_object"), id = data.NeedText("parent_record_id");
        if (workspace.FindObject(parentObject) != list.Parent) throw Refuse.Bad("value_not_found", $"The list does not hold records of \"{parentObject}\".");
        return list.Parent!.Rows.Find(WireId.Read(id))?.Id ?? throw Refuse.Bad("value_not_found", $"Record with ID \"{id}\" not found.");
    }

    private Row Find(Call call) => AttioWorkspace.Entry(workspace.List(call[0]), call[1]);

    private Answer Entry(Row row) => Answer.Data(writer => RowJson.WriteEntry(writer, workspace, row));
}
