using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>The records of one object, oldest first, all of them at each reading: Attio has no "changed since".</summary>
internal sealed class AttioRecords(AttioApi api, AttioSchema schema, AttioOptions options, TimeProvider clock, string stream, RecordKind kind) : IPointSource
{
    // How many values an $in takes is not documented; so many are taken by every query of ours.
    private const int FetchedTogether = 100;

    private readonly AttioValues _values = new(options);

    public StreamDescriptor Stream { get; } = new(new(options.Connection, stream), [kind]) { IsCensus = true };

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(cancellationToken))
        {
            yield return new([], (AttioPosition.From(request, clock.GetUtcNow()) with { IsDone = true }).ToCursor());
            yield break;
        }
        string target = AttioSchema.ObjectTarget(options.ObjectOf(stream));
        AttioAttributes attributes = await schema.AttributesAsync(target, cancellationToken);
        AttioSweep sweep = new(api, $"attio.{stream}.query", $"v2/{target}/records/query", "record_id", "values", options.PageSize);
        AttioPosition from = AttioPosition.From(request, clock.GetUtcNow());
        int pages = 0;
        await foreach (SweptRows swept in sweep.RunAsync(from, request.MaxRecords, cancellationToken))
        {
            RemoteRecord[] records = [.. swept.Rows.Select(row => ToRecord(sweep.IdOf(row), row.GetProperty("values"), attributes))];
            Page page = await AttioPages.PageAsync(Stream.Id, records, swept.Next.ToCursor(), request, cancellationToken);
            // Of a sweep that was begun in an earlier run, this run has seen only the end: that proves nobody's absence.
            yield return page with { CompletesSweep = swept.Next.IsDone && from.Last is null };
            if (++pages == request.MaxPages) yield break;
        }
    }

    public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(cancellationToken)) return [];
        string target = AttioSchema.ObjectTarget(options.ObjectOf(stream));
        AttioAttributes attributes = await schema.AttributesAsync(target, cancellationToken);
        List<RemoteRecord> records = [];
        // What is no UUID is no record, and a filter with it among others would be refused as a whole.
        foreach (string[] some in ids.Where(id => Guid.TryParse(id, out _)).Distinct(StringComparer.OrdinalIgnoreCase).Chunk(FetchedTogether))
        {
            byte[] body = AttioBody.Query(json => AttioBody.Nested(json, "record_id", id => AttioBody.Strings(id, "$in", some)), AttioOptions.MaxRows, 0);
            IReadOnlyList<JsonElement> rows = await api.QueryAsync($"attio.{stream}.fetch", $"v2/{target}/records/query", body, cancellationToken);
            records.AddRange(rows.Select(row => ToRecord(AttioValues.Text(row.GetProperty("id"), "record_id")!, row.GetProperty("values"), attributes)));
        }
        return records;
    }

    /// <summary>False for a custom object that nobody has made: there is nothing to read, which is no failure and proves no record's absence.</summary>
    private async Task<bool> IsThereAsync(CancellationToken cancellationToken) =>
        stream is AttioOptions.People or AttioOptions.Companies || (await schema.ObjectsAsync(cancellationToken)).Any(o => o.ApiSlug == options.ObjectOf(stream));

    private RemoteRecord ToRecord(string id, JsonElement values, AttioAttributes attributes)
    {
        FieldSet fields = _values.Read(values, attributes);
        return new(Stream.Id.Key(id), kind, fields) { ModifiedAt = AttioValues.ModifiedAt(values), Version = ContentVersion.Of(fields) };
    }
}
