using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Notes on people. They cannot be changed, only made anew; a marker line in the text tells which is which, since there is no field for it.</summary>
internal sealed class AttioNoteTable(AttioApi api, AttioOptions options, TimeProvider clock) : IAttioTable
{
    private const string Key = "note_key", Parent = "person";

    private static readonly AttioAttributes None = new("notes", []);
    private static readonly string[] Known = [Key, Parent, "title", "content", AttioNoteText.Format, "created_at"];

    private readonly AttioNoteReader _reader = new(options);
    private FieldMap _map = AttioMaps.Note;

    public DestinationStream Stream { get; } = new(RecordKind.Note, AttioOptions.Notes, [Key])
    {
        SettleTime = AttioOptions.SettleTime,
        ReadBatch = 20,
        CanUpdate = false,
        RequiredReferences = [Parent],
        ReadEndpoint = "GET notes",
        WriteEndpoint = "POST notes",
    };

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken)
    {
        _map = map;
        IReadOnlyList<Unavailable> unavailable =
            [.. map.Rules.Where(r => r.Direction != MapDirection.In && !Known.Contains(r.Remote)).Select(r => new Unavailable(map.Kind, r.Remote, $"Notes have no '{r.Remote}'."))];
        return Task.FromResult(unavailable);
    }

    public async Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        List<Found> found = [];
        foreach (IGrouping<string, Wanted> ofPerson in wanted.Where(w => w.Fields[Parent] is not null).GroupBy(w => w.Fields[Parent]!.ReferencedId))
        {
            IReadOnlyList<RemoteRecord> notes = await OfPersonAsync(ofPerson.Key, cancellationToken);
            foreach (Wanted one in ofPerson)
            {
                // Of two with one marker the older was to be replaced; the next replacement removes it.
                if (notes.LastOrDefault(n => n.Fields[Key]?.Text == KeyOf(one.Fields, one.GoldenId)) is { } note) found.Add(new(one.GoldenId, note, Key));
            }
        }
        return found;
    }

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Dictionary<string, RemoteRecord> notes = new(StringComparer.Ordinal);
        foreach (string id in ids)
        {
            if (await api.FindAsync("attio.notes.get", PathOf(id), cancellationToken) is { } answer) notes[id] = _reader.Read(answer.GetProperty("data"));
        }
        return notes;
    }

    public async Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken) => operation.Verb switch
    {
        Verb.Delete => await DeleteAsync(operation, operation.RemoteId!, cancellationToken),
        Verb.Create => await CreateAsync(operation, cancellationToken),
        _ => await ReplaceAsync(operation, cancellationToken),
    };

    private async Task<WriteOutcome> ReplaceAsync(Operation operation, CancellationToken cancellationToken)
    {
        FieldSet all = operation.Desired.With(operation.Fields);
        if (all[Parent] is not { } person) return NoPerson();
        IReadOnlyList<RemoteRecord> ours = [.. (await OfPersonAsync(person.ReferencedId, cancellationToken)).Where(n => n.Fields[Key]?.Text == KeyOf(all, operation.GoldenId))];
        // An attempt whose end was lost may have made the new note already.
        RemoteRecord? made = ours.LastOrDefault(n => n.Key.Id != operation.RemoteId && n.Fields["content"]?.Text == all["content"]?.Text.TrimEnd());
        WriteOutcome outcome = made is null ? await CreateAsync(operation with { Fields = all }, cancellationToken) : new WriteOutcome.Written(made);
        if (outcome is not WriteOutcome.Written written) return outcome;
        foreach (string old in ours.Select(n => n.Key.Id).Append(operation.RemoteId!).Distinct().Where(id => id != written.Record.Key.Id))
        {
            if (await DeleteAsync(operation, old, cancellationToken) is not WriteOutcome.Deleted) return new WriteOutcome.Unknown("The new note is there; whether the old one is removed is not known.");
        }
        return outcome;
    }

    private async Task<WriteOutcome> CreateAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (operation.Fields[Parent] is not { } person) return NoPerson();
        byte[] body = AttioBody.Data(json => Write(json, operation, person));
        AttioReply reply = await api.WriteAsync("attio.notes.create", HttpMethod.Post, "v2/notes", body, isIdempotent: false, cancellationToken);
        return reply.Answer is { } answer
            ? new WriteOutcome.Written(_reader.Read(answer.GetProperty("data")))
            : AttioOutcomes.Failed(operation with { RemoteId = null }, reply, None, _map);
    }

    private async Task<WriteOutcome> DeleteAsync(Operation operation, string id, CancellationToken cancellationToken)
    {
        AttioReply reply = await api.WriteAsync("attio.notes.delete", HttpMethod.Delete, PathOf(id), null, isIdempotent: true, cancellationToken);
        return AttioOutcomes.Deletion(operation, reply, None, _map);
    }

    private void Write(Utf8JsonWriter json, Operation operation, FieldValue person)
    {
        json.WriteString("parent_object", options.ObjectOf(person.ReferencedScope));
        json.WriteString("parent_record_id", person.ReferencedId);
        json.WriteString("title", operation.Fields["title"]?.Text ?? "Note");
        AttioNoteText text = new(operation.Fields["content"]?.Text ?? "", KeyOf(operation.Fields, operation.GoldenId), operation.Fields[AttioNoteText.Format]?.Text == AttioNoteText.Markdown);
        json.WriteString("format", text.IsMarkdown ? AttioNoteText.Markdown : "plaintext");
        json.WriteString("content", text.ToSent());
        if (operation.Fields["created_at"] is { Type: Records.FieldType.Time } at) json.WriteString("created_at", Past(at.AsTime()));
    }

    // A note may be dated back, never into the future nor before 1970: either is refused.
    private string Past(DateTimeOffset time)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset allowed = time > now ? now : time < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : time;
        return allowed.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z", CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<RemoteRecord>> OfPersonAsync(string person, CancellationToken cancellationToken)
    {
        List<RemoteRecord> notes = [];
        string parent = $"&parent_object={AttioOptions.People}&parent_record_id={Uri.EscapeDataString(person)}";
        for (bool more = true; more;)
        {
            IReadOnlyList<JsonElement> rows = await api.ListAsync("attio.notes.list", AttioNotes.PathOf(notes.Count, parent), cancellationToken);
            notes.AddRange(rows.Select(_reader.Read));
            more = rows.Count == AttioNotes.PageRows;
        }
        return notes;
    }

    private static string KeyOf(FieldSet fields, long goldenId) => fields[Key]?.Text ?? string.Create(CultureInfo.InvariantCulture, $"note-{goldenId}");

    private static WriteOutcome.Refused NoPerson() => new("no_parent", "A note needs the person it is about.");

    private static string PathOf(string id) => $"v2/notes/{Uri.EscapeDataString(id)}";
}
