using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Associations between two records, one at a time.</summary>
internal sealed class AssociationEndpoints(HubSpotPortal portal)
{
    private const int MostOnPage = 500;

    private readonly LinkReader _links = new(portal);

    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/objects/{type}/{id}/associations/{toType}", ReadScopes, List) { Pool = Pool.Associations },
        new("PUT", "/objects/{type}/{id}/associations/default/{toType}/{toId}", WriteScopes, SetDefault) { Pool = Pool.Associations },
        new("PUT", "/objects/{type}/{id}/associations/{toType}/{toId}", WriteScopes, Set) { Pool = Pool.Associations },
        new("DELETE", "/objects/{type}/{id}/associations/{toType}/{toId}", WriteScopes, Remove) { Pool = Pool.Associations },
    ];

    public IReadOnlyList<string> ReadScopes(Call call) => portal.Table(call[0]).Type.ReadScopes;

    public IReadOnlyList<string> WriteScopes(Call call) => portal.Table(call[0]).Type.WriteScopes;

    /// <summary>One page of a record's associations; the next one starts at the id told.</summary>
    public void WritePage(Utf8JsonWriter writer, Call call, CrmRecord record, ObjectType to, string name, long after, int limit)
    {
        Link[] links = [.. record.Links.OfType(to.Number).ToArray().Where(l => l.Other.Id >= after && l.Other.IsLive).Take(limit + 1)];
        writer.WriteArray(name, links.Take(limit), (w, link) => Write(w, call, link));
        writer.WritePaging(call, links.Length > limit ? $"{links[limit].Other.Id}" : null);
    }

    /// <summary>Ids are numbers in v4 and text in the dated versions.</summary>
    public static void WriteId(Utf8JsonWriter writer, Call call, string name, long id)
    {
        if (call.Version >= ApiVersion.Dated202603) writer.WriteId(name, id);
        else writer.WriteNumber(name, id);
    }

    private void Write(Utf8JsonWriter writer, Call call, Link link)
    {
        writer.WriteStartObject();
        WriteId(writer, call, "toObjectId", link.Other.Id);
        writer.WriteArray("associationTypes", link.TypeIds.Select(id => portal.Associations.Find(id)!), static (w, type) =>
        {
            w.WriteStartObject();
            w.WriteString("category", type.Category);
            w.WriteNumber("typeId", type.Id);
            w.WriteOptional("label", type.Label);
            w.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    private SandboxResponse List(Call call)
    {
        // The dated specification of 2026-09 has no such read: batch/read is what is left.
        if (call.IsNewest) throw Refuse.UnknownPath(call.Request.Path);
        CrmRecord from = RecordLookup.ById(portal.Table(call[0]), call[1]) is { IsLive: true } known ? known : throw Refuse.NotFound();
        long after = JsonReading.ReadId(call.Parameter("after")) ?? 0;
        int limit = call.Number("limit", MostOnPage, 1, MostOnPage);
        return Answers.Object(writer => WritePage(writer, call, from, portal.Table(call[2]).Type, "results", after, limit));
    }

    private SandboxResponse SetDefault(Call call)
    {
        (CrmRecord from, CrmRecord to) = Ends(call);
        portal.Associator.Add(from, to, [portal.Associations.Plain(from.Type, to.Type).Id], call.Source);
        return Answers.Object(writer =>
        {
            writer.WriteString("status", "COMPLETE");
            writer.WriteArray("results", (AssociationType[])[portal.Associations.Plain(from.Type, to.Type)], (w, type) => WriteDefault(w, call, from, to, type));
        });
    }

    public static void WriteDefault(Utf8JsonWriter writer, Call call, CrmRecord from, CrmRecord to, AssociationType type)
    {
        writer.WriteStartObject();
        WriteEnd(writer, call, "from", from);
        WriteEnd(writer, call, "to", to);
        writer.WriteStartObject("associationSpec");
        writer.WriteString("associationCategory", type.Category);
        writer.WriteNumber("associationTypeId", type.Id);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private SandboxResponse Set(Call call)
    {
        (CrmRecord from, CrmRecord to) = Ends(call);
        if (call.Body.ValueKind != JsonValueKind.Array) throw Refuse.Invalid("Invalid input JSON: expected an array of association types");
        portal.Associator.Set(from, to, _links.Types(from.Type, to.Type, call.Body.EnumerateArray()), call.Source);
        return Answers.Object(writer =>
        {
            writer.WriteString("fromObjectTypeId", from.Type.Id);
            WriteId(writer, call, "fromObjectId", from.Id);
            writer.WriteString("toObjectTypeId", to.Type.Id);
            WriteId(writer, call, "toObjectId", to.Id);
            writer.WriteArray("labels", from.Links.Find(to)!.Value.TypeIds.Select(id => portal.Associations.Find(id)!.Label).OfType<string>(), static (w, label) => w.WriteStringValue(label));
        }, 201);
    }

    private SandboxResponse Remove(Call call)
    {
        (CrmRecord from, CrmRecord to) = Ends(call);
        portal.Associator.Remove(from, to, call.Source);
        return Answers.Empty;
    }

    private (CrmRecord From, CrmRecord To) Ends(Call call) => (LinkReader.End(portal.Table(call[0]), call[1]), LinkReader.End(portal.Table(call[2]), call[3]));

    private static void WriteEnd(Utf8JsonWriter writer, Call call, string name, CrmRecord record)
    {
        writer.WriteStartObject(name);
        WriteId(writer, call, "id", record.Id);
        writer.WriteEndObject();
    }
}
