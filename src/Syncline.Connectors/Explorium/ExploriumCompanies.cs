using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Connectors.Explorium;

/// <summary>Facts about companies, asked for by their domain, else by their LinkedIn page. A company's name is neither asked with nor changed: names lead to namesakes.</summary>
internal sealed partial class ExploriumCompanies(ExploriumApi api, ExploriumOptions options) : IEnricher
{
    private const string LinkedInKey = "linkedin:";
    private const int LongestText = 5_000, MostItems = 300;

    private static readonly string[] SmallWords = ["of", "and", "the", "de", "la"];

    public string Connection => options.Connection;

    public RecordKind Kind => RecordKind.Company;

    public IReadOnlyList<string> Fields { get; } = [.. options.Facts.SelectMany(f => f.Fields)];

    public int Batch => ExploriumOptions.MostEntities;

    public string Unit => "credits";

    public decimal MostFor(IReadOnlyList<EnrichmentQuestion> questions) => questions.Count * (options.CreditsMatch + (options.Facts.Count * options.CreditsFacts));

    public EnrichmentQuestion? QuestionOf(GoldenRecord record, GoldenRecord? company)
    {
        // A list is sorted, so that the same domain is asked about each time.
        string? domain = (record.Fields["domain"]?.Items ?? []).Select(d => DomainName.Normalise(d.Text)).FirstOrDefault(d => d is not null && !FreeMail.IsFree(d));
        if (domain is not null) return new(domain, FieldSet.Of(("domain", FieldValue.Of(domain))));
        return LinkedInUrl.CompanySlug(record.Fields["linkedin"]?.Text) is { } slug ? new(LinkedInKey + slug, FieldSet.Of(("linkedin", FieldValue.Of(PageOf(slug))))) : null;
    }

    public async Task<EnrichmentAnswers> AskAsync(IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        ExploriumRound round = new(api, "businesses", "business_id", BusinessId, questions);
        await round.MatchAsync(Ask, IsEcho, options.CreditsMatch, cancellationToken);
        foreach (ExploriumFacts facts in options.Facts) await round.LearnAsync(facts.Route, null, data => Read(facts, data), options.CreditsFacts, cancellationToken);
        return round.Close();
    }

    private static JsonObject Ask(EnrichmentQuestion question) =>
        question.Fields["domain"] is { } domain ? new() { ["domain"] = domain.Text } : new() { ["linkedin_url"] = question.Fields["linkedin"]?.Text };

    private static bool IsEcho(EnrichmentQuestion question, JsonElement echo) => question.Fields["domain"] is { } domain
        ? DomainName.Normalise(echo.Text("domain")) == domain.Text
        : LinkedInUrl.CompanySlug(echo.Text("linkedin_url")) is { } slug && LinkedInKey + slug == question.Key;

    private static FieldSet Read(ExploriumFacts facts, JsonElement data) => facts.Word switch
    {
        "firmographics" => Firmographics(data),
        "technographics" => FieldSet.Of(("technologies", List(data, "full_tech_stack"))),
        _ => Funding(data),
    };

    private static FieldSet Firmographics(JsonElement data) => FieldSet.Of(
        ("industry", Text(data, "linkedin_industry_category") ?? Text(data, "naics_description")),
        ("description", Text(data, "business_description")),
        ("employee_range", Text(data, "number_of_employees_range")),
        ("revenue_range", Text(data, "yearly_revenue_range")),
        ("city", Place(data, "city_name")),
        ("state", Place(data, "region_name")),
        ("country", Place(data, "country_name")),
        ("website", Text(data, "website")),
        ("linkedin", LinkedInUrl.CompanySlug(data.Text("linkedin_profile")) is { } slug ? FieldValue.Of(PageOf(slug)) : null));

    private static FieldSet Funding(JsonElement data) => FieldSet.Of(
        ("funding_total", data.TryGetProperty("known_funding_total_value", out JsonElement total) && total.ValueKind == JsonValueKind.Number && total.TryGetDecimal(out decimal usd) ? FieldValue.Of(usd) : null),
        ("last_funding_round", FieldValue.TextOrNone(string.Join(", ", new[] { data.Text("last_funding_round_type"), data.Text("last_funding_round_date") }.OfType<string>()))),
        ("investors", List(data, "investors")));

    private static string PageOf(string slug) => $"https://www.linkedin.com/company/{slug}";

    private static FieldValue? Text(JsonElement data, string name) => FieldValue.TextOrNone(data.Text(name) is { Length: > LongestText } longer ? longer[..LongestText] : data.Text(name));

    /// <summary>Explorium writes places in lower case: "united states of america".</summary>
    private static FieldValue? Place(JsonElement data, string name)
    {
        if (data.Text(name) is not { } place || place.Any(char.IsUpper)) return Text(data, name);
        IEnumerable<string> words = place.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((word, i) => i > 0 && SmallWords.Contains(word) ? word : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word));
        return FieldValue.TextOrNone(string.Join(' ', words));
    }

    private static FieldValue? List(JsonElement data, string name) => FieldValue.List(data.Items(name)
        .Where(i => i.ValueKind == JsonValueKind.String).Select(i => FieldValue.TextOrNone(i.GetString())).OfType<FieldValue>().Take(MostItems));

    [GeneratedRegex("^[a-f0-9]{32}$")]
    private static partial Regex BusinessId { get; }
}
