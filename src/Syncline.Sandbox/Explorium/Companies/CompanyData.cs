using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Companies;

/// <summary>What each kind of enrichment tells of a company; null when it has nothing.</summary>
internal static class CompanyData
{
    private static readonly string[] Employees = ["1-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5001-10000", "10001+"];
    private static readonly string[] Revenues = ["0-500K", "500K-1M", "1M-5M", "5M-10M", "10M-25M", "25M-75M", "75M-200M", "200M-500M", "500M-1B", "1B-10B"];
    private static readonly (string Country, string Region, string City)[] Places =
        [("united states", "california", "san diego"), ("canada", "ontario", "ottawa"), ("united states", "texas", "austin"), ("united states", "oregon", "portland")];
    private static readonly (string Code, string Name, string Sic, string SicName)[] Trades =
    [
        ("541511", "Custom Computer Programming Services", "7371", "Computer Programming Services"), ("423430", "Computer Equipment Wholesalers", "5045", "Computers and Software"),
        ("541613", "Marketing Consulting Services", "8742", "Management Consulting"), ("238220", "Plumbing and Heating Contractors", "1711", "Plumbing and Heating"),
    ];
    private static readonly string[] Tools = ["git", "postgresql", "kubernetes", "terraform", "grafana", "nginx", "redis", "linux"];
    private static readonly string[] Roles = ["engineering", "sales", "marketing", "finance", "operations", "hr", "design", "customer_service"];

    public static JsonNode? Of(ExploriumCompany c, string kind, JsonObject parameters, DateTimeOffset now) => kind switch
    {
        "firmographics" => Firmographics(c),
        "technographics" => c.HasTechnographics && !c.IsPartial ? Technographics(c) : null,
        "funding_and_acquisition" => c.HasFunding && !c.IsPartial ? Funding(c) : null,
        "workforce_trends" => c.IsPartial ? null : Workforce(c, now),
        "company_hierarchies" => new JsonObject { ["business_id"] = c.Id, ["subsidiaries"] = new JsonArray(), ["organization_tree"] = new JsonObject() },
        "financial_indicators" => c.IsPublic ? new JsonObject { ["ebitda"] = 1_000_000 + Below(c, "ebitda", 9_000_000), ["revenue_yearly"] = 20_000_000 + Below(c, "revenue", 90_000_000) } : null,
        _ when kind.StartsWith("pc_", StringComparison.Ordinal) => c.IsPublic ? TenK(c, kind, now) : null,
        _ when c.IsPartial => null,
        _ => CompanySignals.Of(c, kind, parameters, now),
    };

    private static JsonObject Firmographics(ExploriumCompany c)
    {
        JsonObject told = new() { ["business_id"] = c.Id, ["name"] = c.Name, ["website"] = "https://" + c.Domain };
        if (c.IsPartial) return told;
        (string code, string trade, string sic, string sicName) = Digest.Pick(c.Domain, "trade", Trades);
        (string country, string region, string city) = Digest.Pick(c.Domain, "place", Places);
        int size = Below(c, "size", Employees.Length);
        told["business_description"] = $"{c.Name} serves customers in {trade.ToLowerInvariant()}.";
        (told["country_name"], told["region_name"], told["city_name"]) = (country, region, city);
        (told["street"], told["zip_code"]) = ($"{1 + Below(c, "street", 200)} Example Street", $"{10_000 + Below(c, "zip", 80_000)}");
        (told["naics"], told["naics_description"], told["sic_code"], told["sic_code_description"]) = (code, trade, sic, sicName);
        if (c.IsPublic) told["ticker"] = "NASDAQ:" + new string([.. c.Name.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        told["number_of_employees_range"] = Employees[size];
        // A company of few people takes little, and one of many much.
        told["yearly_revenue_range"] = Revenues[Math.Min(Revenues.Length - 1, size + Below(c, "revenue-step", 3))];
        told["linkedin_industry_category"] = trade.ToLowerInvariant();
        told["linkedin_profile"] = "https://www.linkedin.com/company/" + c.Domain.Split('.')[0];
        told["business_logo"] = $"https://{c.Domain}/logo.png";
        told["locations_distribution"] = JsonText.Array([new JsonObject { ["location"] = $"{city}, {region}", ["offices"] = 1 }]);
        return told;
    }

    private static JsonObject Technographics(ExploriumCompany c)
    {
        string[] used = [.. Tools.Where(t => Digest.Hits(c.Domain + t, "tool", 0.6)).DefaultIfEmpty(Tools[0])];
        return new()
        {
            ["full_tech_stack"] = JsonText.Array(used),
            ["full_nested_tech_stack"] = JsonText.Array(used.Select(t => (JsonNode?)new JsonObject { ["name"] = t, ["category"] = "devops and development" })),
            ["devops_and_development"] = JsonText.Array(used.Take(2)),
            ["platform_and_storage"] = JsonText.Array(used.Skip(2)),
        };
    }

    // The last round's value is a text and the first one's a number.
    private static JsonObject Funding(ExploriumCompany c)
    {
        int rounds = 1 + Below(c, "rounds", 5), first = 100_000 * (1 + Below(c, "first", 40)), last = first * rounds;
        int year = 2014 + Below(c, "year", 8);
        return new()
        {
            ["domain"] = c.Domain, ["company_name"] = c.Name, ["investors"] = JsonText.Array(["Aster Capital", "Linden Ventures"]), ["number_of_funding_rounds"] = rounds,
            ["known_funding_total_value"] = first + last, ["first_funding_round_date"] = $"{year}-03-01T00:00:00Z", ["first_funding_round_type"] = "seed", ["first_funding_round_value_usd"] = first,
            ["last_funding_round_date"] = $"{year + rounds}-06-01T00:00:00Z", ["last_funding_round_type"] = rounds == 1 ? "seed" : "series a",
            ["last_funding_round_value_usd"] = last.ToString(System.Globalization.CultureInfo.InvariantCulture), ["number_of_investors_for_last_funding_round"] = 2, ["is_ipo"] = c.IsPublic,
        };
    }

    private static JsonObject Workforce(ExploriumCompany c, DateTimeOffset now)
    {
        JsonObject told = new() { ["quarters"] = $"{now.Year}-{(((now.Month - 1) / 3) * 3) + 1:00}-01T00:00:00Z", ["profiles_found_per_quarter"] = 10 + Below(c, "profiles", 500) };
        foreach (string role in Roles)
        {
            told[$"perc_{role}_roles"] = Below(c, "share-" + role, 200) / 1000.0;
            told[$"change_in_{role}_roles"] = (Below(c, "change-" + role, 200) - 100) / 1000.0;
        }
        return told;
    }

    private static JsonObject TenK(ExploriumCompany c, string kind, DateTimeOffset now)
    {
        JsonObject told = new() { ["company_name"] = c.Name, ["form_type"] = "10-K", ["filed_at"] = $"{now.Year - 1}-03-01T00:00:00Z", ["link_to_html"] = $"https://filings.example.org/{c.Id}" };
        (string first, string second) = kind switch
        {
            "pc_strategy_10k" => ("target_market", "company_focus"),
            "pc_business_challenges_10k" => ("company_competition", "technological_disruption"),
            _ => ("competitive_differentiation", "key_competitors"),
        };
        told[first] = JsonText.Array([$"{c.Name} names this first."]);
        told[second] = JsonText.Array([$"{c.Name} names this second."]);
        return told;
    }

    private static int Below(ExploriumCompany c, string aspect, int bound) => Digest.Below(c.Domain, aspect, bound);
}
