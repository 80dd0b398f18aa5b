using System.Text.Json;
using Syncline.Imports;
using Syncline.Records;

namespace Syncline.Connectors.Attio.Browsing;

/// <summary>The entries of a list, each shown with the record it is about. An entry has no name and no page of its own: both are the record's.</summary>
internal sealed class BrowsedEntries(AttioApi api, AttioSchema schema, AttioOptions options, BrowsedObject objects)
{
    /// <summary>Stands before the values of the entry itself, among those of its record.</summary>
    private const string Own = "entry.";

    private readonly AttioSimplified _simplified = new(options);

    public async Task<BrowsePage> BrowseAsync(AttioList list, BrowseQuery query, CancellationToken cancellationToken)
    {
        string target = AttioSchema.ListTarget(list.ApiSlug);
        AttioAttributes attributes = await schema.AttributesAsync(target, cancellationToken);
        Action<Utf8JsonWriter>? search = await SearchAsync(list, query.Search, cancellationToken);
        byte[] body = AttioBody.Query(new AttioFilter(attributes).Of(query.Filters, search), query.Limit + 1, query.Offset);
        IReadOnlyList<JsonElement> rows = await api.QueryAsync("attio.entries.browse", $"v2/{target}/entries/query", body, cancellationToken);
        IReadOnlyList<ImportedRecord> entries = await WithRecordsAsync(list, [.. rows.Take(query.Limit)], attributes, cancellationToken);
        return new([.. entries.Select(RowOf)], rows.Count > query.Limit);
    }

    /// <remarks>Entries cannot be filtered by their own ids: each is a call.</remarks>
    public async Task<IReadOnlyList<ImportedRecord>> ReadAsync(AttioList list, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        string target = AttioSchema.ListTarget(list.ApiSlug);
        AttioAttributes attributes = await schema.AttributesAsync(target, cancellationToken);
        List<JsonElement> rows = [];
        foreach (string id in ids.Where(id => Guid.TryParse(id, out _)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (await api.FindAsync("attio.entries.get", $"v2/{target}/entries/{Uri.EscapeDataString(id)}", cancellationToken) is { } answer) rows.Add(answer.GetProperty("data"));
        }
        return await WithRecordsAsync(list, rows, attributes, cancellationToken);
    }

    private async Task<Action<Utf8JsonWriter>?> SearchAsync(AttioList list, string? text, CancellationToken cancellationToken)
    {
        if (text is null || list.ParentObject is not [var parent, ..]) return null;
        return AttioSearch.InEntries(list.ApiSlug, parent, await schema.AttributesAsync(AttioSchema.ObjectTarget(parent), cancellationToken), text);
    }

    private async Task<IReadOnlyList<ImportedRecord>> WithRecordsAsync(AttioList list, IReadOnlyList<JsonElement> rows, AttioAttributes attributes, CancellationToken cancellationToken)
    {
        Dictionary<string, ImportedRecord> records = new(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, JsonElement> parents in rows.GroupBy(r => AttioValues.Text(r, "parent_object") ?? "", StringComparer.Ordinal))
        {
            foreach (ImportedRecord record in await objects.ReadAsync(parents.Key, parents.Select(ParentOf), cancellationToken)) records[record.Id] = record;
        }
        return [.. rows.Select(row => EntryOf(list, row, records.GetValueOrDefault(ParentOf(row)), attributes))];
    }

    /// <param name="record">Null when it was deleted between the two readings.</param>
    private ImportedRecord EntryOf(AttioList list, JsonElement row, ImportedRecord? record, AttioAttributes attributes)
    {
        FieldSet own = _simplified.Read(row.GetProperty("entry_values"), attributes).Where(name => name is not ("entry_id" or "parent_record"));
        return new("attio", "list_entry", AttioValues.Text(row.GetProperty("id"), "entry_id")!, record?.Name ?? "")
        {
            WebUrl = record?.WebUrl,
            Entry = new(list.ApiSlug, ParentOf(row)),
            Attributes = (record?.Attributes ?? FieldSet.Empty).With([.. own.Select(f => (Own + f.Name, (FieldValue?)f.Value))]),
        };
    }

    private static BrowsedRow RowOf(ImportedRecord entry) => new(
        entry.Id, entry.Name, entry.WebUrl,
        BrowsedObject.KeyAttributes(entry.Attributes).With([.. entry.Attributes.Where(IsOwn).Select(f => (f.Name[Own.Length..], (FieldValue?)f.Value))]));

    private static bool IsOwn(Field field) => field.Name.StartsWith(Own, StringComparison.Ordinal) && field.Name is not (Own + "created_at" or Own + "created_by");

    private static string ParentOf(JsonElement row) => AttioValues.Text(row, "parent_record_id")!;
}
