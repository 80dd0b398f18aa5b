using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Notes of a contact, on the dated surface alone. Nothing keeps a caller from making the same note twice.</summary>
internal sealed class NoteEndpoints(QuoWorkspace workspace)
{
    private const int LongestText = 2000;

    private readonly ContactWriter _writer = new(workspace);

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/contacts/{id}/notes", List),
        new("POST", "/contacts/{id}/notes", Create),
        new("GET", "/contacts/{id}/notes/{note}", call => Shown(Find(workspace.Contact(call[0]), call))),
        new("PATCH", "/contacts/{id}/notes/{note}", Change),
        new("DELETE", "/contacts/{id}/notes/{note}", Delete),
    ];

    private SandboxResponse List(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        return new DatedQuery(call, workspace.Behaviour).Answer(contact.Notes, DatedContactJson.Write);
    }

    /// <summary>Answers 200, not 201.</summary>
    private SandboxResponse Create(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        ContactNote note = new(workspace.Ids.Bare(), Read(call), workspace.Now, workspace.Now);
        if (!workspace.MayChange(contact, isV1: false)) return Shown(note);
        contact.Notes.Add(note);
        Told(contact);
        return Shown(note);
    }

    private SandboxResponse Change(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        ContactNote before = Find(contact, call), after = before with { Text = Read(call), UpdatedAt = workspace.Now };
        if (!workspace.MayChange(contact, isV1: false)) return Shown(before);
        contact.Notes[contact.Notes.IndexOf(before)] = after;
        Told(contact);
        return Shown(after);
    }

    private SandboxResponse Delete(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        ContactNote note = Find(contact, call);
        if (!workspace.MayChange(contact, isV1: false)) return QuoAnswers.Deleted;
        contact.Notes.Remove(note);
        Told(contact);
        return QuoAnswers.Deleted;
    }

    private string Read(QuoCall call)
    {
        List<QuoFault> faults = [];
        BodyReader body = new(call.Body(), "/body", faults);
        DatedContactReader.RefuseUnknown(body, workspace.Behaviour, ["text"]);
        string text = body.Needed("text", LongestText) ?? "";
        return faults.Count == 0 ? text : throw Refuse.Bad(faults);
    }

    // No hook's payload shows notes: whether one fires is not documented.
    private void Told(Contact contact)
    {
        if (workspace.Behaviour.NotesTouchContacts) _writer.Touch(contact);
    }

    private static ContactNote Find(Contact contact, QuoCall call) => contact.Notes.Find(n => n.Id == call[1]) ?? throw Refuse.NotFound("Note");

    private static SandboxResponse Shown(ContactNote note) => QuoAnswers.Data(DatedContactJson.Write(note));
}
