using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Contacts and their custom fields on v1.</summary>
internal sealed class V1ContactEndpoints(QuoWorkspace workspace)
{
    private const int MostResults = 50;
    private const int Longest = 75;

    private readonly V1ContactReader _reader = new(workspace);
    private readonly ContactWriter _writer = new(workspace);
    private readonly ContactList _list = new(workspace);

    public IEnumerable<QuoRoute> Routes() =>
    [
        new("GET", "/v1/contacts", List),
        new("POST", "/v1/contacts", Create),
        new("GET", "/v1/contacts/{id}", call => Shown(workspace.Contact(call[0]))),
        new("PATCH", "/v1/contacts/{id}", Change),
        new("DELETE", "/v1/contacts/{id}", Delete),
        new("GET", "/v1/contact-custom-fields", _ => QuoAnswers.DataList(workspace.CustomFields.Select(V1ContactJson.Field))),
    ];

    private SandboxResponse List(QuoCall call)
    {
        int most = call.Whole("maxResults", MostResults);
        IReadOnlyList<string> ids = call.Repeated("externalIds", Longest), sources = call.Repeated("sources", Longest);
        if (workspace.Behaviour.BracketIds == Strictness.Refuse && call.Parameters.FirstOrDefault(p => p.Key.Contains('[', StringComparison.Ordinal)).Key is { } bracketed)
        {
            throw Refuse.Bad(QuoCall.PathOf(bracketed), "is not understood: repeat the key instead");
        }
        IEnumerable<Contact> found = _list.Find(ids.Count > 0 ? ids : null, sources.Count > 0 ? sources : null);
        Slice<Contact> slice = Paging.Cut(found, c => c.Number, most, call.One("pageToken"), QuoCall.PathOf("pageToken"), _list.IsFalling);
        return QuoAnswers.V1Page(slice, c => V1ContactJson.Write(c, workspace), workspace.Behaviour.TotalItems);
    }

    private SandboxResponse Create(QuoCall call)
    {
        ContactDraft draft = _reader.Create(call.Body());
        _writer.RefuseDuplicate(draft, except: null);
        return Shown(_writer.Create(draft, draft.Source.Or("public-api")), 201);
    }

    private SandboxResponse Change(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        ContactDraft draft = _reader.Change(call.Body(), contact);
        if (!workspace.MayChange(contact, isV1: true)) return Shown(contact);
        _writer.RefuseDuplicate(draft, contact);
        _writer.ChangeV1(contact, draft);
        return Shown(contact);
    }

    private SandboxResponse Delete(QuoCall call)
    {
        Contact contact = workspace.Contact(call[0]);
        if (workspace.MayChange(contact, isV1: true)) _writer.Delete(contact);
        return QuoAnswers.Deleted;
    }

    private SandboxResponse Shown(Contact contact, int status = 200) => QuoAnswers.Data(V1ContactJson.Write(contact, workspace), status);
}
