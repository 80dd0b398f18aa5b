using Syncline.Records;

namespace Syncline.Tests.Records;

public sealed class LinkedInProfiles
{
    private const string Urn = "ACoAABcDeFgHiJkLmNoPqRsTuVwXyZ012345678";

    [Theory]
    [InlineData("jane-doe-42")]
    [InlineData("  Jane-Doe-42 ")]
    [InlineData("https://www.linkedin.com/in/jane-doe-42")]
    [InlineData("https://www.linkedin.com/in/Jane-Doe-42/")]
    [InlineData("http://linkedin.com/in/jane-doe-42?utm_source=share#top")]
    [InlineData("linkedin.com/in/jane-doe-42")]
    [InlineData("www.linkedin.com/in/jane-doe-42//")]
    [InlineData("https://fr.linkedin.com/in/jane-doe-42/fr")]
    [InlineData("https://m.linkedin.com/in/jane-doe-42")]
    [InlineData("https://www.linkedin.com/mwlite/in/jane-doe-42")]
    [InlineData("HTTPS://WWW.LINKEDIN.COM/IN/JANE-DOE-42")]
    [InlineData("/in/jane-doe-42")]
    [InlineData("https://www.linkedin.com/in/jane-doe-42/overlay/contact-info/")]
    public void Every_spelling_of_a_profile_is_one_slug(string text) => Assert.Equal("jane-doe-42", LinkedInUrl.Slug(text));

    [Theory]
    [InlineData("https://www.linkedin.com/in/jos\u00e9-example")]
    [InlineData("https://www.linkedin.com/in/jos%C3%A9-example")]
    [InlineData("https://www.linkedin.com/in/jos%c3%a9-example/")]
    [InlineData("https://www.linkedin.com/in/jose\u0301-example")]
    [InlineData("JOS\u00c9-example")]
    public void Accents_are_one_letter_however_they_are_written(string text) => Assert.Equal("jos\u00e9-example", LinkedInUrl.Slug(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://www.linkedin.com/company/acme")]
    [InlineData("https://www.linkedin.com/sales/lead/ACwAAAbCdEf,NAME_SEARCH,x1")]
    [InlineData("https://www.linkedin.com/sales/people/ACoAABcDeFgHiJkLmNoPqRsTuVwXyZ012345678")]
    [InlineData("https://www.linkedin.com/pub/jane-doe/1/2/3")]
    [InlineData("https://www.linkedin.com/talent/profile/AEMAAB")]
    [InlineData("https://www.linkedin.com/")]
    [InlineData("https://www.linkedin.com/in/")]
    [InlineData("https://example.com/in/jane-doe")]
    [InlineData("https://notlinkedin.com/in/jane-doe")]
    [InlineData("jane@example.com")]
    [InlineData("example.com")]
    [InlineData("Jane Doe")]
    [InlineData("n/a")]
    [InlineData("none")]
    [InlineData("-")]
    [InlineData("https://www.linkedin.com/in/a%2Fb-c")]
    public void What_names_no_profile_is_no_slug(string? text) => Assert.Null(LinkedInUrl.Slug(text));

    [Fact]
    public void A_member_urn_keeps_its_case()
    {
        Assert.Equal(Urn, LinkedInUrl.Slug($"https://www.linkedin.com/in/{Urn}/"));
        Assert.NotEqual(LinkedInUrl.Slug(Urn), LinkedInUrl.Slug(Urn[..^1] + "a"));
        Assert.NotEqual(LinkedInUrl.Slug("ACoAABcDeFgHiJkLmNoPqRsTuVwXyZ01234567A"), LinkedInUrl.Slug("ACoAABcDeFgHiJkLmNoPqRsTuVwXyZ01234567a"));
    }

    [Fact]
    public void A_member_urn_is_told_from_a_slug()
    {
        Assert.True(LinkedInUrl.IsUrn(Urn));
        Assert.False(LinkedInUrl.IsUrn(Urn.ToLowerInvariant()));
        Assert.False(LinkedInUrl.IsUrn("jane-doe"));
        Assert.False(LinkedInUrl.IsUrn(null));
    }

    [Theory]
    [InlineData("https://www.linkedin.com/company/Acme-Corp/about/", "acme-corp")]
    [InlineData("linkedin.com/school/example-university", "example-university")]
    [InlineData("https://www.linkedin.com/in/jane-doe", null)]
    [InlineData("acme", null)]
    public void A_company_page_is_told_from_a_person(string text, string? expected) => Assert.Equal(expected, LinkedInUrl.CompanySlug(text));

    [Theory]
    [InlineData("jane-doe")]
    [InlineData("jos\u00e9-example")]
    [InlineData(Urn)]
    public void Every_variant_leads_back_to_its_slug(string slug)
    {
        IReadOnlyList<string> variants = LinkedInUrl.Variants(slug);
        Assert.All(variants, v => Assert.Equal(slug, LinkedInUrl.Slug(v)));
        Assert.Equal(variants.Count, variants.Distinct().Count());
        Assert.Contains(slug, variants);
        Assert.Contains(LinkedInUrl.ToUrl(slug), variants);
        Assert.Contains($"http://linkedin.com/in/{slug}/", variants);
    }

    [Theory]
    [InlineData("ada-example", "https://www.linkedin.com/in/ada-example")]
    [InlineData("https://linkedin.com/in/ada-example/", "https://www.linkedin.com/in/ada-example")]
    [InlineData("https://example.com/ada", "https://example.com/ada")]
    public void An_address_is_not_put_behind_another_one(string profile, string expected) => Assert.Equal(expected, LinkedInUrl.ToUrl(profile));

    [Fact]
    public void A_slug_beyond_ascii_is_also_looked_for_percent_encoded() =>
        Assert.Contains("https://www.linkedin.com/in/jos%C3%A9-example", LinkedInUrl.Variants("jos\u00e9-example"));

    [Fact]
    public void Normalising_twice_is_normalising_once()
    {
        AnyText.IsSettledBy(LinkedInUrl.Slug);
        AnyText.Always(text => LinkedInUrl.CompanySlug(text) is null || LinkedInUrl.Slug(text) is null);
    }

    [Fact]
    public void The_address_of_a_slug_leads_back_to_it() =>
        AnyText.Always(text => LinkedInUrl.Slug(text) is not { } slug || LinkedInUrl.Variants(slug).All(v => LinkedInUrl.Slug(v) == slug));

    [Fact]
    public void Different_slugs_stay_different() =>
        AnyText.Always(text => LinkedInUrl.Slug(text) is not { Length: < 100 } slug || LinkedInUrl.IsUrn(slug) || LinkedInUrl.Slug(slug + "2") != slug);
}
