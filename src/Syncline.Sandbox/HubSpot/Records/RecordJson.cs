using System.Text.Json;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>What a read shows of each record.</summary>
/// <param name="Properties">By name.</param>
/// <param name="WithHistory">Those of which every past value is told.</param>
/// <param name="Linked">The types whose associations are told.</param>
internal sealed record View(IReadOnlyList<Property> Properties, IReadOnlyList<Property> WithHistory, IReadOnlyList<ObjectType> Linked);

/// <summary>Records as JSON.</summary>
internal sealed class RecordJson(HubSpotPortal portal)
{
    // The rows of a batch write the same properties: what their answers show is worked out once.
    private (CrmTable? Table, Property[] Written, View View) _last = (null, [], new([], [], []));

    /// <summary>Unknown names are passed over without a word.</summary>
    public View ViewOf(CrmTable table, IReadOnlyList<string> names, IReadOnlyList<string> withHistory, IReadOnlyList<string> linked) => new(
        names.Count == 0 ? table.Catalogue.Shown : Shown(table, Known(table, names)),
        [.. Known(table, withHistory).Distinct()],
        [.. linked.Select(n => portal.Types.Find(n) ?? throw Refuse.UnknownType(n))]);

    /// <summary>What the answer to a write shows: the usual properties and the written ones.</summary>
    public View ViewOf(CrmTable table, Draft draft)
    {
        if (_last.Table == table && IsOf(draft, _last.Written)) return _last.View;
        Property[] written = [.. draft.Values.Select(v => v.Property)];
        _last = (table, written, new(Ordered(table.Catalogue.Shown.Concat(written)), [], []));
        return _last.View;
    }

    public void Write(Utf8JsonWriter writer, Call call, CrmRecord record, View view, Action<Utf8JsonWriter>? more = null)
    {
        writer.WriteStartObject();
        writer.WriteId("id", record.Id);
        WriteProperties(writer, record, view);
        if (view.WithHistory.Count > 0) WriteHistories(writer, record, view);
        writer.WriteTime("createdAt", record.CreatedMs);
        writer.WriteTime("updatedAt", record.ModifiedMs);
        writer.WriteBoolean("archived", record.ArchivedMs != 0);
        if (record.ArchivedMs != 0) writer.WriteTime("archivedAt", record.ArchivedMs);
        if (call.Version >= ApiVersion.Dated202603) writer.WriteString("url", $"https://app.hubspot.com/contacts/{portal.Options.PortalId}/record/{record.Type.Id}/{record.Id}");
        if (view.Linked.Count > 0) WriteLinks(writer, record, view);
        more?.Invoke(writer);
        writer.WriteEndObject();
    }

    public static void WriteWarnings(Utf8JsonWriter writer, Draft draft)
    {
        if (draft.Normalisations.Count == 0) return;
        writer.WriteArray("warnings", draft.Normalisations, static (w, n) =>
        {
            w.WriteStartObject();
            w.WriteString("category", "PROPERTY_VALUE_NORMALIZED");
            w.WriteString("message", $"The value of {n.Property} was normalized from {n.Raw} to {n.Value}");
            w.WriteStartObject("context");
            w.WriteString("propertyName", n.Property);
            w.WriteString("rawValue", n.Raw);
            w.WriteString("normalizedValue", n.Value);
            w.WriteEndObject();
            w.WriteEndObject();
        });
    }

    private static bool IsOf(Draft draft, Property[] properties)
    {
        if (draft.Values.Count != properties.Length) return false;
        for (int i = 0; i < properties.Length; i++)
        {
            if (draft.Values[i].Property != properties[i]) return false;
        }
        return true;
    }

    private static IReadOnlyList<Property> Ordered(IEnumerable<Property> properties) => [.. properties.Distinct().OrderBy(p => p.Name, StringComparer.Ordinal)];

    private static IReadOnlyList<Property> Shown(CrmTable table, IEnumerable<Property> asked) =>
        Ordered(asked.Append(table.Catalogue.Created).Append(table.Catalogue.Modified).Append(table.Catalogue.Id));

    private IEnumerable<Property> Known(CrmTable table, IReadOnlyList<string> names)
    {
        long now = portal.NowMs;
        return names.Select(n => table.Catalogue.Live(n, now)).OfType<Property>();
    }

    private static void WriteProperties(Utf8JsonWriter writer, CrmRecord record, View view)
    {
        writer.WriteStartObject("properties");
        foreach (Property property in view.Properties) writer.WriteOptional(property.Name, record[property]);
        writer.WriteEndObject();
    }

    private static void WriteHistories(Utf8JsonWriter writer, CrmRecord record, View view)
    {
        writer.WriteStartObject("propertiesWithHistory");
        foreach (Property property in view.WithHistory)
        {
            IEnumerable<PastValue> history = property.Computed is null ? record.History(property.Number)
                : record[property] is { } value ? [new(property.Number, value, record.CreatedMs, record.Origin)] : [];
            writer.WriteArray(property.Name, history, WritePast);
        }
        writer.WriteEndObject();
    }

    private static void WritePast(Utf8JsonWriter writer, PastValue past)
    {
        writer.WriteStartObject();
        writer.WriteString("value", past.Value);
        writer.WriteTime("timestamp", past.AtMs);
        writer.WriteString("sourceType", past.Source.Type);
        if (past.Source.Id is not null) writer.WriteString("sourceId", past.Source.Id);
        if (past.Source.Label is not null) writer.WriteString("sourceLabel", past.Source.Label);
        if (past.Source.UserId is { } user) writer.WriteNumber("updatedByUserId", user);
        writer.WriteEndObject();
    }

    private void WriteLinks(Utf8JsonWriter writer, CrmRecord record, View view)
    {
        if (view.Linked.All(t => record.Links.OfType(t.Number).Length == 0)) return;
        writer.WriteStartObject("associations");
        foreach (ObjectType type in view.Linked)
        {
            ReadOnlySpan<Link> links = record.Links.OfType(type.Number);
            if (links.Length == 0) continue;
            writer.WriteStartObject(type.Name);
            writer.WriteStartArray("results");
            foreach (ref readonly Link link in links) WriteLink(writer, link);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <summary>A pair is told once for each of its types.</summary>
    private void WriteLink(Utf8JsonWriter writer, Link link)
    {
        foreach (int id in link.TypeIds)
        {
            writer.WriteStartObject();
            writer.WriteId("id", link.Other.Id);
            writer.WriteString("type", portal.Associations.Find(id)!.Name);
            writer.WriteEndObject();
        }
    }
}
