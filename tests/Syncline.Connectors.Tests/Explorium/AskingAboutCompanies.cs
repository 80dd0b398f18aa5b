using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Explorium;

public sealed class AskingAboutCompanies
{
    private const string Facts = """
        {"name":"Example Holdings","business_description":"Makes examples.","website":"https://www.example.com","country_name":"isle of man","region_name":"new jersey","city_name":"new york",
         "number_of_employees_range":"51-200","yearly_revenue_range":"1M-5M","linkedin_industry_category":"software development","linkedin_profile":"linkedin.com/company/Example/"}
        """;

    private readonly FakeExplorium _explorium = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static GoldenRecord Company(params string[] domains) => new(1, RecordKind.Company, FieldSet.Of(
        ("name", FieldValue.Of("Example")), ("domain", FieldValue.List(domains.Select(FieldValue.Of)))));

    private Task<EnrichmentAnswers> AskAsync(params string[] domains)
    {
        IEnricher companies = _explorium.Companies();
        return companies.AskAsync([.. domains.Select(d => companies.QuestionOf(Company(d), null)!)], Token);
    }

    [Fact]
    public async Task Facts_come_in_the_hubs_words_and_the_name_stays_as_it_is()
    {
        _explorium.Known.Add("example.com");
        _explorium.Data["firmographics"] = _ => Facts;
        EnrichmentAnswers answers = await AskAsync("example.com");
        Assert.Equal(
            "city=New York; country=Isle of Man; description=Makes examples.; employee_range=51-200; industry=software development; linkedin=https://www.linkedin.com/company/example; revenue_range=1M-5M; state=New Jersey; website=https://www.example.com",
            Assert.IsType<EnrichmentAnswer.Known>(Assert.Single(answers.Answers)).Fields.ToString());
        Assert.Equal(2, answers.Spent);
    }

    [Fact]
    public async Task All_kinds_of_facts_are_joined_by_id()
    {
        _explorium.Settings["facts"] = "funding, technographics, firmographics";
        _explorium.Known.UnionWith(["one.example.com", "two.example.com"]);
        string one = FakeExplorium.IdOf("one.example.com");
        _explorium.Data["firmographics"] = id => id == one ? """{"website":"https://one.example.com"}""" : """{"website":"https://two.example.com"}""";
        _explorium.Data["technographics"] = id => id == one ? """{"full_tech_stack":["Rust","Go"]}""" : "";
        _explorium.Data["funding_and_acquisition"] = id => id == one ? null : """{"known_funding_total_value":1500000.0,"last_funding_round_type":"series_a","last_funding_round_date":"2025-03-01","last_funding_round_value_usd":"12","investors":["Fund B","Fund A"]}""";
        EnrichmentAnswers answers = await AskAsync("one.example.com", "missing.example.com", "two.example.com");

        Assert.Equal("technologies=Go, Rust; website=https://one.example.com", Assert.IsType<EnrichmentAnswer.Known>(answers.Answers[0]).Fields.ToString());
        Assert.IsType<EnrichmentAnswer.Miss>(answers.Answers[1]);
        Assert.Equal("funding_total=1500000; investors=Fund A, Fund B; last_funding_round=series_a, 2025-03-01; website=https://two.example.com", Assert.IsType<EnrichmentAnswer.Known>(answers.Answers[2]).Fields.ToString());
        Assert.Equal(3 + (3 * 2), answers.Spent);
        Assert.All(_explorium.Calls.Skip(1), c => Assert.Equal(2, c.Items.Count));
        Assert.Equal(12, _explorium.Companies().MostFor([.. Enumerable.Repeat(new EnrichmentQuestion("x", FieldSet.Empty), 3)]));
    }

    [Fact]
    public async Task Somebody_known_about_whom_nothing_is_known_is_a_miss()
    {
        _explorium.Known.Add("example.com");
        _explorium.Data["firmographics"] = _ => "";
        Assert.IsType<EnrichmentAnswer.Miss>(Assert.Single((await AskAsync("example.com")).Answers));
    }

    [Fact]
    public async Task Answers_go_by_the_echo_and_not_by_the_place()
    {
        string one = FakeExplorium.IdOf("one.example.com"), two = FakeExplorium.IdOf("two.example.com");
        _explorium.Answer("businesses/match", 200, $$"""
            {"matched_businesses":[{"input":{"domain":"TWO.example.com"},"business_id":"{{two}}"},{"input":{"domain":"one.example.com"},"business_id":"{{one}}"}]}
            """);
        _explorium.Data["firmographics"] = id => id == one ? """{"website":"https://one.example.com"}""" : """{"website":"https://two.example.com"}""";
        EnrichmentAnswers answers = await AskAsync("one.example.com", "two.example.com");
        Assert.Equal(["website=https://one.example.com", "website=https://two.example.com"], answers.Answers.Select(a => ((EnrichmentAnswer.Known)a).Fields.ToString()));
    }

    [Fact]
    public async Task An_id_of_another_form_is_never_sent()
    {
        _explorium.Answer("businesses/match", 200, """{"matched_businesses":[{"input":{"domain":"one.example.com"},"business_id":"NOT-AN-ID"},{"input":{"domain":"two.example.com"},"error":"no such company","error_type":"not_found"}]}""");
        EnrichmentAnswers answers = await AskAsync("one.example.com", "two.example.com", "three.example.com");
        Assert.IsType<EnrichmentAnswer.Miss>(answers.Answers[0]);
        Assert.IsType<EnrichmentAnswer.Miss>(answers.Answers[1]);
        Assert.Equal("not_answered", Assert.IsType<EnrichmentAnswer.Failed>(answers.Answers[2]).Code);
        Assert.Single(_explorium.Calls);
    }

    [Theory]
    [InlineData("gmail.com")]
    [InlineData("GMX.de")]
    [InlineData("not a domain")]
    public void Mail_providers_are_nobodys_company(string domain) => Assert.Null(_explorium.Companies().QuestionOf(Company(domain), null));

    [Fact]
    public void The_question_is_the_same_however_the_company_is_written()
    {
        IEnricher companies = _explorium.Companies();
        EnrichmentQuestion first = companies.QuestionOf(Company("WWW.Example.com", "gmail.com"), null)!;
        Assert.Equal(first, companies.QuestionOf(Company("example.com") with { Fields = Company("example.com").Fields.With("name", FieldValue.Of("Another name")) }, null));
        Assert.Equal("example.com", first.Key);
    }

    [Fact]
    public void Without_a_domain_the_linkedin_page_serves()
    {
        GoldenRecord company = new(1, RecordKind.Company, FieldSet.Of(("linkedin", FieldValue.Of("linkedin.com/company/Example"))));
        EnrichmentQuestion question = _explorium.Companies().QuestionOf(company, null)!;
        Assert.Equal(("linkedin:example", "https://www.linkedin.com/company/example"), (question.Key, question.Fields["linkedin"]?.Text));
    }

    [Fact]
    public async Task A_lost_answer_counts_as_spent_and_is_not_repeated()
    {
        _explorium.LosesAnswers = true;
        EnrichmentAnswers answers = await AskAsync("example.com");
        Assert.False(Assert.IsType<EnrichmentAnswer.Failed>(Assert.Single(answers.Answers)).IsFinal);
        Assert.Equal(1, answers.Spent);
        Assert.Single(_explorium.Calls);
    }

    [Theory]
    [InlineData(500, """{"details":"internal"}""")]
    [InlineData(503, "")]
    [InlineData(200, """{"matched_businesses":[{"input":""")]
    public async Task What_may_have_been_charged_is_not_repeated(int status, string body)
    {
        _explorium.Answer("match", status, body);
        Assert.IsType<EnrichmentAnswer.Failed>(Assert.Single((await AskAsync("example.com")).Answers));
        Assert.Single(_explorium.Calls);
    }

    [Fact]
    public async Task A_rate_refusal_is_waited_out()
    {
        _explorium.Known.Add("example.com");
        _explorium.Data["firmographics"] = _ => Facts;
        _explorium.Answer("match", 429, """{"error":"rate_limit_exceeded","message":"slow down","retry_after":60}""", times: 2);
        Assert.IsType<EnrichmentAnswer.Known>(Assert.Single((await AskAsync("example.com")).Answers));
    }

    [Fact]
    public async Task Exhausted_credits_stop_the_run_and_say_what_to_do()
    {
        _explorium.Answer("match", 403, """{"details":"You have insufficient credits to perform this operation. Please purchase additional credits.","correlation_id":"x"}""");
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => AskAsync("example.com"));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.Contains("credits", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_paid_for_before_the_credits_ended_are_kept()
    {
        _explorium.Settings["facts"] = "firmographics, technographics";
        _explorium.Known.UnionWith(["example.com", "two.example.com"]);
        _explorium.Data["firmographics"] = id => id == FakeExplorium.IdOf("example.com") ? Facts : null;
        _explorium.Answer("technographics/bulk_enrich", 403, """{"details":"You have insufficient credits to perform this operation."}""");
        EnrichmentAnswers answers = await AskAsync("example.com", "two.example.com");
        Assert.IsType<EnrichmentAnswer.Known>(answers.Answers[0]);
        Assert.Equal("out_of_credits", Assert.IsType<EnrichmentAnswer.Failed>(answers.Answers[1]).Code);
        Assert.Equal(4, answers.Spent);
    }

    [Fact]
    public async Task One_that_is_not_taken_costs_the_others_nothing()
    {
        _explorium.Known.Add("two.example.com");
        _explorium.Data["firmographics"] = _ => Facts;
        _explorium.Answer("match", 422, """{"detail":[{"loc":["body","businesses_to_match",0,"domain"],"msg":"invalid domain","type":"value_error"}]}""", times: 1);
        EnrichmentAnswers answers = await AskAsync("one.example.com", "two.example.com");
        Assert.True(Assert.IsType<EnrichmentAnswer.Failed>(answers.Answers[0]).IsFinal);
        Assert.IsType<EnrichmentAnswer.Known>(answers.Answers[1]);
    }

    [Fact]
    public async Task A_refusal_that_names_nobody_is_asked_again_later()
    {
        _explorium.Known.Add("example.com");
        _explorium.Answer("firmographics/bulk_enrich", 422, """{"detail":"try again"}""");
        Assert.False(Assert.IsType<EnrichmentAnswer.Failed>(Assert.Single((await AskAsync("example.com")).Answers)).IsFinal);
        Assert.Equal(2, _explorium.Calls.Count);
    }

    [Fact]
    public async Task What_the_answer_says_it_cost_goes_before_the_price_list()
    {
        _explorium.Answer("match", 200, """{"matched_businesses":[{"input":{"domain":"example.com"},"business_id":null}],"credit_usage":{"credits_used":0}}""");
        Assert.Equal(0, (await AskAsync("example.com")).Spent);
    }

    [Fact]
    public async Task No_minute_holds_more_than_two_hundred_entities()
    {
        string[] domains = [.. Enumerable.Range(0, 450).Select(i => $"d{i}.example.com")];
        _explorium.Known.UnionWith(domains);
        _explorium.Data["firmographics"] = _ => Facts;
        IEnricher companies = _explorium.Open(isLimited: true).Enrichers.Single();
        foreach (string[] some in domains.Chunk(48)) await companies.AskAsync([.. some.Select(d => companies.QuestionOf(Company(d), null)!)], Token);

        Assert.Equal(900, _explorium.Calls.Sum(c => c.Items.Count));
        Assert.All(_explorium.Calls, c => Assert.True(_explorium.Calls.Where(o => o.At >= c.At && o.At < c.At + TimeSpan.FromMinutes(1)).Sum(o => o.Items.Count) <= 200));
    }
}
