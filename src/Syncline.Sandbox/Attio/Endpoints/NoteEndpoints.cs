using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>Notes: made, read and deleted, never changed. Nothing keeps a caller from making the same note twice.</summary>
internal sealed class NoteEndpoints(AttioWorkspace workspace)
{
    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/v2/notes", Load.Read, _ => Scopes.Notes, List),
        new("POST", "/v2/notes", Load.Write, _ => Scopes.NotesWrite, Create),
        new("GET", "/v2/notes/{note}", Load.Read, _ => Scopes.Notes, call => Note(Find(call))),
        new("DELETE", "/v2/notes/{note}", Load.Write, _ => Scopes.NoteDelete, Delete),
    ];

    private Answer List(Call call)
    {
        int limit = call.Number("limit", 10, 1, 50), offset = call.Number("offset", 0, 0, int.MaxValue);
        IEnumerable<AttioNote> notes = workspace.Notes;
        if (call.Parameter("parent_object") is { } parent)
        {
            AttioTable table = workspace.Object(parent);
            notes = notes.Where(n => n.ParentObject == table);
        }
        if (call.Parameter("parent_record_id") is { } record)
        {
            Guid id = Guid.TryParse(record, out Guid parsed) ? parsed : throw Refuse.Query("parent_record_id", "Invalid uuid");
            notes = notes.Where(n => n.ParentRecord == id);
        }
        return Answer.DataArray(notes.OrderBy(n => n.CreatedAt).Skip(offset).Take(limit), Write);
    }

    private Answer Create(Call call)
    {
        JsonObject data = call.Data();
        AttioTable table = workspace.Object(data.NeedText("parent_object"));
        string title = data.NeedText("title"), format = data.NeedText("format"), content = data.NeedText("content");
        Row parent = workspace.Record(table, data.NeedText("parent_record_id"));
        if (format is not ("plaintext" or "markdown")) throw Refuse.Body("Invalid format", "plaintext|markdown", format, "data", "format");
        if (Encoding.UTF8.GetByteCount(content) > workspace.Switches.MostNoteBytes) throw Refuse.TooLarge("The note is too large.");
        string plain = format == "markdown" ? Markdown.ToPlain(content) : content;
        AttioNote note = new(workspace.Ids.Next(), table, parent.Id, title, plain, content, Meeting(data), call.Actor, CreatedAt(data));
        workspace.Notes.Add(note);
        workspace.Hooks.RaiseNote("created", note, call.Actor);
        return Note(note);
    }

    private Answer Delete(Call call)
    {
        Removal.RemoveNote(workspace, Find(call), call.Actor);
        return Answer.Empty;
    }

    private AttioNote Find(Call call) =>
        workspace.Notes.Find(n => n.Id == WireId.Read(call[0])) ?? throw Refuse.NotFound($"Note with ID \"{call[0]}\" not found.");

    // Backdating is allowed, down to 1970; the future is not.
    private DateTime CreatedAt(JsonObject data)
    {
        if (data["created_at"] is not { } sent) return workspace.Now;
        DateTime moment = WireTime.Read(sent.Text() ?? "", needsTimeOfDay: true) ?? throw Refuse.Body("Invalid datetime", "datetime", JsonReading.KindOf(sent), "data", "created_at");
        return moment >= DateTime.UnixEpoch && moment <= workspace.Clock.GetUtcNow().UtcDateTime
            ? moment
            : throw Refuse.Body("created_at must not be before 1970 or in the future", "datetime", sent.Text()!, "data", "created_at");
    }

    private static Guid? Meeting(JsonObject data) => data["meeting_id"] switch
    {
        null => null,
        JsonNode node => Guid.TryParse(node.Text(), out Guid id) ? id : throw Refuse.Body("Invalid uuid", "uuid", JsonReading.KindOf(node), "data", "meeting_id"),
    };

    private Answer Note(AttioNote note) => Answer.Data(writer => Write(writer, note));

    private void Write(Utf8JsonWriter writer, AttioNote note)
    {
        writer.WriteStartObject();
        writer.WriteId(workspace.Id, ("note_id", note.Id));
        writer.WriteString("parent_object", note.ParentObject.Slug);
        writer.WriteString("parent_record_id", note.ParentRecord);
        writer.WriteString("title", note.Title);
        if (note.Meeting is { } meeting) writer.WriteString("meeting_id", meeting);
        else writer.WriteNull("meeting_id");
        writer.WriteString("content_plaintext", note.Plain);
        writer.WriteString("content_markdown", note.Markdown);
        writer.WriteStrings("tags", []);
        writer.WriteActor("created_by_actor", note.By);
        writer.WriteTime("created_at", note.CreatedAt);
        writer.WriteEndObject();
    }
}
