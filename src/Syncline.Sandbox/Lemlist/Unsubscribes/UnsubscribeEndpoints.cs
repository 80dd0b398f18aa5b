using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Unsubscribes;

/// <summary>The unsubscribe list by its current routes; many of them answer with a bare JSON string.</summary>
internal sealed class UnsubscribeEndpoints(LemlistTeam team, ContactJson contacts)
{
    private const int MostRows = 100, MostValues = 10_000;
    private UnsubscribeBook Book => team.Unsubscribes;

    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/v2/unsubscribes/variables", call => LemlistAnswers.Rows(Page(call, isLegacy: false))),
        new("POST", "/v2/unsubscribes/variables", AddMany),
        new("GET", "/v2/unsubscribes/variables/{value}", call => LemlistAnswers.Json(UnsubscribeJson.One(Book.Find(call[0]) ?? throw Refuse.NotFound("Variable")))),
        new("POST", "/v2/unsubscribes/variables/{value}", call => LemlistAnswers.Json(UnsubscribeJson.One(Book.Add(call[0], UnsubscribeSource.Api)))),
        new("DELETE", "/v2/unsubscribes/variables/{value}", Remove),
        new("GET", "/v2/unsubscribes/contacts/{id}", call => LemlistAnswers.Json(Shown(Of(call)))),
        new("POST", "/v2/unsubscribes/contacts/{id}", call => Mark(call, doNotContact: true)),
        new("DELETE", "/v2/unsubscribes/contacts/{id}", call => Mark(call, doNotContact: false)),
        new("GET", "/v2/unsubscribes/exports/variables", _ => LemlistAnswers.Csv(Csvs.Sheet("_id,value,source,createdAt", Book.All.Select(e => new[] { e.Id, e.Value, UnsubscribeJson.Word(e.Source, false), WireTime.Write(e.CreatedAt) })))),
        new("GET", "/v2/unsubscribes/exports/contacts", _ => LemlistAnswers.Csv(Csvs.Sheet("_id,doNotContact", team.Contacts.All.Select(c => new[] { c.Id, contacts.IsUnsubscribed(c) ? "true" : "false" })))),
        new("GET", "/unsubscribes", call => LemlistAnswers.Rows(Page(call, isLegacy: true))),
        new("GET", "/unsubscribes/{email}", call => LemlistAnswers.Json(UnsubscribeJson.Row(Legacy(call), isLegacy: true))),
        new("POST", "/unsubscribes/{email}", AddLegacy),
        new("DELETE", "/unsubscribes/{email}", RemoveLegacy),
        new("GET", "/unsubs/export", _ => LemlistAnswers.Csv(Csvs.Sheet("value,source,createdAt", Book.All.Select(e => new[] { e.Value, UnsubscribeJson.Word(e.Source, true), WireTime.Write(e.CreatedAt) })))),
    ];

    private IEnumerable<JsonNode> Page(LemlistCall call, bool isLegacy) =>
        Book.All.Skip(call.Whole("offset", 0)).Take(call.Limit(MostRows)).Select(e => UnsubscribeJson.Row(e, isLegacy));

    private SandboxResponse AddMany(LemlistCall call)
    {
        if (call.Body()["values"] is not JsonArray values || values.Any(v => string.IsNullOrEmpty(v.Str()))) throw Refuse.Bad("values must be an array of strings");
        if (values.Count > MostValues) throw Refuse.Text(400, $"Maximum {MostValues} values allowed");
        foreach (JsonNode? value in values) Book.Add(value.Str()!, UnsubscribeSource.Api);
        return LemlistAnswers.Said("Variables unsubscribed");
    }

    private SandboxResponse Remove(LemlistCall call)
    {
        Unsubscribed entry = Book.Find(call[0]) ?? throw Refuse.Text(400, "Variable not found in unsubscribe list");
        Release(entry);
        return LemlistAnswers.Said("Variable subscribed");
    }

    private SandboxResponse Mark(LemlistCall call, bool doNotContact)
    {
        Contact contact = Of(call);
        contact.DoNotContact = doNotContact;
        foreach (Lead lead in contact.Leads) lead.IsInGraveyard = doNotContact || (lead.Email is { } email && Book.Covers(email));
        return LemlistAnswers.Said("Contact subscription updated");
    }

    private JsonObject Shown(Contact contact) => new() { ["_id"] = contact.Id, ["doNotContact"] = contacts.IsUnsubscribed(contact) };

    private SandboxResponse AddLegacy(LemlistCall call)
    {
        bool isKnown = Book.Find(call[0]) is not null;
        Unsubscribed entry = Book.Add(call[0], UnsubscribeSource.Api);
        JsonObject answer = new() { ["_id"] = entry.Id, ["value"] = entry.Value, ["email"] = entry.Value };
        if (isKnown) answer["alreadyUnsubscribed"] = true;
        return LemlistAnswers.Json(answer);
    }

    private SandboxResponse RemoveLegacy(LemlistCall call)
    {
        Unsubscribed entry = Legacy(call);
        Release(entry);
        return LemlistAnswers.Json(new JsonObject { ["_id"] = entry.Id, ["value"] = entry.Value });
    }

    private void Release(Unsubscribed entry)
    {
        if (entry.IsProtected) throw Refuse.Text(409, "Variable is protected and cannot be re-subscribed");
        Book.Remove(entry);
    }

    private Unsubscribed Legacy(LemlistCall call) => Book.Find(call[0]) ?? throw Refuse.NotFound("Unsubscribe");

    private Contact Of(LemlistCall call) => team.Contacts.Find(call[0]) ?? throw Refuse.Text(400, "Bad contact identifier");
}
