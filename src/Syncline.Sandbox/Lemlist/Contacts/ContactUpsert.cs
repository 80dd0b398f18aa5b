using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Contacts;

/// <summary><c>POST /contacts</c>: finds a contact by what it is given and changes it, or makes one. Nothing empty clears a field.</summary>
internal sealed class ContactUpsert(LemlistTeam team, ContactJson json)
{
    // What is no field of the contact itself.
    private static readonly string[] Directions =
    [
        "contactId", "email", "linkedinUrlSalesNav", "additionalEmails", "contactOwner", "source", "companyId", "companyDomain", "companyLinkedinUrl",
    ];

    public IEnumerable<LemlistRoute> Routes() => [new("POST", "/contacts", Upsert)];

    private SandboxResponse Upsert(LemlistCall call)
    {
        JsonObject body = call.Body();
        string? email = Given(body, "email");
        if (email is not null && !email.Contains('@', StringComparison.Ordinal)) throw Refuse.Crm(400, "INVALID_EMAIL", "The email is invalid");
        Contact? known = Known(body, email);
        Contact contact = known ?? new(team.Ids.Next("ctc"), call.User.Id, call.User.Id, team.Now);
        if (known is null) team.Contacts.Add(contact);
        team.Contacts.Change(contact, () => Write(contact, body, email));
        List<string> warnings = [];
        bool linked = Link(contact, body, warnings);
        return LemlistAnswers.Json(json.Upserted(contact, known is null, linked, warnings), known is null ? 201 : 200);
    }

    private Contact? Known(JsonObject body, string? email)
    {
        if (Given(body, "contactId") is { } id)
        {
            if (!id.Contains('_', StringComparison.Ordinal)) throw Refuse.Crm(400, "INVALID_CONTACT_ID", "The contactId is invalid");
            return team.Contacts.Find(id) ?? throw Refuse.Crm(400, "CONTACT_NOT_FOUND_BY_ID", "Contact not found by ID");
        }
        string? linkedIn = Given(body, "linkedinUrl"), navigator = Given(body, "linkedinUrlSalesNav");
        if ((email ?? linkedIn ?? navigator) is null) throw Refuse.Crm(400, "MISSING_IDENTIFIER", "At least one identifier is required: email, linkedinUrl or contactId");
        return team.Contacts.ByEmail(email) ?? team.Contacts.ByLinkedIn(linkedIn)
            ?? (navigator is null ? null : team.Contacts.All.FirstOrDefault(c => c.SalesNavigatorUrl == navigator));
    }

    private void Write(Contact contact, JsonObject body, string? email)
    {
        contact.Email = email ?? contact.Email;
        contact.SalesNavigatorUrl = Given(body, "linkedinUrlSalesNav") ?? contact.SalesNavigatorUrl;
        if (Given(body, "contactOwner") is { } owner) contact.OwnerId = team.FindUser(owner)?.Id ?? contact.OwnerId;
        foreach ((string name, JsonNode? value) in body)
        {
            if (!Directions.Contains(name) && Given(body, name) is { } text) contact.Fields[name] = text;
        }
    }

    private bool Link(Contact contact, JsonObject body, List<string> warnings)
    {
        string? id = Given(body, "companyId"), domain = Given(body, "companyDomain"), url = Given(body, "companyLinkedinUrl");
        if ((id ?? domain ?? url) is null) return false;
        Company? company = team.Companies.Find(c => (id is not null && c.Id == id) || (domain is not null && c.Domain == domain) || (url is not null && c.LinkedInUrl == url));
        if (company is null) warnings.Add("The company was not found");
        contact.Company = company ?? contact.Company;
        return company is not null;
    }

    private static string? Given(JsonObject body, string name) => body[name] switch
    {
        JsonValue value when value.Str() is { } text => text.Length > 0 ? text : null,
        JsonValue other => other.ToJsonString(),
        _ => null,
    };
}
