using Syncline.Records;

namespace Syncline.Tests.Records;

public sealed class ContactValues
{
    [Theory]
    [InlineData(" Jane.Doe@Example.COM ", "jane.doe@example.com")]
    [InlineData("mailto:jane@example.com?subject=hello", "jane@example.com")]
    [InlineData("Jane Doe <jane@example.com>", "jane@example.com")]
    [InlineData("jane+news@example.com", "jane+news@example.com")]
    [InlineData("jane@b\u00fccher.example.org", "jane@xn--bcher-kva.example.org")]
    [InlineData("jane@www.example.com", "jane@www.example.com")]
    [InlineData("jane@example", null)]
    [InlineData("jane@@example.com", null)]
    [InlineData("@example.com", null)]
    [InlineData("jane doe@example.com", null)]
    [InlineData("jane@example.com, john@example.com", null)]
    [InlineData("jane@192.0.2.7", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_email_address_has_one_form(string? text, string? expected) => Assert.Equal(expected, EmailAddress.Normalise(text));

    [Theory]
    [InlineData("https://www.Example.com/about?x=1", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("EXAMPLE.com:8080", "example.com")]
    [InlineData("//www.www.example.com/", "example.com")]
    [InlineData("b\u00fccher.example.org", "xn--bcher-kva.example.org")]
    [InlineData("bu\u0308cher.example.org", "xn--bcher-kva.example.org")]
    [InlineData("XN--BCHER-KVA.example.org", "xn--bcher-kva.example.org")]
    [InlineData("www.com", "www.com")]
    [InlineData("jane.example.com", "jane.example.com")]
    [InlineData("localhost", null)]
    [InlineData("192.0.2.7", null)]
    [InlineData("[2001:db8::1]", null)]
    [InlineData("see our website.", null)]
    [InlineData("jane@example.com", null)]
    [InlineData("example..com", null)]
    [InlineData("-example.com", null)]
    [InlineData(null, null)]
    public void A_domain_has_one_form(string? text, string? expected) => Assert.Equal(expected, DomainName.Normalise(text));

    [Theory]
    [InlineData("202-224-3441", "US", "+12022243441")]
    [InlineData("(202) 224-3441", "ca", "+12022243441")]
    [InlineData("1 202 224 3441", "US", "+12022243441")]
    [InlineData("+1 202.224.3441 ext. 55", null, "+12022243441")]
    [InlineData("+44 (0)20 7946 0958", null, "+442079460958")]
    [InlineData("202-224-3441", null, null)]
    [InlineData("202-224-3441", "FR", null)]
    [InlineData("112-224-3441", "US", null)]
    [InlineData("211-224-3441", "US", null)]
    [InlineData("298-224-3441", "US", null)]
    [InlineData("202-124-3441", "US", null)]
    [InlineData("202-911-3441", "US", null)]
    [InlineData("224-3441", "US", null)]
    [InlineData("+123456", null, null)]
    [InlineData("+1234567890123456", null, null)]
    [InlineData("+0123456789", null, null)]
    [InlineData("call 202-224-3441", "US", null)]
    [InlineData("", "US", null)]
    public void A_phone_number_has_one_form(string text, string? region, string? expected) => Assert.Equal(expected, PhoneNumber.Normalise(text, region));

    [Theory]
    [InlineData("cik:0000066740", "cik:66740")]
    [InlineData(" CIK : 66740 ", "cik:66740")]
    [InlineData("Crm:AbC-1", "crm:AbC-1")]
    [InlineData("66740", null)]
    [InlineData("cik:", null)]
    public void An_external_id_carries_its_namespace(string text, string? expected) => Assert.Equal(expected, ExternalId.Normalise(text));

    [Fact]
    public void Normalising_twice_is_normalising_once()
    {
        AnyText.IsSettledBy(EmailAddress.Normalise);
        AnyText.IsSettledBy(DomainName.Normalise);
        AnyText.IsSettledBy(text => PhoneNumber.Normalise(text, "US"));
        AnyText.IsSettledBy(ExternalId.Normalise);
    }

    [Fact]
    public void Case_and_padding_never_matter() => AnyText.Always(text =>
        EmailAddress.Normalise($" {text.ToUpperInvariant()} ") == EmailAddress.Normalise(text.ToUpperInvariant())
        && DomainName.Normalise($" {text} ") == DomainName.Normalise(text));

    [Fact]
    public void Different_local_parts_stay_different() => AnyText.Always(text =>
        EmailAddress.Normalise(text) is not { } address || EmailAddress.Normalise("2" + address) != address);
}
