namespace Syncline.Sandbox.Explorium.Companies;

/// <summary>A kind of enrichment of companies and the parameters it takes.</summary>
/// <param name="Needed">Parameters that must be there.</param>
/// <param name="Allowed">Parameters that may be there.</param>
internal sealed record Kind(string Name, string[] Needed, string[] Allowed)
{
    public static readonly IReadOnlyDictionary<string, Kind> All = new[]
    {
        Plain("firmographics"), Plain("technographics"), Plain("funding_and_acquisition"), Plain("workforce_trends"), new Kind("financial_indicators", ["date"], []),
        Plain("company_ratings_by_employees"), new Kind("linkedin_posts", [], ["offline_mode"]), Plain("website_changes"), Plain("webstack"), Plain("lookalikes"), Plain("company_hierarchies"),
        new Kind("website_traffic", ["month_period"], []), new Kind("company_website_keywords", ["keywords"], []), new Kind("bombora_intent", ["topics"], ["min_score"]),
        Plain("pc_strategy_10k"), Plain("pc_business_challenges_10k"), Plain("pc_competitive_landscape_10k"),
    }.ToDictionary(k => k.Name);

    private static Kind Plain(string name) => new(name, [], []);
}
