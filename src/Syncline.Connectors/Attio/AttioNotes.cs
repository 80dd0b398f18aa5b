using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>One note into a record.</summary>
internal sealed class AttioNoteReader(AttioOptions options)
{
    public RemoteRecord Read(JsonElement row)
    {
        string stream = options.StreamOf(AttioValues.Text(row, "parent_object") ?? "");
        AttioNoteText text = AttioNoteText.Read(AttioValues.Text(row, "content_plaintext") ?? "", AttioValues.Text(row, "content_markdown"));
        DateTimeOffset? created = AttioValues.Text(row, "created_at") is { } written ? AttioValues.Time(written) : null;
        FieldSet fields = FieldSet.Of(
            (AttioEntryReader.ParentField(stream), AttioValues.Text(row, "parent_record_id") is { } id ? FieldValue.Reference(stream, id) : null),
            ("title", FieldValue.TextOrNone(AttioValues.Text(row, "title"))),
            ("content", FieldValue.TextOrNone(text.Content)),
            (AttioNoteText.Format, text.IsMarkdown ? FieldValue.Of(AttioNoteText.Markdown) : null),
            ("created_at", created is { } at ? FieldValue.Of(at) : null),
            ("note_key", FieldValue.TextOrNone(text.Key)));
        return new(new(options.Connection, AttioOptions.Notes, IdOf(row)), RecordKind.Note, fields) { ModifiedAt = created, Version = ContentVersion.Of(fields) };
    }

    public static string IdOf(JsonElement row) => AttioValues.Text(row.GetProperty("id"), "note_id")!;
}

/// <summary>All notes, oldest first. Not a census: one workspace is known whose unfiltered listing stayed empty.</summary>
internal sealed class AttioNotes(AttioApi api, AttioOptions options, TimeProvider clock) : IPointSource
{
    /// <summary>The most one page of notes holds.</summary>
    public const int PageRows = 50;

    // So many rows of a page are read again with the next one: if none of them comes back, earlier notes were deleted meanwhile, pages have shifted, and the listing begins anew.
    private const int Overlap = 5;

    private readonly AttioNoteReader _reader = new(options);

    public StreamDescriptor Stream { get; } = new(new(options.Connection, AttioOptions.Notes), [RecordKind.Note]);

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AttioPosition at = AttioPosition.From(request, clock.GetUtcNow());
        int left = request.MaxRecords ?? int.MaxValue, pages = 0;
        while (left > 0)
        {
            IReadOnlyList<JsonElement> rows = await api.ListAsync("attio.notes.list", PathOf(at.Offset, ""), cancellationToken);
            if (at.Offset > 0 && !rows.Any(r => at.Seen.Contains(AttioNoteReader.IdOf(r))))
            {
                at = new(at.Started);
                continue;
            }
            RemoteRecord[] fresh = [.. rows.Where(r => !at.Seen.Contains(AttioNoteReader.IdOf(r))).Take(left).Select(_reader.Read)];
            left -= fresh.Length;
            at = Next(at, rows);
            yield return await AttioPages.PageAsync(Stream.Id, fresh, at.ToCursor(), request, cancellationToken) with { CompletesSweep = at.IsDone };
            if (at.IsDone || ++pages == request.MaxPages) yield break;
        }
    }

    /// <remarks>Notes cannot be filtered by their own ids: each is a call.</remarks>
    public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        List<RemoteRecord> notes = [];
        foreach (string id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await api.FindAsync("attio.notes.get", $"v2/notes/{Uri.EscapeDataString(id)}", cancellationToken) is { } answer) notes.Add(_reader.Read(answer.GetProperty("data")));
        }
        return notes;
    }

    /// <param name="parent">More of the query, with its leading ampersand.</param>
    public static string PathOf(int offset, string parent) => string.Create(CultureInfo.InvariantCulture, $"v2/notes?limit={PageRows}&offset={offset}{parent}");

    private static AttioPosition Next(AttioPosition at, IReadOnlyList<JsonElement> rows) => rows.Count < PageRows
        ? at with { IsDone = true, Seen = [] }
        : at with { Offset = at.Offset + PageRows - Overlap, Seen = [.. rows.TakeLast(Overlap).Select(AttioNoteReader.IdOf)] };
}
