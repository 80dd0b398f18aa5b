using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Companies;

/// <summary>The kinds that tell of a company's doings rather than of the company.</summary>
internal static class CompanySignals
{
    public static JsonNode? Of(ExploriumCompany c, string kind, JsonObject parameters, DateTimeOffset now) => kind switch
    {
        "company_ratings_by_employees" => new JsonObject { ["company_name"] = c.Name, ["company_url"] = "https://" + c.Domain },
        "linkedin_posts" => Posts(c.Name, c.Domain, now),
        "website_changes" => Changes(c, now),
        "webstack" => new JsonObject { ["business_id"] = c.Id, ["ecommerce"] = Digest.Hits(c.Domain, "shop", 0.3), ["established"] = true, ["parked"] = false, ["technologies_used_by_company_website"] = "nginx, jquery" },
        "lookalikes" => Lookalike(c),
        "website_traffic" => new JsonObject
        {
            ["business_id"] = c.Id, ["month_period"] = parameters["month_period"].Str(), ["visits"] = Digest.Below(c.Domain, "visits", 90_000), ["users"] = Digest.Below(c.Domain, "users", 40_000),
            ["bounce_rate"] = Digest.Below(c.Domain, "bounce", 100) / 100.0,
        },
        "company_website_keywords" => Keywords(c, parameters),
        "bombora_intent" => Intent(c, parameters, now),
        _ => null,
    };

    /// <summary>Some days, some days ago: an array, as posts of people are too.</summary>
    public static JsonArray Posts(string name, string key, DateTimeOffset now)
    {
        int days = 1 + Digest.Below(key, "posted", 60);
        return JsonText.Array([new JsonObject
        {
            ["display_name"] = name, ["post_text"] = "We are hiring.", ["days_since_posted"] = days, ["number_of_comments"] = Digest.Below(key, "comments", 20), ["number_of_likes"] = Digest.Below(key, "likes", 300),
            ["created_at"] = now.UtcDateTime.Date.AddDays(-days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        }]);
    }

    private static JsonArray Changes(ExploriumCompany c, DateTimeOffset now) => JsonText.Array([new JsonObject
    {
        ["url"] = $"https://{c.Domain}/pricing", ["change_description"] = "Prices were changed.", ["change_implication"] = "A new offer.",
        ["date"] = now.UtcDateTime.Date.AddDays(-Digest.Below(c.Domain, "changed", 90)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    }]);

    private static JsonArray Lookalike(ExploriumCompany c)
    {
        ExploriumCompany other = new($"like-{c.Domain}", "Like " + c.Name);
        return JsonText.Array([new JsonObject { ["business_id"] = c.Id, ["lookalike_business_id"] = other.Id, ["lookalike_business_name"] = other.Name, ["lookalike_website"] = "https://" + other.Domain, ["similarity_score"] = "0.9" }]);
    }

    private static JsonArray Keywords(ExploriumCompany c, JsonObject parameters) => JsonText.Array((parameters["keywords"] as JsonArray ?? [])
        .Select(k => (JsonNode?)new JsonObject { ["url"] = $"https://{c.Domain}/", ["keywords_indicator"] = Digest.Hits(c.Domain + k.Str(), "keyword", 0.5) ? "true" : "false" }));

    private static JsonArray Intent(ExploriumCompany c, JsonObject parameters, DateTimeOffset now) => JsonText.Array((parameters["topics"] as JsonArray ?? [])
        .Select(t => (JsonNode?)new JsonObject
        {
            ["business_id"] = c.Id, ["company_name"] = c.Name, ["company_website"] = c.Domain, ["intent_topics"] = t.Str() ?? "", ["level_of_intent"] = $"{61 + Digest.Below(c.Domain + t.Str(), "intent", 39)}",
            ["date_stamp"] = now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }));
}
