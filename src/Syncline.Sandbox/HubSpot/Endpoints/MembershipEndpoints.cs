using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Who is on a list. Ids only; already-members and unknown ids are passed over.</summary>
internal sealed class MembershipEndpoints(HubSpotPortal portal, ListEndpoints lists)
{
    private const int DefaultRows = 100, MostRows = 250, MostMembers = 100_000;

    private static readonly string[] Reads = ["crm.lists.read"], Writes = ["crm.lists.write"];

    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/lists/{id}/memberships", static _ => Reads, call => List(call, [.. lists.Known(call).Members])),
        new("GET", "/lists/{id}/memberships/join-order", static _ => Reads, call => List(call, [.. lists.Known(call).Members.OrderBy(m => m.Value).ThenBy(m => m.Key)])),
        new("PUT", "/lists/{id}/memberships/add", static _ => Writes, call => Write(call, BareIds(call), [])),
        new("PUT", "/lists/{id}/memberships/remove", static _ => Writes, call => Write(call, [], BareIds(call))),
        new("PUT", "/lists/{id}/memberships/add-and-remove", static _ => Writes, call => Write(call, call.Body.Texts("recordIdsToAdd"), call.Body.Texts("recordIdsToRemove"))),
        new("PUT", "/lists/{id}/memberships/add-from/{source}", static _ => Writes, AddFrom),
        new("DELETE", "/lists/{id}/memberships", static _ => Writes, Clear),
        new("GET", "/lists/records/{type}/{record}/memberships", static _ => Reads, OfRecord),
    ];

    private static SandboxResponse List(Call call, KeyValuePair<long, long>[] members)
    {
        int limit = call.Number("limit", DefaultRows, 1, MostRows);
        // An offset in whatever order was asked for: to the client a cursor is opaque.
        int start = (int)(JsonReading.ReadId(call.Parameter("after")) ?? 0);
        KeyValuePair<long, long>[] page = [.. members.Skip(start).Take(limit)];
        return Answers.Object(writer =>
        {
            writer.WriteNumber("total", members.Length);
            writer.WriteArray("results", page, static (w, member) =>
            {
                w.WriteStartObject();
                w.WriteId("recordId", member.Key);
                w.WriteTime("membershipTimestamp", member.Value);
                w.WriteEndObject();
            });
            writer.WritePaging(call, start + limit < members.Length ? (start + limit).ToString(CultureInfo.InvariantCulture) : null);
        });
    }

    private static IReadOnlyList<string> BareIds(Call call) => call.Body.ValueKind == JsonValueKind.Array
        ? [.. call.Body.EnumerateArray().Select(i => i.Text()).OfType<string>()]
        : throw Refuse.Invalid("Invalid input JSON: expected an array of record ids");

    private SandboxResponse Write(Call call, IReadOnlyList<string> adding, IReadOnlyList<string> removing)
    {
        CrmList list = Writable(call);
        CrmTable table = portal.Table(list.Type);
        List<long> added = [], removed = [];
        List<string> missing = [];
        foreach (string id in adding)
        {
            if (RecordLookup.ById(table, id) is not { IsLive: true } record) missing.Add(id);
            else if (list.Add(record.Id, portal.NowMs)) added.Add(record.Id);
        }
        foreach (string id in removing)
        {
            if (JsonReading.ReadId(id) is { } number && list.Remove(number)) removed.Add(number);
            else if (RecordLookup.ById(table, id) is not { IsLive: true }) missing.Add(id);
        }
        return Answers.Object(writer =>
        {
            // The first name really has "records".
            writer.WriteArray("recordsIdsAdded", added, WriteText);
            writer.WriteArray("recordIdsRemoved", removed, WriteText);
            writer.WriteArray("recordIdsMissing", missing, static (w, id) => w.WriteStringValue(id));
        });
    }

    private SandboxResponse AddFrom(Call call)
    {
        CrmList list = Writable(call), source = portal.Lists.Find(JsonReading.ReadId(call[1])) is { DeletedMs: null } known ? known : throw Refuse.NotFound();
        RefuseLarge(source);
        foreach (long id in source.Members.Keys) list.Add(id, portal.NowMs);
        return Answers.Empty;
    }

    private SandboxResponse Clear(Call call)
    {
        CrmList list = Writable(call);
        RefuseLarge(list);
        list.Clear();
        return Answers.Empty;
    }

    private SandboxResponse OfRecord(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        CrmRecord record = RecordLookup.ById(table, call[1]) ?? throw Refuse.NotFound();
        IEnumerable<CrmList> member = portal.Lists.All.Where(l => l.DeletedMs is null && l.Type == table.Type && l.Members.ContainsKey(record.Id));
        return Answers.Object(writer => writer.WriteArray("results", member, (w, list) =>
        {
            w.WriteStartObject();
            w.WriteId("listId", list.Id);
            w.WriteNumber("listVersion", list.Version);
            w.WriteTime("firstAddedTimestamp", list.Members[record.Id]);
            w.WriteTime("lastAddedTimestamp", list.Members[record.Id]);
            w.WriteEndObject();
        }));
    }

    private CrmList Writable(Call call) => lists.Known(call) is { IsWritable: true } list ? list : throw Refuse.Invalid("Memberships of a DYNAMIC list cannot be changed");

    private static void RefuseLarge(CrmList list)
    {
        if (list.Members.Count >= MostMembers) throw Refuse.Invalid($"The list has {MostMembers} members or more");
    }

    private static void WriteText(Utf8JsonWriter writer, long id) => writer.WriteStringValue(id.ToString(CultureInfo.InvariantCulture));
}
