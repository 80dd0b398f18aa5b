using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Contacts;

/// <summary>Companies and their notes. No CRM is connected here.</summary>
internal sealed class CompanyEndpoints(LemlistTeam team)
{
    private const int MostRows = 500;
    private static readonly string[] Directions = ["companyId", "domain", "linkedinUrl", "linkedinUrlSalesNav", "companyOwner", "source"];

    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/companies", List),
        new("POST", "/companies", Upsert),
        new("GET", "/companies/{id}/notes", Notes),
        new("POST", "/companies/{id}/notes", AddNote),
    ];

    private SandboxResponse List(LemlistCall call)
    {
        if (call.One("crmSyncStatus") is not null) throw Refuse.Crm(400, "NO_CRM_CONNECTED", "No CRM is connected");
        Company[] found = [.. Wanted(call)];
        bool isPaged = call.One("idsOrDomains") is null;
        int limit = call.Limit(MostRows, otherwise: 100), offset = call.Whole("offset", 0);
        IEnumerable<Company> rows = isPaged ? found.Skip(offset).Take(limit) : found;
        return LemlistAnswers.Json(new JsonObject { ["data"] = JsonText.Array(rows.Select(Row)), ["total"] = found.Length, ["limit"] = limit, ["offset"] = offset });
    }

    private IEnumerable<Company> Wanted(LemlistCall call)
    {
        IReadOnlyList<string> names = call.Several("idsOrDomains");
        IEnumerable<Company> all = names.Count == 0 ? team.Companies : team.Companies.Where(c => names.Contains(c.Id) || (c.Domain is not null && names.Contains(c.Domain)));
        if (call.One("search") is { } words) all = all.Where(c => c.Fields.Values.Append(c.Domain).Any(v => v?.Contains(words, StringComparison.OrdinalIgnoreCase) == true));
        return call.One("sortBy") is null ? all : call.One("sortOrder") == "desc" ? all.OrderByDescending(c => c.CreatedAt) : all.OrderBy(c => c.CreatedAt);
    }

    // The name is among the fields alone.
    private static JsonNode Row(Company c)
    {
        JsonObject row = new() { ["_id"] = c.Id, ["createdAt"] = WireTime.Write(c.CreatedAt), ["ownerId"] = c.OwnerId, ["fields"] = ContactJson.Fields(c.Fields) };
        if (c.Domain is not null) row["domain"] = c.Domain;
        return row;
    }

    private SandboxResponse Upsert(LemlistCall call)
    {
        JsonObject body = call.Body();
        string? id = body["companyId"].Str(), domain = body["domain"].Str(), url = body["linkedinUrl"].Str();
        if (domain is not null && !domain.Contains('.', StringComparison.Ordinal)) throw Refuse.Crm(400, "INVALID_DOMAIN", "The domain is invalid");
        Company? known = team.Companies.Find(c => (id is not null && c.Id == id) || (domain is not null && c.Domain == domain) || (url is not null && c.LinkedInUrl == url));
        if (known is null && string.IsNullOrEmpty(body["name"].Str())) throw Refuse.Crm(400, "MISSING_REQUIRED_FIELD", "Missing required field: name");
        Company company = known ?? new(team.Ids.Next("cpn"), call.User.Id, team.Now);
        if (known is null) team.Companies.Add(company);
        (company.Domain, company.LinkedInUrl) = (domain ?? company.Domain, url ?? company.LinkedInUrl);
        foreach ((string name, JsonNode? value) in body)
        {
            if (!Directions.Contains(name) && value.Str() is { Length: > 0 } text) company.Fields[name] = text;
        }
        return LemlistAnswers.Json(Upserted(company, known is null), known is null ? 201 : 200);
    }

    private JsonObject Upserted(Company c, bool created)
    {
        JsonNode data = Row(c);
        data["teamId"] = team.Id;
        if (c.LinkedInUrl is not null) data["linkedinUrl"] = c.LinkedInUrl;
        data["source"] = "api";
        data["createdBy"] = c.OwnerId;
        data["created"] = created;
        if (!created) data["updated"] = true;
        return new() { ["success"] = true, ["data"] = data, ["warnings"] = new JsonArray() };
    }

    private SandboxResponse Notes(LemlistCall call)
    {
        Company company = Of(call);
        int limit = call.Limit(100), page = call.Whole("page", 1, least: 1);
        Activity[] notes = [.. team.Feed.All.Where(a => a.Company == company && a.Type == "annotated").Reverse()];
        return LemlistAnswers.Json(new JsonObject { ["data"] = JsonText.Array(notes.Skip((page - 1) * limit).Take(limit).Select(Note)), ["total"] = notes.Length });
    }

    private SandboxResponse AddNote(LemlistCall call)
    {
        Company company = Of(call);
        string note = call.Body()["note"].Str() is { Length: > 0 } text ? text : throw Refuse.Bad("note is required");
        Activity activity = CompanyNotes.Make(team, company, note, call.User);
        team.Record(activity);
        return LemlistAnswers.Json(Note(activity));
    }

    private JsonNode Note(Activity a) => new JsonObject
    {
        ["_id"] = a.Id, ["teamId"] = team.Id, ["companyId"] = a.Company!.Id, ["type"] = a.Type, ["createdAt"] = WireTime.Write(a.CreatedAt), ["note"] = a.Note, ["userId"] = a.UserId,
    };

    private Company Of(LemlistCall call) => team.FindCompany(call[0]) ?? throw Refuse.NotFound("Company");
}
