using Syncline.Leads;

namespace Syncline.Tests.Leads;

public sealed class CheckingALead
{
    private static readonly Lead Ada = new() { FirstName = "Ada", Email = "ada@example.com" };

    [Fact]
    public void Keys_are_normalised_and_texts_trimmed()
    {
        Lead lead = Kept(new()
        {
            Id = " 7 ",
            FirstName = "  Ada ",
            LastName = "",
            Title = " CEO ",
            CompanyDomain = "https://www.Acme.example/x",
            Email = "mailto:Ada@Example.com",
            LinkedIn = "https://www.linkedin.com/in/Ada-Example/",
            Signal = new(" ", null, null, null),
            Drafts = [new(null, null, null, " "), new("a", null, null, "x\r\ny")],
        });
        Assert.Equal(("7", "Ada", null, "CEO", "acme.example", "ada@example.com", "ada-example"), (lead.Id, lead.FirstName, lead.LastName, lead.Title, lead.CompanyDomain, lead.Email, lead.LinkedIn));
        Assert.Null(lead.Signal);
        Assert.Equal(new LeadDraft("a", null, null, "x\ny"), Assert.Single(lead.Drafts));
    }

    [Fact]
    public void A_lead_needs_a_name_and_a_way_to_tell_who_it_is()
    {
        Assert.Equal(["firstName", "email"], Faults(new()));
        Assert.Equal(["email"], Faults(Ada with { Email = " " }));
        Assert.Equal(["firstName"], Faults(Ada with { FirstName = null }));
        Kept(Ada with { FirstName = null, LastName = "Example", Email = null, LinkedIn = "ada-example" });
    }

    [Fact]
    public void Each_fault_is_told_once_with_its_place_and_without_the_value()
    {
        Lead wrong = new()
        {
            Id = "a b",
            FirstName = new('x', 501),
            Email = "not-one",
            LinkedIn = "https://www.linkedin.com/company/acme",
            CompanyDomain = "nowhere",
            IcpScore = 101,
            Signal = new(null, "javascript:alert(1)", null, null),
            Drafts = [new(null, null, null, new('x', 20_001))],
        };
        Assert.Equal(["id", "firstName", "companyDomain", "email", "linkedin", "icpScore", "sourceSignal.sourceUrl", "drafts[0].content"], Faults(wrong));
        Assert.DoesNotContain(LeadCheck.Of(wrong).Problems, p => p.Message.Contains("not-one", StringComparison.Ordinal) || p.Message.Contains("alert", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_score_may_be_at_either_end(int score) => Assert.Equal(score, Kept(Ada with { IcpScore = score }).IcpScore);

    [Fact]
    public void Half_a_character_and_a_nul_are_not_kept() => Assert.Equal("a\uFFFDb", Kept(Ada with { Title = "a\ud83d\0b" }).Title);

    [Fact]
    public void Too_many_of_a_kind_are_refused() => Assert.Equal(["touchpoints"], Faults(Ada with { Touchpoints = [.. Enumerable.Repeat(new LeadTouchpoint("mail", null, null), 201)] }));

    [Fact]
    public void A_new_company_does_not_keep_the_old_ones_domain()
    {
        Lead known = Ada with { CompanyName = "Acme Inc.", CompanyDomain = "acme.example" };
        Assert.Equal("acme.example", (Ada with { CompanyName = "ACME" }).Over(known).CompanyDomain);
        Assert.Null((Ada with { CompanyName = "Beta" }).Over(known).CompanyDomain);
        Assert.Null((Ada with { CompanyDomain = "beta.example" }).Over(known).CompanyName);
    }

    private static Lead Kept(Lead written)
    {
        (Lead? lead, IReadOnlyList<LeadProblem> problems) = LeadCheck.Of(written);
        Assert.Empty(problems);
        return lead!;
    }

    private static IEnumerable<string> Faults(Lead written)
    {
        (Lead? lead, IReadOnlyList<LeadProblem> problems) = LeadCheck.Of(written);
        Assert.Null(lead);
        return problems.Select(p => p.Place);
    }
}
