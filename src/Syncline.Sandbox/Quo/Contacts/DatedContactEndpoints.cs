using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Contacts of the dated surface: flat, with whom they are shared.</summary>
internal sealed class DatedContactEndpoints(QuoWorkspace workspace)
{
    private readonly DatedContactReader _reader = new(workspace.Behaviour);
    private readonly ContactWriter _writer = new(workspace);
    private readonly ContactList _list = new(workspace);

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/contacts", List),
        new("POST", "/contacts", Create),
        new("GET", "/contacts/{id}", call => Shown(workspace.Contact(call[0]))),
        new("PATCH", "/contacts/{id}", Change),
        new("DELETE", "/contacts/{id}", Delete),
        new("GET", "/contacts/{id}/shares", Shares),
    ];

    private SandboxResponse List(QuoCall call)
    {
        DatedQuery query = new(call, workspace.Behaviour, "externalId", "externalId[in]", "source", "source[in]");
        IEnumerable<Contact> found = _list.Find(query.Values("externalId"), query.Values("source"));
        return query.Answer(found, c => c.Number, DatedContactJson.Write, _list.IsFalling);
    }

    private SandboxResponse Create(QuoCall call)
    {
        ContactDraft draft = _reader.Create(call.Body());
        return Shown(_writer.Create(draft, draft.Source.Value), 201);
    }

    private SandboxResponse Change(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        ContactDraft draft = _reader.Change(call.Body());
        if (workspace.MayChange(contact, isV1: false)) _writer.Change(contact, draft);
        return Shown(contact);
    }

    private SandboxResponse Delete(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        if (workspace.MayChange(contact, isV1: false)) _writer.Delete(contact);
        return QuoAnswers.Deleted;
    }

    private SandboxResponse Shares(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        return new DatedQuery(call, workspace.Behaviour).Answer(contact.Shares, s => DatedContactJson.Write(contact, s));
    }

    private static SandboxResponse Shown(Contact contact, int status = 200) => QuoAnswers.Data(DatedContactJson.Write(contact), status);
}
