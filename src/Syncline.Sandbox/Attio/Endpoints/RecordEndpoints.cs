using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Filters;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>Records: create, assert, read, change, delete, query, merge.</summary>
internal sealed class RecordEndpoints(AttioWorkspace workspace)
{
    private const string Records = "/v2/objects/{object}/records";

    public IEnumerable<Route> Routes() =>
    [
        new("POST", $"{Records}/query", Load.Query, _ => Scopes.Records, Query),
        new("POST", $"{Records}/merge", Load.Merge, _ => Scopes.RecordsWrite, Merge),
        new("POST", Records, Load.Write, _ => Scopes.RecordsWrite, Create),
        new("PUT", Records, Load.Write, _ => Scopes.RecordsWrite, Assert),
        new("GET", $"{Records}/{{record}}", Load.Read, _ => Scopes.Records, call => Record(Find(call))),
        new("PATCH", $"{Records}/{{record}}", Load.Write, _ => Scopes.RecordsWrite, call => Change(call, WriteMode.Add)),
        new("PUT", $"{Records}/{{record}}", Load.Write, _ => Scopes.RecordsWrite, call => Change(call, WriteMode.Replace)),
        new("DELETE", $"{Records}/{{record}}", Load.Write, _ => Scopes.RecordsWrite, Delete),
        new("GET", $"{Records}/{{record}}/attributes/{{attribute}}/values", Load.Read, _ => Scopes.Records, Values),
        new("GET", $"{Records}/{{record}}/entries", Load.Read, _ => Scopes.RecordEntries, Entries),
    ];

    private Answer Query(Call call)
    {
        RowQuery query = new(workspace, workspace.Object(call[0]), call.Body);
        return Answer.DataArray(query.Run(), (writer, row) => RowJson.WriteRecord(writer, workspace, row)) with { Score = query.Score };
    }

    private Answer Create(Call call)
    {
        AttioTable table = workspace.Object(call[0]);
        return Record(workspace.Writer.Create(table, call.DataPart("values", strict: false), call.Actor));
    }

    private Answer Assert(Call call)
    {
        AttioTable table = workspace.Object(call[0]);
        string name = call.Parameter("matching_attribute") ?? throw Refuse.Query("matching_attribute", "Required");
        JsonObject values = call.DataPart("values", strict: true);
        AttioAttribute matching = table.FindLive(name)
            ?? throw Refuse.Bad("value_not_found", $"No attribute was found for matching_attribute slug/ID \"{name}\".");
        if (!matching.IsUnique) throw Refuse.Bad("matching_attribute_definition_not_unique", "The matching attribute specified is not a unique attribute.");
        return Record(workspace.Writer.Assert(table, matching, values, call.Actor));
    }

    private Answer Change(Call call, WriteMode mode)
    {
        Row row = Find(call);
        workspace.Writer.Change(row, call.DataPart("values", strict: true), mode, call.Actor);
        return Record(row);
    }

    private Answer Delete(Call call)
    {
        Removal.Remove(workspace, Find(call), call.Actor);
        return Answer.Empty;
    }

    private Answer Values(Call call)
    {
        Row row = Find(call);
        return ValueList.Of(workspace, call, row, AttioWorkspace.Attribute(row.Table, call[2]));
    }

    private Answer Entries(Call call)
    {
        Row row = Find(call);
        int limit = call.Number("limit", 100, 1, 1000), offset = call.Number("offset", 0, 0, int.MaxValue);
        IEnumerable<Row> entries = workspace.Lists.Where(l => l.Parent == row.Table).SelectMany(l => Removal.EntriesOf(l, row.Id)).Order(Comparer<Row>.Create(RowSet.Compare));
        return Answer.DataArray(entries.Skip(offset).Take(limit), (writer, entry) =>
        {
            writer.WriteStartObject();
            writer.WriteString("list_id", entry.Table.Id);
            writer.WriteString("list_api_slug", entry.Table.Slug);
            writer.WriteString("entry_id", entry.Id);
            writer.WriteTime("created_at", entry.CreatedAt);
            writer.WriteEndObject();
        });
    }

    private Answer Merge(Call call)
    {
        AttioTable table = workspace.Object(call[0]);
        JsonObject data = call.Data();
        (Guid id, bool isDone) = workspace.Merger.Merge(table, data.NeedText("primary_record_id"), data.NeedText("secondary_record_id"), call.Actor);
        if (isDone) return Record(table.Rows.Find(id)!);
        return Answer.Data(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteId(workspace.Id, ("object_id", table.Id), ("record_id", id));
                writer.WriteEndObject();
            },
            status: 202);
    }

    private Row Find(Call call) => workspace.Record(workspace.Object(call[0]), call[1]);

    private Answer Record(Row row) => Answer.Data(writer => RowJson.WriteRecord(writer, workspace, row));
}
