using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>The lists the key may see; not paginated.</summary>
internal sealed class AttioLists(AttioSchema schema, AttioOptions options, TimeProvider clock) : ISource
{
    public StreamDescriptor Stream { get; } = new(new(options.Connection, AttioOptions.Lists), [RecordKind.List]) { IsCensus = true };

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<AttioList> lists = await schema.ListsAsync(cancellationToken);
        RemoteRecord[] records = [.. lists.Take(request.MaxRecords ?? lists.Count).Select(ToRecord)];
        AttioPosition end = new(clock.GetUtcNow()) { IsDone = true };
        yield return await AttioPages.PageAsync(Stream.Id, records, end.ToCursor(), request, cancellationToken) with { CompletesSweep = records.Length == lists.Count };
    }

    private RemoteRecord ToRecord(AttioList list)
    {
        FieldSet fields = FieldSet.Of(
            ("name", FieldValue.TextOrNone(list.Name)),
            ("api_slug", FieldValue.TextOrNone(list.ApiSlug)),
            ("parent_object", FieldValue.List(list.ParentObject.Select(FieldValue.Of))));
        return new(Stream.Id.Key(list.Id.ListId!), RecordKind.List, fields) { Version = ContentVersion.Of(fields) };
    }
}

/// <summary>The entries of every list, list by list, oldest first. An entry's id is <c>list id:entry id</c>, because it cannot be read without its list.</summary>
internal sealed class AttioEntries(AttioApi api, AttioSchema schema, AttioOptions options, TimeProvider clock) : IPointSource
{
    private readonly AttioEntryReader _reader = new(options);

    public StreamDescriptor Stream { get; } = new(new(options.Connection, AttioOptions.Entries), [RecordKind.ListEntry]) { IsCensus = true };

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AttioPosition at = AttioPosition.From(request, clock.GetUtcNow());
        bool isWhole = at.List is null;
        string[] lists = [.. (await schema.ListsAsync(cancellationToken)).Select(l => l.Id.ListId!).Order(StringComparer.Ordinal)];
        int? left = request.MaxRecords;
        int pages = 0;
        foreach (string list in lists.Where(l => string.CompareOrdinal(l, at.List) >= 0))
        {
            AttioPosition from = list == at.List ? at : new(at.Started) { List = list };
            await foreach (Page page in ReadListAsync(list, from, list == lists[^1], left, request, cancellationToken))
            {
                left -= page.Covered;
                yield return page with { CompletesSweep = page.CompletesSweep && isWhole };
                if (++pages == request.MaxPages || left <= 0) yield break;
            }
        }
        if (pages == 0) yield return new([], (at with { IsDone = true }).ToCursor()) { CompletesSweep = isWhole };
    }

    /// <remarks>Entries cannot be filtered by their own ids: each is a call.</remarks>
    public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        List<RemoteRecord> records = [];
        Dictionary<string, AttioAttributes> known = new(StringComparer.Ordinal);
        foreach (string id in ids.Distinct(StringComparer.Ordinal))
        {
            if (id.Split(':') is not [var list, var entry]) continue;
            string target = AttioSchema.ListTarget(list);
            if (await api.FindAsync("attio.entries.get", $"v2/{target}/entries/{Uri.EscapeDataString(entry)}", cancellationToken) is not { } answer) continue;
            if (!known.TryGetValue(list, out AttioAttributes? attributes)) known[list] = attributes = await schema.AttributesAsync(target, cancellationToken);
            records.Add(_reader.Read(answer.GetProperty("data"), attributes));
        }
        return records;
    }

    private async IAsyncEnumerable<Page> ReadListAsync(
        string list, AttioPosition from, bool isLast, int? left, ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string target = AttioSchema.ListTarget(list);
        AttioAttributes attributes = await schema.AttributesAsync(target, cancellationToken);
        AttioSweep sweep = new(api, "attio.entries.query", $"v2/{target}/entries/query", "entry_id", "entry_values", options.PageSize);
        await foreach (SweptRows swept in sweep.RunAsync(from, left, cancellationToken))
        {
            RemoteRecord[] records = [.. swept.Rows.Select(row => _reader.Read(row, attributes))];
            // The end of one list is a place in the middle of the sweep: the next run goes on with the list after it.
            AttioPosition next = swept.Next.IsDone && !isLast ? swept.Next with { IsDone = false } : swept.Next;
            yield return await AttioPages.PageAsync(Stream.Id, records, next.ToCursor(), request, cancellationToken) with { CompletesSweep = next.IsDone };
        }
    }
}

/// <summary>One entry into a record.</summary>
internal sealed class AttioEntryReader(AttioOptions options)
{
    private readonly AttioValues _values = new(options);

    public RemoteRecord Read(JsonElement row, AttioAttributes attributes)
    {
        JsonElement id = row.GetProperty("id");
        string list = AttioValues.Text(id, "list_id")!, entry = AttioValues.Text(id, "entry_id")!;
        string parentStream = options.StreamOf(AttioValues.Text(row, "parent_object") ?? "");
        JsonElement values = row.GetProperty("entry_values");
        FieldSet fields = _values.Read(values, attributes).With(FieldSet.Of(
            ("entry_id", FieldValue.Of(entry)),
            ("list", FieldValue.Reference(AttioOptions.Lists, list)),
            (ParentField(parentStream), FieldValue.Reference(parentStream, AttioValues.Text(row, "parent_record_id")!))));
        return new(new(options.Connection, AttioOptions.Entries, $"{list}:{entry}"), RecordKind.ListEntry, fields)
        {
            ModifiedAt = AttioValues.ModifiedAt(values),
            Version = ContentVersion.Of(fields),
        };
    }

    /// <summary>The field that refers to the record an entry is about: <c>person</c>, <c>company</c>, else <c>parent_record</c>.</summary>
    public static string ParentField(string parentStream) =>
        parentStream switch { AttioOptions.People => "person", AttioOptions.Companies => "company", _ => "parent_record" };
}
