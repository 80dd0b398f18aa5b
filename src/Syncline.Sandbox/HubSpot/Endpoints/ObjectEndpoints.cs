using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Lists, and one record at a time.</summary>
internal sealed class ObjectEndpoints(HubSpotPortal portal)
{
    private const int DefaultRows = 10, MostRows = 100, MostRowsWithHistory = 50;

    private readonly RecordJson _json = new(portal);
    private readonly RecordLookup _lookup = new(portal);
    private readonly LinkReader _links = new(portal);

    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/objects/{type}", Reading, List),
        new("POST", "/objects/{type}", Writing, Create),
        new("GET", "/objects/{type}/{id}", Reading, Read),
        new("PATCH", "/objects/{type}/{id}", Writing, Update),
        new("DELETE", "/objects/{type}/{id}", Writing, Archive),
        new("POST", "/objects/{type}/merge", Writing, Merge),
        new("POST", "/objects/{type}/gdpr-delete", Writing, Erase),
    ];

    public IReadOnlyList<string> Reading(Call call) => portal.Table(call[0]).Type.ReadScopes;

    public IReadOnlyList<string> Writing(Call call) => portal.Table(call[0]).Type.WriteScopes;

    private SandboxResponse List(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        View view = Asked(table, call);
        int limit = call.Number("limit", DefaultRows, 1, view.WithHistory.Count > 0 ? MostRowsWithHistory : MostRows);
        long first = call.Parameter("after") is { Length: > 0 } after ? JsonReading.ReadId(after) ?? throw Refuse.Invalid($"Invalid paging cursor: {after}") : 0;
        CrmRecord[] rows = [.. table.From(first, call.Flag("archived")).Take(limit + 1)];
        return Answers.Object(writer =>
        {
            writer.WriteArray("results", rows.Take(limit), (w, r) => _json.Write(w, call, r, view));
            writer.WritePaging(call, rows.Length > limit ? $"{rows[limit].Id}" : null);
        });
    }

    private SandboxResponse Create(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        Draft draft = portal.Drafts.Read(table, Properties(call), existing: null, call.IsNewest) with { Links = _links.OfCreate(table, call.Body) };
        portal.Writer.CheckCreate(table, draft, call.IsNewest);
        return Written(call, table, portal.Writer.Create(table, draft, call.Source), draft, 201);
    }

    private SandboxResponse Read(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        CrmRecord record = Live(table, call, call.Flag("archived"));
        View view = Asked(table, call);
        return new(200, Answers.Json(writer => _json.Write(writer, call, record, view)));
    }

    private SandboxResponse Update(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        CrmRecord record = Live(table, call, archived: false);
        Draft draft = portal.Drafts.Read(table, Properties(call), record, call.IsNewest);
        portal.Writer.CheckUpdate(table, record, draft, call.IsNewest);
        portal.Writer.Update(table, record, draft, call.Source);
        return Written(call, table, record, draft, 200);
    }

    private SandboxResponse Archive(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        CrmRecord? record = RecordLookup.ById(table, call[1]);
        if (record is { IsLive: true }) portal.Removal.Archive(record, call.Source);
        else if (record is null || portal.Behaviour.RepeatedDeleteStatus != 204) throw Refuse.NotFound();
        return Answers.Empty;
    }

    private SandboxResponse Merge(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        CrmRecord primary = Merging(table, call, "primaryObjectId"), other = Merging(table, call, "objectIdToMerge");
        CrmRecord merged = portal.Removal.Merge(table, primary, other, call.Source);
        return new(200, Answers.Json(writer => _json.Write(writer, call, merged, _json.ViewOf(table, [], [], []))));
    }

    private SandboxResponse Erase(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        if (table.Email is null) throw Refuse.UnknownPath(call.Request.Path);
        string id = call.Body.Need("objectId");
        string? idProperty = call.Body.Text("idProperty");
        CrmRecord? record = _lookup.One(table, id, idProperty);
        if (record is not null) portal.Removal.Erase(table, record, call.Source);
        else if (idProperty == table.Email.Name) portal.Blocklist.Add(id);
        else throw Refuse.NotFound();
        return Answers.Empty;
    }

    private CrmRecord Live(CrmTable table, Call call, bool archived)
    {
        CrmRecord? record = _lookup.One(table, call[1], call.Parameter("idProperty"));
        bool fits = record is not null && (record.ArchivedMs != 0 == archived || (!archived && portal.Behaviour.ArchivedReadable && call.Request.Method == "GET"));
        return fits ? record! : throw Refuse.NotFound();
    }

    private static CrmRecord Merging(CrmTable table, Call call, string name) =>
        RecordLookup.ById(table, call.Body.Need(name)) is { IsLive: true } record ? record : throw Refuse.NotFound($"{name} {call.Body.Text(name)} does not exist");

    private View Asked(CrmTable table, Call call) =>
        _json.ViewOf(table, call.Names("properties"), call.Names("propertiesWithHistory"), call.Names("associations"));

    private static JsonElement Properties(Call call) => call.Body.Member("properties") is { ValueKind: JsonValueKind.Object } properties
        ? properties
        : throw Refuse.Invalid("Invalid input JSON: Some required fields were not set: [properties]");

    private SandboxResponse Written(Call call, CrmTable table, CrmRecord record, Draft draft, int status) =>
        new(status, Answers.Json(writer => _json.Write(writer, call, record, _json.ViewOf(table, draft), w => RecordJson.WriteWarnings(w, draft))));
}
