using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Contacts;

/// <summary>Reads of contacts, and their removal with all that hangs on them.</summary>
internal sealed class ContactEndpoints(LemlistTeam team, ContactJson json)
{
    private const int MostRows = 500, MostNamed = 100;
    private static readonly string[] CompanyFilters = ["companyId", "companyDomain", "companyLinkedinUrl", "companySalesnavUrl"];

    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/contacts", List),
        new("GET", "/contacts/{idOrEmail}", call => LemlistAnswers.Json(json.Row(Named(call)))),
        new("DELETE", "/contacts/{idOrEmail}", Delete),
    ];

    private SandboxResponse List(LemlistCall call)
    {
        if (call.One("idsOrEmails") is { } names) return ByNames(names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        int limit = call.Limit(MostRows, otherwise: 100), offset = call.Whole("offset", 0);
        Contact[] found = [.. Wanted(call)];
        return LemlistAnswers.Json(new JsonObject
        {
            ["data"] = JsonText.Array(found.Skip(offset).Take(limit).Select(json.Row)), ["total"] = found.Length, ["limit"] = limit, ["offset"] = offset,
        });
    }

    // A bare array, and nothing for a name that nobody has.
    private SandboxResponse ByNames(string[] names)
    {
        if (names.Length > MostNamed) throw Refuse.Bad($"at most {MostNamed} idsOrEmails");
        return LemlistAnswers.Rows(names.Select(team.Contacts.Find).OfType<Contact>().Distinct().Select(json.Row));
    }

    private IEnumerable<Contact> Wanted(LemlistCall call)
    {
        IEnumerable<Contact> all = call.One("listId") is { } list ? team.Lists.Find(l => l.Id == list)?.Members ?? [] : team.Contacts.All;
        if (call.One("search") is { } words)
        {
            if (words.Length < 2) throw Refuse.Text(400, "Search query must be at least 2 characters");
            all = all.Where(c => Has(c.FullName, words) || Has(c.Email, words));
        }
        if (call.One("email") is { } email) all = all.Where(c => email.Equals(c.Email, StringComparison.OrdinalIgnoreCase));
        if (call.IsTrue("notInAnyCampaign")) all = all.Where(c => c.Leads.Count == 0);
        // Nothing here is ever rejected, so that a reason to look for finds nobody.
        return call.One("fieldRejectionReason") is not null ? [] : OfCompany(all, call);
    }

    private IEnumerable<Contact> OfCompany(IEnumerable<Contact> all, LemlistCall call)
    {
        string[] named = [.. CompanyFilters.Where(f => call.One(f) is not null)];
        if (named.Length == 0) return all;
        if (named.Length > 1) throw Refuse.Bad("only one company filter is allowed");
        string value = call.One(named[0])!;
        Company? company = team.Companies.Find(c => value == (named[0] switch { "companyId" => c.Id, "companyDomain" => c.Domain, "companyLinkedinUrl" => c.LinkedInUrl, _ => null }));
        return company is null ? [] : all.Where(c => c.Company == company);
    }

    private SandboxResponse Delete(LemlistCall call)
    {
        Contact contact = Named(call);
        if (contact.EnrichingUntil > team.Now) throw Refuse.Crm(409, "CONTACT_DELETE_BLOCKED", "Contact cannot be removed if an enrichment is in progress");
        team.Remove(contact);
        return LemlistAnswers.Json(new JsonObject { ["success"] = true, ["deletedContactId"] = contact.Id });
    }

    private Contact Named(LemlistCall call) =>
        team.Contacts.Find(call[0]) ?? throw Refuse.Crm(404, "CONTACT_NOT_FOUND", "No contact found with the provided id or email");

    private static bool Has(string? text, string words) => text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
