using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Explorium;

public sealed class AskingAboutPeople
{
    private readonly FakeExplorium _explorium = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static GoldenRecord Person(params (string, string)[] fields) => new(1, RecordKind.Person, FieldSet.Of(fields.Select(f => (f.Item1, (FieldValue?)FieldValue.Of(f.Item2)))));

    [Fact]
    public void People_are_asked_about_only_where_that_is_set()
    {
        Assert.Equal([RecordKind.Company], _explorium.Open().Enrichers.Select(e => e.Kind));
        (_explorium.Settings["contacts"], _explorium.Settings["facts"]) = ("email", "none");
        Assert.Equal([RecordKind.Person], _explorium.Open().Enrichers.Select(e => e.Kind));
    }

    [Fact]
    public async Task Addresses_of_work_and_numbers_are_learnt()
    {
        _explorium.Settings["contacts"] = "both";
        _explorium.Known.Add("https://www.linkedin.com/in/ada-example");
        _explorium.Data["contacts_information"] = _ => """
            {"emails":[{"address":"Ada@work.example.com","type":"current_professional"},{"address":"ada@home.example.com","type":"personal"},{"address":"old@work.example.com","type":"professional"}],
             "professions_email":"old@work.example.com","professional_email_status":"invalid","phone_numbers":[{"phone_number":"+12125550100"}],"mobile_phone":"+12125550101"}
            """;
        IEnricher people = _explorium.People();
        EnrichmentAnswers answers = await people.AskAsync([people.QuestionOf(Person(("linkedin", "ada-example")), null)!], Token);
        Assert.Equal("email=ada@work.example.com; phone=+12125550100, +12125550101", Assert.IsType<EnrichmentAnswer.Known>(Assert.Single(answers.Answers)).Fields.ToString());
        Assert.Equal(6, answers.Spent);
        Assert.Equal("""["email","phone"]""", _explorium.Calls[1].Body!["parameters"]!["contact_types"]!.ToJsonString());
    }

    [Fact]
    public void Nobody_is_asked_about_who_lacks_nothing()
    {
        _explorium.Settings["contacts"] = "email";
        Assert.Null(_explorium.People().QuestionOf(Person(("linkedin", "ada-example"), ("email", "ada@example.com")), null));
        Assert.NotNull(_explorium.People().QuestionOf(Person(("linkedin", "ada-example")), null));
        Assert.Null(_explorium.People().QuestionOf(Person(("full_name", "Ada Example")), null));
        Assert.Equal(3, _explorium.People().MostFor([new("x", FieldSet.Empty)]));
    }

    [Theory]
    [InlineData("facts", "everything")]
    [InlineData("contacts", "fax")]
    [InlineData("entities_per_minute", "49")]
    [InlineData("credits_facts", "-1")]
    public void An_unusable_setting_is_named(string name, string value)
    {
        _explorium.Settings[name] = value;
        Assert.Contains(name, Assert.Throws<ProviderException>(() => _explorium.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_counts_the_credits_that_are_left()
    {
        Assert.Contains("42", (await _explorium.Open().Doctor.TestAsync(Token)).Message, StringComparison.Ordinal);
        _explorium.Settings["api_key"] = "another";
        Finding refused = await _explorium.Open().Doctor.TestAsync(Token);
        Assert.Equal(Severity.Error, refused.Severity);
        Assert.NotNull(refused.Remedy);
    }

    [Fact]
    public async Task The_doctor_warns_when_no_credit_is_left()
    {
        _explorium.Answer("credits", 200, """{"allocated_credits":100,"remaining_credits":0}""");
        Assert.Equal(Severity.Warning, (await _explorium.Open().Doctor.TestAsync(Token)).Severity);
    }
}
