using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Lists of records.</summary>
internal sealed class ListEndpoints(HubSpotPortal portal)
{
    private const int DefaultRows = 20, MostRows = 500;

    private static readonly string[] Reads = ["crm.lists.read"], Writes = ["crm.lists.write"], Kinds = ["MANUAL", "DYNAMIC", "SNAPSHOT"];

    public IEnumerable<Route> Routes() =>
    [
        new("POST", "/lists", static _ => Writes, Create),
        new("GET", "/lists", static _ => Reads, ReadMany),
        new("POST", "/lists/search", static _ => Reads, Search),
        new("GET", "/lists/{id}", static _ => Reads, call => One(call, Known(call))),
        new("GET", "/lists/object-type-id/{type}/name/{name}", static _ => Reads, ReadByName),
        new("PUT", "/lists/{id}/update-list-name", static _ => Writes, Rename),
        new("PUT", "/lists/{id}/update-list-filters", static _ => Writes, Refilter),
        new("DELETE", "/lists/{id}", static _ => Writes, Delete),
        new("PUT", "/lists/{id}/restore", static _ => Writes, Restore),
    ];

    /// <summary>A list that is not deleted.</summary>
    public CrmList Known(Call call) => portal.Lists.Find(JsonReading.ReadId(call[0])) is { DeletedMs: null } list ? list : throw Refuse.NotFound($"List {call[0]} does not exist");

    private SandboxResponse Create(Call call)
    {
        (string name, string kind) = (call.Body.Need("name"), call.Body.Need("processingType"));
        ObjectType type = portal.Types.Find(call.Body.Need("objectTypeId")) ?? throw Refuse.UnknownType(call.Body.Need("objectTypeId"));
        if (!Kinds.Contains(kind)) throw Refuse.Invalid($"{kind} is no processingType");
        RefuseTaken(name, type);
        if (kind == "DYNAMIC" && call.Body.Member("filterBranch").IsMissing()) throw Refuse.Invalid("A DYNAMIC list needs a filterBranch");
        CrmList made = portal.Lists.Add(name, type, kind, portal.NowMs);
        made.FilterBranch = FilterOf(call);
        return Wrapped(made);
    }

    private SandboxResponse ReadMany(Call call)
    {
        IReadOnlyList<string> ids = call.Names("listIds");
        return Answers.Object(writer => writer.WriteArray("lists", portal.Lists.All.Where(l => l.DeletedMs is null && ids.Contains(l.Id.ToString(CultureInfo.InvariantCulture))), Write));
    }

    private SandboxResponse Search(Call call)
    {
        int count = call.Body.Whole("count") ?? DefaultRows, offset = call.Body.Whole("offset") ?? 0;
        if (count is < 0 or > MostRows) throw Refuse.Invalid($"count must be between 0 and {MostRows}");
        IReadOnlyList<string> kinds = call.Body.Texts("processingTypes");
        string query = call.Body.Text("query") ?? "";
        CrmList[] found = [.. portal.Lists.All.Where(l => l.DeletedMs is null && l.Name.Contains(query, StringComparison.OrdinalIgnoreCase) && (kinds.Count == 0 || kinds.Contains(l.Processing)))];
        return Answers.Object(writer =>
        {
            writer.WriteArray("lists", found.Skip(offset).Take(count), Write);
            writer.WriteBoolean("hasMore", offset + count < found.Length);
            writer.WriteNumber("offset", Math.Min(offset + count, found.Length));
            writer.WriteNumber("total", found.Length);
        });
    }

    private SandboxResponse ReadByName(Call call)
    {
        ObjectType type = portal.Table(call[0]).Type;
        return Wrapped(portal.Lists.All.Find(l => l.DeletedMs is null && l.Type == type && l.Name == call[1]) ?? throw Refuse.NotFound($"List {call[1]} does not exist"));
    }

    private SandboxResponse Rename(Call call)
    {
        CrmList list = Known(call);
        string name = call.Parameter("listName") ?? throw Refuse.Invalid("listName is missing");
        RefuseTaken(name, list.Type);
        (list.Name, list.Version) = (name, list.Version + 1);
        return UpdatedAs(list);
    }

    private SandboxResponse Refilter(Call call)
    {
        CrmList list = Known(call);
        if (list.Processing != "DYNAMIC") throw Refuse.Invalid("Only DYNAMIC lists have filters");
        (list.FilterBranch, list.Version) = (FilterOf(call), list.Version + 1);
        return UpdatedAs(list);
    }

    private SandboxResponse Delete(Call call)
    {
        Known(call).DeletedMs = portal.NowMs;
        return Answers.Empty;
    }

    private SandboxResponse Restore(Call call)
    {
        CrmList? list = portal.Lists.Find(JsonReading.ReadId(call[0]));
        if (list?.DeletedMs is not { } deleted || portal.NowMs - deleted > TimeSpan.FromDays(90).TotalMilliseconds) throw Refuse.NotFound();
        list.DeletedMs = null;
        return Answers.Empty;
    }

    private static string? FilterOf(Call call) => call.Body.Member("filterBranch") is var branch && branch.IsMissing() ? null : branch.GetRawText();

    private void RefuseTaken(string name, ObjectType type)
    {
        if (portal.Lists.All.Exists(l => l.DeletedMs is null && l.Type == type && l.Name == name)) throw Refuse.Invalid($"A list named '{name}' already exists");
    }

    // A single read wraps its list as a creation does.
    private static SandboxResponse One(Call call, CrmList list) => Answers.Object(writer => WriteList(writer, list, withFilters: call.Flag("includeFilters")));

    private static SandboxResponse Wrapped(CrmList list) => Answers.Object(writer => WriteList(writer, list, withFilters: false));

    private static SandboxResponse UpdatedAs(CrmList list) => Answers.Object(writer =>
    {
        writer.WritePropertyName("updatedList");
        Write(writer, list);
    });

    private static void WriteList(Utf8JsonWriter writer, CrmList list, bool withFilters)
    {
        writer.WritePropertyName("list");
        Write(writer, list, withFilters);
    }

    private static void Write(Utf8JsonWriter writer, CrmList list) => Write(writer, list, withFilters: false);

    private static void Write(Utf8JsonWriter writer, CrmList list, bool withFilters)
    {
        writer.WriteStartObject();
        writer.WriteId("listId", list.Id);
        writer.WriteString("name", list.Name);
        writer.WriteString("objectTypeId", list.Type.Id);
        writer.WriteString("processingType", list.Processing);
        writer.WriteString("processingStatus", "COMPLETE");
        writer.WriteNumber("size", list.Members.Count);
        writer.WriteNumber("listVersion", list.Version);
        writer.WriteTime("createdAt", list.CreatedMs);
        if (withFilters && list.FilterBranch is { } branch)
        {
            writer.WritePropertyName("filterBranch");
            writer.WriteRawValue(branch);
        }
        writer.WriteEndObject();
    }
}
