using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium.Companies;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Prospects;

/// <summary>What is told of a person.</summary>
internal static class ProspectData
{
    private static readonly string[] Verdicts = ["valid", "catch-all", "invalid"];
    private static readonly (string Title, string Level, string Older, string Department)[] Posts =
    [
        ("head of sales", "director", "director", "sales"), ("chief executive officer", "c-suite", "cxo", "c-suite"),
        ("marketing manager", "manager", "manager", "marketing"), ("software engineer", "non-managerial", "non-managerial", "engineering"),
    ];

    // "professions_email" is how the API spells it.
    public static JsonObject Contacts(Prospect p, string[] types)
    {
        JsonObject told = [];
        if (types.Contains("email"))
        {
            told["emails"] = JsonText.Array([new JsonObject { ["address"] = p.Email, ["type"] = "current_professional" }]);
            told["professions_email"] = p.Email;
            told["professional_email_status"] = Digest.Pick(p.Id, "mail", Verdicts);
        }
        if (types.Contains("phone"))
        {
            // 555-0100 to 555-0199 belong to nobody.
            string phone = $"+1202555{100 + Digest.Below(p.Id, "phone", 100):0000}";
            told["phone_numbers"] = JsonText.Array([new JsonObject { ["phone_number"] = phone }]);
            told["mobile_phone"] = phone;
        }
        return told;
    }

    public static JsonObject Profile(Prospect p)
    {
        (string title, string level, string older, string department) = Digest.Pick(p.Id, "post", Posts);
        JsonObject told = new()
        {
            ["full_name"] = p.FullName, ["country_name"] = "united states", ["region_name"] = "california", ["city"] = "san diego", ["linkedin"] = p.LinkedIn,
            ["linkedin_url_array"] = JsonText.Array([p.LinkedIn!]), ["experience"] = JsonText.Array([new JsonObject { ["title"] = title, ["is_primary"] = true }]), ["education"] = new JsonArray(),
            ["skills"] = JsonText.Array(["negotiation", "planning"]), ["job_title"] = title, ["job_seniority_level"] = older, ["job_level_main"] = level, ["job_level_array"] = JsonText.Array([level]),
            ["job_department_main"] = department, ["job_department_array"] = JsonText.Array([department]),
        };
        if (p.Company is { } company) (told["company_name"], told["company_website"]) = (company.Name, "https://" + company.Domain);
        return told;
    }
}
