using System.Text.Json;
using Syncline.Imports;
using Syncline.Records;

namespace Syncline.Connectors.Attio.Browsing;

/// <summary>The records of one object: companies and people, and whatever stands in a list.</summary>
internal sealed class BrowsedObject(AttioApi api, AttioSchema schema, AttioOptions options)
{
    // How many values an $in takes is not documented; so many are taken by every query of ours.
    private const int ReadTogether = 100;

    private static readonly HashSet<string> Telling =
        [.. (string[])["domains", "employee_range", "categories", "primary_location", "email_addresses", "phone_numbers", "job_title", "stage", "value", "value.currency_code"]];

    private readonly AttioSimplified _simplified = new(options);

    public static bool IsOne(string place) => place is AttioOptions.Companies or AttioOptions.People;

    public async Task<BrowsePage> BrowseAsync(BrowseQuery query, CancellationToken cancellationToken)
    {
        string target = AttioSchema.ObjectTarget(query.Place);
        AttioAttributes attributes = await schema.AttributesAsync(target, cancellationToken);
        Action<Utf8JsonWriter>? filter = new AttioFilter(attributes).Of(query.Filters, AttioSearch.InRecords(attributes, query.Search));
        // One row more than is shown tells whether there is a next page: no answer says how many there are.
        IReadOnlyList<JsonElement> rows = await QueryAsync(query.Place, filter, query.Limit + 1, query.Offset, cancellationToken);
        return new([.. rows.Take(query.Limit).Select(row => RowOf(row, attributes))], rows.Count > query.Limit);
    }

    public async Task<IReadOnlyList<ImportedRecord>> ReadAsync(string slug, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        (IReadOnlyList<JsonElement> rows, AttioAttributes attributes) = await FetchAsync(slug, ids, cancellationToken);
        return [.. rows.Select(row => RecordOf(row, slug == AttioOptions.Companies ? "company" : slug == AttioOptions.People ? "person" : "record", attributes))];
    }

    public static FieldSet KeyAttributes(FieldSet simplified) => simplified.Where(Telling.Contains);

    private async Task<(IReadOnlyList<JsonElement> Rows, AttioAttributes Attributes)> FetchAsync(string slug, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        AttioAttributes attributes = await schema.AttributesAsync(AttioSchema.ObjectTarget(slug), cancellationToken);
        List<JsonElement> rows = [];
        // What is no UUID is no record, and a filter with it among others would be refused as a whole.
        foreach (string[] some in ids.Where(id => Guid.TryParse(id, out _)).Distinct(StringComparer.OrdinalIgnoreCase).Chunk(ReadTogether))
        {
            rows.AddRange(await QueryAsync(slug, json => AttioBody.Nested(json, "record_id", id => AttioBody.Strings(id, "$in", some)), AttioOptions.MaxRows, 0, cancellationToken));
        }
        return (rows, attributes);
    }

    private Task<IReadOnlyList<JsonElement>> QueryAsync(string slug, Action<Utf8JsonWriter>? filter, int limit, int offset, CancellationToken cancellationToken) =>
        api.QueryAsync($"attio.{slug}.browse", $"v2/{AttioSchema.ObjectTarget(slug)}/records/query", AttioBody.Query(filter, limit, offset), cancellationToken);

    private BrowsedRow RowOf(JsonElement row, AttioAttributes attributes)
    {
        FieldSet fields = _simplified.Read(row.GetProperty("values"), attributes);
        return new(IdOf(row), AttioSimplified.NameOf(fields), AttioValues.Text(row, "web_url"), KeyAttributes(fields));
    }

    private ImportedRecord RecordOf(JsonElement row, string type, AttioAttributes attributes)
    {
        FieldSet fields = _simplified.Read(row.GetProperty("values"), attributes);
        return new("attio", type, IdOf(row), AttioSimplified.NameOf(fields))
        {
            WebUrl = AttioValues.Text(row, "web_url"),
            // Both stand at the top of the file.
            Attributes = fields.Where(name => name is not ("record_id" or "name")),
        };
    }

    private static string IdOf(JsonElement row) => AttioValues.Text(row.GetProperty("id"), "record_id")!;
}
