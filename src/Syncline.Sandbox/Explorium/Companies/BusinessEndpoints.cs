using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Companies;

/// <summary>Companies: matched to ids, then told of by id.</summary>
internal sealed class BusinessEndpoints(CompanyBook book, ExploriumBehaviour behaviour, Func<int, int> below)
{
    public const int MostItems = 50;
    private static readonly string[] Inputs = ["name", "domain", "url", "linkedin_url"];

    public IEnumerable<ExploriumRoute> Routes() =>
    [
        new("POST", "/v1/businesses/match", Match),
        new("POST", "/v1/businesses/{kind}/enrich", One),
        new("POST", "/v1/businesses/{kind}/bulk_enrich", Many),
    ];

    private (string, JsonObject) Match(ExploriumCall call)
    {
        BodyReader body = call.Body("businesses_to_match");
        JsonObject[] inputs = body.Objects("businesses_to_match", MostItems, Inputs, nullable: true);
        body.Check();
        call.Charge(inputs.Length, inputs.Length * behaviour.MatchPrice);
        ExploriumCompany?[] found = [.. inputs.Select(Find)];
        return MatchAnswer.Of("matched_businesses", "business_id", inputs, [.. found.Select(f => f?.Id)], behaviour);
    }

    private ExploriumCompany? Find(JsonObject input)
    {
        string? name = input["name"].Str(), domain = input["domain"].Str() ?? Host(input["url"].Str());
        if (domain is { Length: > 0 })
        {
            // A domain that nobody has is not made good by a name.
            ExploriumCompany? anchored = book.ByDomain(domain);
            bool fits = anchored is null || string.IsNullOrEmpty(name) || CompanyBook.Fits(anchored, name) || behaviour.NameMismatch == NameMismatch.DomainAlone;
            return fits ? anchored : null;
        }
        if (Slug(input["linkedin_url"].Str(), "/company/") is { } slug) return book.ByDomain(slug + ".example.com");
        return string.IsNullOrEmpty(name) ? null : book.ByName(name);
    }

    private (string, JsonObject) One(ExploriumCall call)
    {
        Kind kind = KindOf(call);
        BodyReader body = call.Body("business_id", "parameters");
        string id = body.Id("business_id", IdForm.Business());
        CheckParameters(body, kind);
        JsonNode? data = Data(id, kind, body.Parameters, call.Now);
        call.Charge(1, Price([data]));
        JsonNode? shown = behaviour.SingleData == SingleData.Array && data is JsonObject ? JsonText.Array([data]) : data;
        return data is null ? ("miss", new() { ["data"] = new JsonObject(), ["entity_id"] = id }) : ("success", new() { ["data"] = shown, ["entity_id"] = id });
    }

    private (string, JsonObject) Many(ExploriumCall call)
    {
        Kind kind = KindOf(call);
        BodyReader body = call.Body("business_ids", "parameters");
        string[] ids = body.Ids("business_ids", IdForm.Business(), MostItems);
        CheckParameters(body, kind);
        JsonNode?[] data = [.. ids.Select(i => Data(i, kind, body.Parameters, call.Now))];
        call.Charge(ids.Length, Price(data));
        return BulkAnswer.Of("business_id", ids, data, behaviour, below);
    }

    private int Price(JsonNode?[] data) => behaviour.EnrichPrice * (behaviour.ChargeMisses ? data.Length : data.Count(d => d is not null));

    private JsonNode? Data(string id, Kind kind, JsonObject parameters, DateTimeOffset now) =>
        book.ById(id) is { } company ? CompanyData.Of(company, kind.Name, parameters, now) : null;

    private static Kind KindOf(ExploriumCall call) => Kind.All.GetValueOrDefault(call[0]) ?? throw Refuse.Details(404, "Not Found", "");

    private static void CheckParameters(BodyReader body, Kind kind)
    {
        const int leastScore = 60;
        body.CheckParameters(kind.Needed, kind.Allowed);
        foreach (string name in kind.Needed.Where(n => n is "topics" or "keywords" && body.Parameters[n] is { } sent && sent.GetValueKind() != JsonValueKind.Array))
        {
            body.Fault(["parameters", name], "value is not a valid list", "type_error.list");
        }
        if (body.Parameters["min_score"] is { } score && score.Whole() is not > leastScore)
        {
            body.Fault(["parameters", "min_score"], $"ensure this value is greater than {leastScore}", "value_error.number.not_gt", new() { ["limit_value"] = leastScore });
        }
        body.Check();
    }

    private static string? Host(string? url)
    {
        if (string.IsNullOrEmpty(url)) return null;
        return Uri.TryCreate(url.Contains("://", StringComparison.Ordinal) ? url : "https://" + url, UriKind.Absolute, out Uri? address) ? address.Host : url;
    }

    /// <summary>The part of a LinkedIn address behind a segment; null for one without scheme, which is not recognised.</summary>
    public static string? Slug(string? url, string segment)
    {
        if (url is null || !url.StartsWith("http", StringComparison.OrdinalIgnoreCase)) return null;
        int at = url.IndexOf(segment, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : url[(at + segment.Length)..].Trim('/').ToLowerInvariant() is { Length: > 0 } slug ? slug : null;
    }
}
